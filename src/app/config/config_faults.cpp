#include "app/config/config_faults.h"

#include <fmt/format.h>

#include <filesystem>

#include "app/config/toml_file.h"

namespace app {
namespace {

constexpr std::size_t kSecretBytesMax = 64UL * 1024;

}  // namespace

void Faults::require(const RequiredSetting& setting, const std::string& value) {
  const std::string key = setting.section + "." + setting.name;
  // A value that was refused is told about already.
  if (!value.empty() || parts_.raw.settings.contains(key)) return;
  refuse(key, fmt::format("{} is not set", key),
         fmt::format("a value: [{}] is there", setting.section),
         fmt::format("{} = {}", setting.name, setting.example));
}

void Faults::refuse(const std::string& key, std::string what, std::string expected,
                    std::string example) {
  problems_.push_back(
      {where_of_key(key), std::move(what), std::move(expected), std::move(example)});
}

// Where the key stands, or else its section, or else the file.
std::string Faults::where_of_key(const std::string& key) const {
  const auto& raw = parts_.raw;
  if (const auto found = raw.settings.find(key); found != raw.settings.end()) {
    return found->second.where;
  }
  const std::string section = raw.sections.contains(key) ? key : key.substr(0, key.rfind('.'));
  if (const auto found = raw.sections.find(section); found != raw.sections.end()) {
    return found->second;
  }
  return parts_.file.empty() ? "configuration" : parts_.file;
}

// A secret in a file ends with the line's end that every editor adds.
void read_secret(const std::string& key, const SecretFile& file, SecretText& secret,
                 ConfigProblems& problems) {
  if (file.path.empty()) return;
  if (!secret.reveal().empty()) {
    problems.push_back(
        {key + "_file", fmt::format("{} and {}_file are both set", key, key), "one of them", ""});
    return;
  }
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(file.path, ignored)) return;  // check_paths tells
  auto text = read_text_file(file.path, kSecretBytesMax);
  if (!text) {
    problems.push_back({file.path, text.error(), "a file that the server's user may read", ""});
    return;
  }
  while (text->ends_with('\n') || text->ends_with('\r')) text->pop_back();
  if (text->empty() || !is_printable(*text)) {
    problems.push_back({file.path, fmt::format("holds no secret for {}", key), "one line", ""});
    return;
  }
  secret = SecretText(std::move(*text));
}

}  // namespace app
