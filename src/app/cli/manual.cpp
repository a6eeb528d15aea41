#include "app/cli/manual.h"

#include <fmt/format.h>

#include <functional>

#include "app/version.h"

namespace app {
namespace {

// Text that roff takes literally: no escape, no line that looks like a request, no soft hyphen.
std::string roff(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\') {
      out += "\\e";
    } else if (c == '-') {
      out += "\\-";
    } else {
      out += c;
    }
  }
  if (out.starts_with('.') || out.starts_with('\'')) out.insert(0, "\\&");
  return out;
}

std::string joined(const std::vector<std::string>& parts, std::string_view between) {
  std::string text;
  for (const auto& part : parts) {
    if (!text.empty()) text += between;
    text += part;
  }
  return text;
}

void add_options(const CommandDoc& command, std::string& page) {
  for (const auto& option : command.options) {
    page += fmt::format(".TP\n\\fB{}\\fR{}{}\n{}\n", roff(joined(option.names, ", ")),
                        option.value.empty() || option.positional ? "" : " ",
                        option.value.empty() || option.positional
                            ? std::string()
                            : fmt::format("\\fI{}\\fR", roff(option.value)),
                        roff(option.description));
  }
}

void add_command(const CommandDoc& command, const std::string& path, std::string& page) {
  if (command.commands.empty()) {
    page += fmt::format(".SS {}\n{}\n", roff(path), roff(command.description));
    add_options(command, page);
  }
  for (const auto& inner : command.commands) add_command(inner, path + " " + inner.name, page);
}

constexpr std::string_view kManRest = R"(.SH ENVIRONMENT
.TP
\fBBERESTA_CONFIG\fR
The configuration file, where \fB\-\-config\fR is not given.
.TP
\fBBERESTA_\fISECTION\fB_\fIKEY\fR
One setting: BERESTA_SERVER_PORT is server.port. Wins over the file; \fB\-\-set\fR wins over it.
Lists are separated by commas.
.SH FILES
.TP
\fI./beresta.toml\fR, \fI/etc/beresta/beresta.toml\fR
The configuration, in this order, where nothing else names one. Relative paths in it are relative to
its folder, those of flags and the environment to the working directory.
.SH EXIT STATUS
0 done; 1 failed, as the error stream says; 2 the command line is wrong. \fBserve\fR: 3 requests were
cut at the end of the draining time. \fBqr verify\fR: 0 yes, 1 no, 2 wrong command line or no usable
trust list, 3 expired, 4 forged, 5 unknown issuer, 6 malformed or unreadable, 7 not yet valid,
8 revoked.
)";

// "beresta qr verify" and what may follow it, for every command.
void add_words(const CommandDoc& command, const std::string& path, std::string& script) {
  std::vector<std::string> words;
  std::vector<std::string> file_options;
  for (const auto& inner : command.commands) words.push_back(inner.name);
  for (const auto& option : command.options) {
    for (const auto& name : option.names) {
      if (name.starts_with("--")) words.push_back(name);
      if (name.starts_with("-") && (option.value == "FILE" || option.value == "DIR")) {
        file_options.push_back(name);
      }
    }
  }
  script += fmt::format("    \"{}\") words=\"{}\"; files=\"{}\" ;;\n", path, joined(words, " "),
                        joined(file_options, " "));
  for (const auto& inner : command.commands) add_words(inner, path + " " + inner.name, script);
}

constexpr std::string_view kCompletionHead = R"(# bash completion for beresta
_beresta() {
  local current="${COMP_WORDS[COMP_CWORD]}" previous="${COMP_WORDS[COMP_CWORD-1]}"
  local path="beresta" words="" files="" i
  for ((i = 1; i < COMP_CWORD; i++)); do
    case " $(_beresta_commands "$path") " in
      *" ${COMP_WORDS[i]} "*) path="$path ${COMP_WORDS[i]}" ;;
    esac
  done
  case "$path" in
)";
constexpr std::string_view kCompletionTail = R"(  esac
  case " $files " in
    *" $previous "*) mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
  esac
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
  if [ "${#COMPREPLY[@]}" -eq 0 ]; then mapfile -t COMPREPLY < <(compgen -f -- "$current"); fi
}
complete -o filenames -F _beresta beresta
)";

void add_commands_of(const CommandDoc& command, const std::string& path, std::string& script) {
  if (command.commands.empty()) return;
  std::vector<std::string> names;
  for (const auto& inner : command.commands) names.push_back(inner.name);
  script += fmt::format("    \"{}\") echo \"{}\" ;;\n", path, joined(names, " "));
  for (const auto& inner : command.commands) {
    add_commands_of(inner, path + " " + inner.name, script);
  }
}

}  // namespace

std::string man_page(const CommandDoc& program) {
  std::string page = fmt::format(
      ".TH BERESTA 1 \"\" \"beresta {}\" \"Beresta\"\n.SH NAME\nberesta \\- {}\n.SH SYNOPSIS\n"
      "\\fBberesta\\fR \\fICOMMAND\\fR [\\fIOPTIONS\\fR]\n.SH OPTIONS\n",
      roff(kVersion), roff(program.description));
  add_options(program, page);
  page += ".SH COMMANDS\n";
  for (const auto& command : program.commands) add_command(command, command.name, page);
  return page + std::string(kManRest);
}

std::string bash_completion(const CommandDoc& program) {
  std::string script(kCompletionHead);
  add_words(program, "beresta", script);
  script += kCompletionTail;
  script += "_beresta_commands() {\n  case \"$1\" in\n";
  add_commands_of(program, "beresta", script);
  return script + "    *) ;;\n  esac\n}\n";
}

}  // namespace app
