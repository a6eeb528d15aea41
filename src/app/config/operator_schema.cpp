#include "app/config/operator_schema.h"

#include <iterator>

#include "app/config/config_schema.h"
#include "app/config/config_special.h"
#include "app/config/toml_file.h"

namespace app {
namespace {

constexpr Range kTimeoutMs{10, 600'000};
constexpr Range kRealPort{1, 65535};

bool is_digits(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool one_of(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

const TextRule kKind{"http, smpp or sip", [](std::string_view text) {
                       return one_of(text, {"http", "smpp", "sip"});
                     }};
const TextRule kChannel{"sms or call", [](std::string_view text) {
                          return one_of(text, {"sms", "call"});
                        }};
const TextRule kWebAddress{"an address that begins with http:// or https://", is_web_address};
const TextRule kMethod{"GET or POST", [](std::string_view text) {
                         return one_of(text, {"GET", "POST"});
                       }};
const TextRule kTemplate{"a text of at most 16384 bytes",
                         [](std::string_view text) { return text.size() <= 16'384; }};
const TextRule kPointer{"a JSON pointer like /message_id, or nothing", [](std::string_view text) {
                          return text.empty() || (text.starts_with('/') && is_printable(text));
                        }};
const TextRule kAnyLine{"a text without line breaks", is_printable};
const TextRule kHost{"a host name or an address, without scheme and port",
                     [](std::string_view text) {
                       return is_word(text) && text.find('/') == std::string_view::npos;
                     }};
const TextRule kSecurity{"none or tls", [](std::string_view text) {
                           return one_of(text, {"none", "tls"});
                         }};
const TextRule kTransport{"udp, tcp or tls", [](std::string_view text) {
                            return one_of(text, {"udp", "tcp", "tls"});
                          }};
// SMPP 3.4 keeps a byte of each field for its closing zero.
const TextRule kSystemId{"1 to 15 letters, digits or signs",
                         [](std::string_view text) { return is_word(text) && text.size() <= 15; }};
const TextRule kSystemType{"at most 12 letters, digits or signs", [](std::string_view text) {
                             return text.empty() || (is_word(text) && text.size() <= 12);
                           }};
const TextRule kSource{"a name of 1 to 11 Latin letters and digits, or a number",
                       [](std::string_view text) {
                         const bool number = !text.empty() && (text[0] == '+' || is_digits(text));
                         return number ? text.size() <= 16 && is_digits(text.substr(text[0] == '+'))
                                       : is_word(text) && text.size() <= 11;
                       }};
const TextRule kUser{"a name without spaces, quotes and @, or nothing", [](std::string_view text) {
                       return text.empty() ||
                              (is_word(text) && text.find_first_of("\"\\@<>;") == text.npos);
                     }};
const TextRule kNumbers{"numbers or ranges like +78432000000-+78432009999",
                        [](std::string_view text) {
                          return text.starts_with('+') && is_word(text) && text.size() <= 33;
                        }};

using Settings = std::vector<Setting>;
using Operator = OperatorSettings;

/// A section of operator `name`, and the member of the operator it is about.
template <typename T>
SectionOf<T> section_of(const std::string& name, T Operator::*member) {
  return {"operator." + name, [name, member](ConfigDraft& draft) -> T& {
            return draft.config.operators.at(name).*member;
          }};
}

SectionOf<Operator> whole(const std::string& name) {
  return {"operator." + name,
          [name](ConfigDraft& draft) -> Operator& { return draft.config.operators.at(name); }};
}

SectionOf<SecretFile> secret_of(const std::string& name) {
  return {"operator." + name,
          [name](ConfigDraft& draft) -> SecretFile& { return draft.operator_secrets[name]; }};
}

Settings common_settings(const std::string& name) {
  const auto section = whole(name);
  return {text(section, &Operator::kind, kKind, {"kind", "\"smpp\""}),
          integer(section, &Operator::priority, {1, 100}, {"priority", "1"}),
          integer(section, &Operator::share, {1, 1000}, {"share", "100"})};
}

Settings http_settings(const std::string& name) {
  using S = GatewaySettings;
  const auto section = section_of(name, &Operator::gateway);
  return {
      text(whole(name), &Operator::channel, kChannel, {"channel", "\"sms\""}),
      text(section, &S::url, kWebAddress, {"url", "\"https://operator.example/send\""}),
      text(section, &S::method, kMethod, {"method", "\"POST\""}),
      secret(section, &S::token, {"token", "\"...\", better token_file"}),
      path(secret_of(name), &SecretFile::path, PathKind::kFile,
           {"token_file", "\"/run/credentials/beresta.service/operator.token\""}),
      gateway_headers(section),
      text(section, &S::content_type, kAnyLine, {"content_type", "\"application/json\""}),
      text(section, &S::body, kTemplate,
           {"body", "'{\"id\":\"{id}\",\"to\":\"{to}\",\"text\":\"{text}\"}'"}),
      gateway_success(section),
      text(section, &S::success_pointer, kPointer, {"success_pointer", "\"/status\""}),
      text(section, &S::success_equals, kAnyLine, {"success_equals", "\"accepted\""}),
      text(section, &S::id_pointer, kPointer, {"id_pointer", "\"/message_id\""}),
      integer(section, &S::timeout, kTimeoutMs, {"timeout_ms", "5000"}),
      path(section, &S::ca_file, PathKind::kFile, {"ca_file", "\"/etc/beresta/ca.pem\""}),
  };
}

Settings smpp_settings(const std::string& name) {
  using S = SmppSettings;
  const auto section = section_of(name, &Operator::smpp);
  return {
      text(section, &S::host, kHost, {"host", "\"smsc.example\""}),
      integer(section, &S::port, kRealPort, {"port", "2775"}),
      text(section, &S::security, kSecurity, {"security", "\"tls\""}),
      path(section, &S::ca_file, PathKind::kFile, {"ca_file", "\"/etc/beresta/ca.pem\""}),
      text(section, &S::system_id, kSystemId, {"system_id", "\"beresta\""}),
      secret(section, &S::password, {"password", "\"...\", better password_file"}),
      path(secret_of(name), &SecretFile::path, PathKind::kFile,
           {"password_file", "\"/run/credentials/beresta.service/smpp.password\""}),
      text(section, &S::system_type, kSystemType, {"system_type", "\"\""}),
      text(section, &S::source, kSource, {"source", "\"Beresta\""}),
      integer(section, &S::window, {1, 1000}, {"window", "32"}),
      integer(section, &S::per_second, {1, 10'000}, {"per_second", "100"}),
      integer(section, &S::enquire_link, {1, 600}, {"enquire_link_s", "30"}),
      integer(section, &S::timeout, kTimeoutMs, {"timeout_ms", "5000"}),
  };
}

Settings sip_settings(const std::string& name) {
  using S = SipSettings;
  const auto section = section_of(name, &Operator::sip);
  return {
      text(section, &S::host, kHost, {"host", "\"sip.example\""}),
      integer(section, &S::port, kRealPort, {"port", "5060"}),
      text(section, &S::transport, kTransport, {"transport", "\"udp\""}),
      path(section, &S::ca_file, PathKind::kFile, {"ca_file", "\"/etc/beresta/ca.pem\""}),
      text(section, &S::username, kUser, {"username", "\"beresta\""}),
      secret(section, &S::password, {"password", "\"...\", better password_file"}),
      path(secret_of(name), &SecretFile::path, PathKind::kFile,
           {"password_file", "\"/run/credentials/beresta.service/sip.password\""}),
      text(section, &S::domain, kUser, {"domain", "\"id.example\""}),
      text_list(section, &S::pool, kNumbers, {"pool", "[\"+78432000000-+78432099999\"]"}),
      integer(section, &S::ring, {0, 10'000}, {"ring_ms", "1500"}),
      integer(section, &S::trunk_timeout, kTimeoutMs, {"trunk_timeout_ms", "4000"}),
      integer(section, &S::ring_timeout, kTimeoutMs, {"ring_timeout_ms", "15000"}),
  };
}

bool is_name(std::string_view text) {
  return !text.empty() && text.size() <= 32 && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

}  // namespace

OperatorSections find_operator_sections(const std::string& file) {
  OperatorSections found;
  const auto table = file.empty() ? Checked<toml::table>(toml::table()) : parse_toml_file(file);
  const auto* const operators = table ? (*table)["operator"].as_table() : nullptr;
  if (operators == nullptr) return found;
  for (const auto& [name, node] : *operators) {
    if (!node.is_table() || !is_name(name.str())) continue;
    found.emplace(name.str(), (*node.as_table())["kind"].value_or(std::string("http")));
  }
  return found;
}

std::vector<Setting> operator_settings(const OperatorSections& operators) {
  Settings all;
  for (const auto& [name, kind] : operators) {
    auto rest = kind == "http"   ? http_settings(name)
                : kind == "smpp" ? smpp_settings(name)
                : kind == "sip"  ? sip_settings(name)
                                 : Settings{};
    for (auto part : {common_settings(name), std::move(rest)}) {
      std::move(part.begin(), part.end(), std::back_inserter(all));
    }
  }
  return all;
}

void add_operator(const std::string& name, const std::string& kind, ConfigDraft& draft) {
  OperatorSettings made;
  made.kind = kind;
  made.channel = kind == "sip" ? "call" : "sms";
  made.gateway.success_status = {200};
  draft.config.operators.insert_or_assign(name, std::move(made));
}

}  // namespace app
