#include "app/config/config.h"

#include <fmt/format.h>

#include <filesystem>
#include <set>

#include "app/config/config_check.h"
#include "app/config/config_schema.h"
#include "app/config/config_source.h"
#include "app/config/provider_config.h"

namespace app {
namespace {

class ConfigReader {
 public:
  explicit ConfigReader(const ConfigSources& sources)
      : sources_(sources),
        names_{find_operator_sections(sources.file), provider_names(sources)},
        schema_(config_schema(names_)),
        sections_(optional_sections(names_)) {
    work_folder_ = std::filesystem::current_path().string();
    file_folder_ = sources.file.empty()
                       ? work_folder_
                       : std::filesystem::absolute(sources.file).parent_path().string();
  }

  Checked<ConfigReading> read() {
    KnownKeys known;
    for (const auto& setting : schema_) {
      known.settings.push_back(setting.key);
      if (setting.is_table) known.tables.push_back(setting.key);
    }
    raw_ = gather_settings(sources_, known, problems_);
    // What is checked below would be what nobody wrote.
    if (!raw_.file_read) return tl::unexpected(std::move(problems_));
    add_sections();
    set_defaults(draft_, file_folder_);
    for (const auto& setting : schema_) apply(setting);
    complete(draft_, problems_);
    check_together({draft_, raw_, sources_.file}, problems_);
    if (sources_.check_files) check_paths();
    if (!problems_.empty()) return tl::unexpected(std::move(problems_));
    ConfigReading reading{.config = {}, .effective = show_all()};
    reading.config = std::move(draft_.config);
    return reading;
  }

 private:
  // The optional section a key belongs to, or nullptr.
  [[nodiscard]] const OptionalSection* section_of(std::string_view key) const {
    for (const auto& section : sections_) {
      if (key.starts_with(section.name + ".")) return &section;
    }
    return nullptr;
  }

  void add_sections() {
    const auto add = [this](std::string_view key) {
      const auto* section = section_of(key);
      if (section != nullptr && present_.insert(section->name).second) section->add(draft_);
    };
    for (const auto& [name, where] : raw_.sections) add(name + ".");
    for (const auto& [key, setting] : raw_.settings) add(key);
  }

  [[nodiscard]] bool is_present(const Setting& setting) const {
    const auto* section = section_of(setting.key);
    return section == nullptr || present_.contains(section->name);
  }

  void apply(const Setting& setting) {
    const auto found = raw_.settings.find(setting.key);
    if (found == raw_.settings.end()) return;
    const auto& raw = found->second;
    if (setting.apply(raw, raw.is_text ? work_folder_ : file_folder_, draft_)) return;
    const auto name = setting.key.substr(setting.key.rfind('.') + 1);
    problems_.push_back({raw.where,
                         setting.is_secret ? fmt::format("{} is not what it has to be", setting.key)
                                           : fmt::format("{} is {}", setting.key, described(raw)),
                         setting.expected, fmt::format("{} = {}", name, setting.example)});
  }

  void check_paths() {
    for (const auto& setting : schema_) {
      if (setting.path == PathKind::kNone || !is_present(setting)) continue;
      const std::string path = path_of(setting);
      if (path.empty()) continue;
      const bool is_folder = setting.path == PathKind::kFolder;
      std::error_code error;
      const auto status = std::filesystem::status(path, error);
      if (is_folder ? std::filesystem::is_directory(status)
                    : std::filesystem::exists(status) && !std::filesystem::is_directory(status)) {
        continue;
      }
      const bool exists = std::filesystem::exists(status);
      problems_.push_back({source_of(setting),
                           fmt::format("{}: {} {}", setting.key, path,
                                       exists ? is_folder ? "is a file" : "is a folder"
                                       : !error || error == std::errc::no_such_file_or_directory
                                           ? "is not there"
                                           : "cannot be reached: " + error.message()),
                           setting.expected,
                           setting.key.starts_with("keys.")
                               ? "`beresta keys init` makes it"
                               : fmt::format("{} = {}", setting.key, setting.example)});
    }
  }

  // show() quotes; a path with a quote or backslash in it is what unquoting is for.
  std::string path_of(const Setting& setting) {
    const std::string shown = setting.show(draft_);
    std::string path;
    for (std::size_t i = 1; i + 1 < shown.size(); ++i) {
      if (shown[i] == '\\') ++i;
      path += shown[i];
    }
    return path;
  }

  [[nodiscard]] std::string source_of(const Setting& setting) const {
    const auto found = raw_.settings.find(setting.key);
    return found == raw_.settings.end() ? "default" : found->second.where;
  }

  std::vector<EffectiveSetting> show_all() {
    std::vector<EffectiveSetting> rows;
    for (const auto& setting : schema_) {
      if (is_present(setting))
        rows.push_back({setting.key, setting.show(draft_), source_of(setting)});
    }
    return rows;
  }

  const ConfigSources& sources_;
  NamedSections names_;
  std::vector<Setting> schema_;
  std::vector<OptionalSection> sections_;
  std::string file_folder_;
  std::string work_folder_;
  RawSettings raw_;
  ConfigDraft draft_;
  ConfigProblems problems_;
  std::set<std::string> present_;
};

}  // namespace

Checked<ConfigReading> read_config(const ConfigSources& sources) {
  return ConfigReader(sources).read();
}

}  // namespace app
