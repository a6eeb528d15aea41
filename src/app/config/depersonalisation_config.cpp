#include "app/config/depersonalisation_config.h"

#include <fmt/format.h>

#include <filesystem>
#include <set>

#include "app/config/register_config.h"
#include "app/config/toml_fields.h"

namespace app {
namespace {

// Two alike point at each other, so that three is the least that hides anybody.
constexpr int kPeopleLeast = 3;
constexpr int kPeopleMost = 1000;
constexpr int kWidthMost = 100;
constexpr std::size_t kWidthsMost = 8;
constexpr std::size_t kRegionBytesMost = 100;

std::vector<int> read_widths(Wanted wanted, TomlFields& fields) {
  std::vector<int> widths;
  for (const auto width : fields.integer_list(wanted, 1, kWidthMost)) {
    const bool follows = widths.empty() || (width > widths.back() && width % widths.back() == 0);
    if (!follows || widths.size() == kWidthsMost) {
      fields.refuse(wanted, fmt::format("{} holds {}", fields.key_name(wanted.key), width),
                    "at most 8 widths, each a multiple of the one before it");
      break;
    }
    widths.push_back(static_cast<int>(width));
  }
  return widths;
}

void read_district(TomlFields& fields, std::string_view country,
                   privacy::DepersonalisationRules& rules, std::set<std::string>& seen) {
  const auto of = fields.text({"country", "country = \"ru\""});
  const auto name = fields.text({"name", "name = \"...\""});
  constexpr Wanted kRegions{"regions", "regions = [\"...\"]"};
  for (const auto& region : fields.text_list(kRegions)) {
    if (region.empty() || region.size() > kRegionBytesMost || !seen.insert(of + region).second) {
      fields.refuse(kRegions, fmt::format("{} holds \"{}\"", fields.key_name("regions"), region),
                    "each region once, in at most 100 bytes");
    }
    if (of == country) rules.regions.push_back({region, name});
  }
  fields.finish();
}

Checked<privacy::DepersonalisationRules> checked(const toml::table& root, const std::string& path,
                                                 std::string_view country) {
  FaultSink sink{.path = path, .problems = {}};
  privacy::DepersonalisationRules rules;
  TomlFields fields(root, "", sink);
  rules.people_min =
      static_cast<int>(fields.integer({"people_min", "people_min = 5"}, kPeopleLeast, kPeopleMost));
  rules.suppressed_percent_max = static_cast<int>(
      fields.integer({"suppressed_percent_max", "suppressed_percent_max = 5"}, 0, 99));
  rules.birth_years = read_widths({"birth_years", "birth_years = [1, 5, 10]"}, fields);
  rules.registered_years = read_widths({"registered_years", "registered_years = [1, 5]"}, fields);
  std::set<std::string> seen;
  int number = 0;
  for (const auto* table : fields.tables({"districts", "[[districts]]"})) {
    TomlFields district(*table, fmt::format("districts[{}]", ++number), sink);
    read_district(district, country, rules, seen);
  }
  fields.finish();
  if (!sink.problems.empty()) return tl::unexpected(std::move(sink.problems));
  return rules;
}

}  // namespace

std::string depersonalisation_path(const InstallationSettings& settings) {
  const auto beside = [](const std::string& path) {
    return (std::filesystem::path(path).parent_path() / "depersonalisation.toml").string();
  };
  const auto own = beside(register_path(settings));
  std::error_code ignored;
  if (std::filesystem::exists(own, ignored)) return own;
  auto shipped = settings;
  shipped.processing_file.clear();
  return beside(register_path(shipped));
}

Checked<privacy::DepersonalisationRules> read_depersonalisation(const Config& config,
                                                                const Jurisdiction& jurisdiction) {
  const auto path = depersonalisation_path(config.installation);
  const auto root = parse_toml_file(path);
  if (!root) return tl::unexpected(root.error());
  return checked(*root, path, jurisdiction.code);
}

Checked<privacy::DepersonalisationRules> parse_depersonalisation(std::string_view text,
                                                                 const std::string& path,
                                                                 std::string_view country) {
  const auto root = parse_toml(text, path);
  if (!root) return tl::unexpected(root.error());
  return checked(*root, path, country);
}

}  // namespace app
