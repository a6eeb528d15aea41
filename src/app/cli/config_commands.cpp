#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "app/cli/commands.h"
#include "app/config/calendar_config.h"
#include "app/config/depersonalisation_config.h"
#include "app/config/register_config.h"
#include "app/system_clock.h"
#include "app/version.h"
#include "app/wiring/serve.h"
#include "codec/json.h"
#include "privacy/edition_checks.h"
#include "privacy/edition_library.h"

namespace app {
namespace {

constexpr const char* kInstalledConfig = "/etc/beresta/beresta.toml";
constexpr const char* kLocalConfig = "beresta.toml";

bool is_there(const std::string& path) {
  std::error_code ignored;
  return std::filesystem::exists(path, ignored);
}

void tell_problems(const ConfigProblems& problems, Terminal& terminal) {
  terminal.err << to_text(problems)
               << fmt::format("{} {} found\n", problems.size(),
                              problems.size() == 1 ? "fault" : "faults");
}

// The effective settings as a TOML file that would give the same.
void show_settings(const std::vector<EffectiveSetting>& settings, std::ostream& out) {
  std::string section;
  for (const auto& setting : settings) {
    const auto dot = setting.key.rfind('.');
    if (setting.key.substr(0, dot) != section) {
      section = setting.key.substr(0, dot);
      out << fmt::format("\n[{}]\n", section);
    }
    out << fmt::format("{} = {}  # {}\n", setting.key.substr(dot + 1), setting.value,
                       setting.source);
  }
}

// The register in one line for each purpose, as comments below the settings.
void show_register(const privacy::ProcessingRegister& processing, const std::string& path,
                   std::ostream& out) {
  out << fmt::format("\n# {}: {} purposes, {} categories\n", path, processing.purposes.size(),
                     processing.categories.size());
  for (const auto& purpose : processing.purposes) {
    std::vector<std::string_view> bases;
    for (const auto& basis : purpose.bases) bases.push_back(basis.name);
    out << fmt::format("#   {}: {}; {}; kept {}; in {}\n", purpose.name,
                       fmt::join(purpose.categories, ", "), fmt::join(bases, ", "), purpose.term,
                       purpose.place);
  }
}

// What only a start would find otherwise: documents, and languages that nobody wrote them in.
core::Status check_documents(const Config& config, const Jurisdiction& jurisdiction) {
  const auto& languages = config.installation.languages.empty() ? jurisdiction.languages
                                                                : config.installation.languages;
  TRY(const auto editions,
      privacy::EditionLibrary::load(config.installation.editions_dir, languages));
  return privacy::check_notice(editions.all(), edition_notice_days(jurisdiction));
}

std::string_view name_of(http::AuthPolicy policy) {
  switch (policy) {
    case http::AuthPolicy::kPublic:
      return "public";
    case http::AuthPolicy::kOptionalSession:
      return "optional_session";
    case http::AuthPolicy::kSession:
      break;
  }
  return "session";
}

codec::Json json_of(const http::Route& route) {
  codec::JsonObject limit;
  limit["name"] = std::string(route.limit.name);
  limit["burst"] = route.limit.burst;
  limit["per_second"] = route.limit.per_second;
  codec::JsonObject row;
  row["method"] = std::string(http::name_of(route.method));
  row["path"] = route.pattern;
  row["operation_id"] = route.operation_id;
  row["auth"] = std::string(name_of(route.auth));
  row["limit"] = std::move(limit);
  row["body_max"] = route.body_bytes_max;
  row["execution"] = http::name_of(route.execution);
  return row;
}

}  // namespace

std::string find_config_file(const ConfigOptions& options) {
  if (!options.file.empty()) return options.file;
  if (const char* named = std::getenv("BERESTA_CONFIG"); named != nullptr && *named != '\0') {
    return named;
  }
  for (const char* path : {kLocalConfig, kInstalledConfig}) {
    if (is_there(path)) return path;
  }
  return "";
}

std::optional<ConfigReading> load_config(const ConfigOptions& options, bool check_files,
                                         Terminal& terminal) {
  auto reading = read_config({.file = find_config_file(options),
                              .environment = process_environment(),
                              .overrides = options.overrides,
                              .check_files = check_files});
  if (reading) return std::move(*reading);
  tell_problems(reading.error(), terminal);
  return std::nullopt;
}

std::optional<Jurisdiction> load_jurisdiction(const Config& config, Terminal& terminal) {
  auto jurisdiction =
      read_jurisdiction(config.installation.jurisdictions_dir, config.installation.jurisdiction);
  if (jurisdiction) return std::move(*jurisdiction);
  tell_problems(jurisdiction.error(), terminal);
  return std::nullopt;
}

int serve_command(const ConfigOptions& options, Terminal& terminal) {
  const auto reading = load_config(options, true, terminal);
  if (!reading) return kExitFailed;
  const auto jurisdiction = load_jurisdiction(reading->config, terminal);
  if (!jurisdiction) return kExitFailed;
  // Told here as text; a start by other ways finds the same in open_foundation.
  if (const auto processing = read_register(reading->config, *jurisdiction); !processing) {
    tell_problems(processing.error(), terminal);
    return kExitFailed;
  }
  return serve(reading->config, *jurisdiction);
}

int config_check_command(const ShowableConfigOptions& options, Terminal& terminal) {
  const auto reading = load_config(options.config, true, terminal);
  if (!reading) return kExitFailed;
  const auto jurisdiction = load_jurisdiction(reading->config, terminal);
  if (!jurisdiction) return kExitFailed;
  const auto processing = read_register(reading->config, *jurisdiction);
  if (!processing) {
    tell_problems(processing.error(), terminal);
    return kExitFailed;
  }
  if (const auto rules = read_depersonalisation(reading->config, *jurisdiction); !rules) {
    tell_problems(rules.error(), terminal);
    return kExitFailed;
  }
  const auto documents = check_documents(reading->config, *jurisdiction);
  if (!documents) return tell(terminal, documents.error());
  const auto warning = calendar_warning(
      *jurisdiction->calendar,
      jurisdiction_path(reading->config.installation.jurisdictions_dir, jurisdiction->code),
      SystemClock().now());
  if (!warning.empty()) terminal.err << "warning: " << warning << "\n";
  const auto file = find_config_file(options.config);
  if (options.show) {
    terminal.out << "# " << (file.empty() ? "no file: defaults, environment and flags" : file)
                 << "\n";
    show_settings(reading->effective, terminal.out);
    show_register(*processing, register_path(reading->config.installation), terminal.out);
  } else {
    terminal.out << fmt::format("{}: no faults\n", file.empty() ? "configuration" : file)
                 << fmt::format("{}: {} purposes, {} categories, as in the code\n",
                                register_path(reading->config.installation),
                                processing->purposes.size(), processing->categories.size());
  }
  return kExitGood;
}

int routes_command(const ConfigOptions& options, Terminal& terminal) {
  const auto reading = load_config(options, true, terminal);
  if (!reading) return kExitFailed;
  const auto jurisdiction = load_jurisdiction(reading->config, terminal);
  if (!jurisdiction) return kExitFailed;
  const auto routes = route_table(reading->config, *jurisdiction);
  if (!routes) return tell(terminal, routes.error());
  codec::JsonArray rows;
  for (const auto& route : *routes) rows.push_back(json_of(route));
  terminal.out << codec::to_text(rows) << "\n";
  return kExitGood;
}

int version_command(Terminal& terminal) {
  terminal.out << "beresta " << kVersion << "\n";
  return kExitGood;
}

}  // namespace app
