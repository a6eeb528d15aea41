#include "app/config/config_source.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <optional>

#include "app/config/toml_file.h"

namespace app {
namespace {

constexpr std::string_view kEnvironmentPrefix = "BERESTA_";

bool contains(const std::vector<std::string>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::vector<std::string> section_names(const KnownKeys& known) {
  std::vector<std::string> sections;
  for (const auto& key : known.settings) {
    for (auto dot = key.find('.'); dot != std::string::npos; dot = key.find('.', dot + 1)) {
      if (!contains(sections, key.substr(0, dot))) sections.push_back(key.substr(0, dot));
    }
  }
  return sections;
}

std::optional<RawScalar> scalar_of(const toml::node& node) {
  if (const auto* text = node.as_string()) return RawScalar(text->get());
  if (const auto* number = node.as_integer()) return RawScalar(number->get());
  if (const auto* number = node.as_floating_point()) return RawScalar(number->get());
  if (const auto* yes = node.as_boolean()) return RawScalar(yes->get());
  return std::nullopt;
}

// Walks the file's sections down to the settings.
class TomlWalk {
 public:
  TomlWalk(const std::string& path, const KnownKeys& known, RawSettings& raw,
           ConfigProblems& problems)
      : path_(path),
        known_(known),
        sections_(section_names(known)),
        raw_(raw),
        problems_(problems) {}

  void walk(const toml::table& table, const std::string& prefix) {
    for (const auto& [name, node] : table) {
      const std::string key = prefix + std::string(name.str());
      if (contains(known_.settings, key)) {
        take(key, node);
      } else if (contains(sections_, key) && node.is_table()) {
        raw_.sections.insert_or_assign(key, where_of(path_, node));
        walk(*node.as_table(), key + ".");
      } else {
        refuse(key, name, node);
      }
    }
  }

 private:
  void refuse(const std::string& key, const toml::key& name, const toml::node& node) {
    const auto& at = name.source().begin;
    const bool is_section = node.is_table() || contains(sections_, key);
    const auto nearest = find_nearest(key, is_section ? sections_ : known_.settings);
    problems_.push_back({fmt::format("{}:{}:{}", path_, at.line, at.column),
                         contains(sections_, key)
                             ? fmt::format("{} is a section, not a setting", key)
                         : is_section ? fmt::format("there is no section [{}]", key)
                                      : fmt::format("there is no setting {}", key),
                         key.starts_with("identity_provider")
                             ? "[identity_provider.NAME], a NAME of small letters and digits"
                         : nearest ? fmt::format("perhaps {}", *nearest)
                                   : "a name from `beresta config check --show`",
                         ""});
  }

  void take(const std::string& key, const toml::node& node) {
    RawSetting setting{.value = {}, .is_text = false, .where = where_of(path_, node)};
    bool readable = true;
    if (const auto* list = node.as_array()) {
      readable = take_list(*list, setting);
    } else if (const auto* table = node.as_table()) {
      readable = contains(known_.tables, key) && take_table(*table, setting);
    } else if (auto scalar = scalar_of(node)) {
      setting.value = std::move(*scalar);
    } else {
      readable = false;
    }
    if (readable) {
      raw_.settings.insert_or_assign(key, std::move(setting));
    } else {
      problems_.push_back({setting.where, fmt::format("{} is {}", key, described(node)),
                           "a value of another type", ""});
    }
  }

  static bool take_list(const toml::array& list, RawSetting& setting) {
    RawList values;
    for (const auto& item : list) {
      auto scalar = scalar_of(item);
      if (!scalar) return false;
      values.push_back(std::move(*scalar));
    }
    setting.value = std::move(values);
    return true;
  }

  static bool take_table(const toml::table& table, RawSetting& setting) {
    RawTable values;
    for (const auto& [name, node] : table) {
      auto scalar = scalar_of(node);
      if (!scalar) return false;
      values.emplace_back(std::string(name.str()), std::move(*scalar));
    }
    setting.value = std::move(values);
    return true;
  }

  const std::string& path_;
  const KnownKeys& known_;
  std::vector<std::string> sections_;
  RawSettings& raw_;
  ConfigProblems& problems_;
};

void take_text(RawSettings& raw, const std::string& key, std::string_view value,
               std::string where) {
  raw.settings.insert_or_assign(
      key, RawSetting{
               .value = RawScalar(std::string(value)), .is_text = true, .where = std::move(where)});
}

// A BERESTA_ variable that begins like one of our sections is meant for us: a slip in the rest of
// its name must not pass in silence. Others (BERESTA_CONFIG) belong to scripts around the server.
bool is_meant_for_us(std::string_view name, const std::vector<std::string>& sections) {
  return std::any_of(sections.begin(), sections.end(), [&](const std::string& section) {
    return name.starts_with(environment_name(section) + "_");
  });
}

void gather_environment(const std::vector<std::string>& environment, const KnownKeys& known,
                        RawSettings& raw, ConfigProblems& problems) {
  std::map<std::string, std::string, std::less<>> keys;
  for (const auto& key : known.settings) keys.emplace(environment_name(key), key);
  const auto sections = section_names(known);
  for (const auto& pair : environment) {
    if (!pair.starts_with(kEnvironmentPrefix)) continue;
    const auto equals = pair.find('=');
    const std::string name = pair.substr(0, equals);
    const std::string where = "environment " + name;
    if (const auto found = keys.find(name); found != keys.end()) {
      const std::string value = equals == std::string::npos ? "" : pair.substr(equals + 1);
      take_text(raw, found->second, value, where);
    } else if (is_meant_for_us(name, sections)) {
      std::vector<std::string> names;
      for (const auto& [known_name, key] : keys) names.push_back(known_name);
      const auto nearest = find_nearest(name, names);
      problems.push_back(
          {where, "there is no such setting",
           nearest ? fmt::format("perhaps {}", *nearest) : "a name made of a setting",
           "BERESTA_SERVER_PORT=8080 sets server.port"});
    }
  }
}

void gather_overrides(const std::vector<std::string>& overrides, const KnownKeys& known,
                      RawSettings& raw, ConfigProblems& problems) {
  for (const auto& pair : overrides) {
    const auto equals = pair.find('=');
    const std::string key = pair.substr(0, equals);
    const std::string where = "--set " + key;
    if (equals == std::string::npos) {
      problems.push_back(
          {where, "there is no value", "SECTION.KEY=VALUE", "--set server.port=8080"});
    } else if (contains(known.settings, key)) {
      take_text(raw, key, std::string_view(pair).substr(equals + 1), where);
    } else {
      const auto nearest = find_nearest(key, known.settings);
      problems.push_back({where, fmt::format("there is no setting {}", key),
                          nearest ? fmt::format("perhaps {}", *nearest)
                                  : "a name from `beresta config check --show`",
                          "--set server.port=8080"});
    }
  }
}

}  // namespace

std::string environment_name(std::string_view key) {
  std::string name(kEnvironmentPrefix);
  for (const char c : key) {
    name += c == '.' ? '_' : static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
  }
  return name;
}

RawSettings gather_settings(const ConfigSources& sources, const KnownKeys& known,
                            ConfigProblems& problems) {
  RawSettings raw;
  if (!sources.file.empty()) {
    const auto table = parse_toml_file(sources.file);
    if (table) {
      TomlWalk(sources.file, known, raw, problems).walk(*table, "");
    } else {
      problems.insert(problems.end(), table.error().begin(), table.error().end());
      raw.file_read = false;
    }
  }
  gather_environment(sources.environment, known, raw, problems);
  gather_overrides(sources.overrides, known, raw, problems);
  return raw;
}

std::vector<std::string> process_environment() {
  std::vector<std::string> pairs;
  for (char** pair = environ; pair != nullptr && *pair != nullptr; ++pair)
    pairs.emplace_back(*pair);
  return pairs;
}

}  // namespace app
