#include "app/keys/dated_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <system_error>

namespace app {
namespace {

using core::ErrorCode;
using core::fail;

constexpr std::string_view kPemSuffix = ".pem";

}  // namespace

std::string dated_file_name(std::string_view prefix, core::Instant at) {
  std::string text = core::to_rfc3339(at);
  std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
  return fmt::format("{}{}{}", prefix, text, kPemSuffix);
}

std::optional<core::Instant> moment_of_dated_file(std::string_view name, std::string_view prefix) {
  constexpr std::size_t kMomentLength = 16;
  if (name.size() != prefix.size() + kMomentLength + kPemSuffix.size()) return std::nullopt;
  const auto text = name.substr(prefix.size(), kMomentLength);
  const auto at =
      core::from_rfc3339(fmt::format("{}-{}-{}:{}:{}", text.substr(0, 4), text.substr(4, 2),
                                     text.substr(6, 5), text.substr(11, 2), text.substr(13)));
  return at ? std::optional(*at) : std::nullopt;
}

core::Result<std::vector<std::string>> dated_file_names(const std::string& folder,
                                                        std::string_view prefix,
                                                        std::size_t names_max) {
  std::vector<std::string> names;
  std::error_code error;
  for (std::filesystem::directory_iterator at(folder, error), end; !error && at != end;
       at.increment(error)) {
    const auto name = at->path().filename().string();
    if (name.starts_with(prefix) && name.ends_with(kPemSuffix)) names.push_back(name);
  }
  if (error == std::errc::no_such_file_or_directory) {
    return fail(ErrorCode::kNotFound, "key.file_missing", folder);
  }
  if (error) return fail(ErrorCode::kInternal, "key.unreadable", folder + ": " + error.message());
  std::sort(names.begin(), names.end());
  if (names.size() > names_max) {
    names.erase(names.begin(), names.end() - static_cast<std::ptrdiff_t>(names_max));
  }
  return names;
}

}  // namespace app
