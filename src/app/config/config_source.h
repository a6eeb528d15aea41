// Raw settings: what the file, the environment and the flags say, before anything is known about
// types. Later sources win; each value remembers its place. For config.cpp only. Value types.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "app/config/config.h"

namespace app {

using RawScalar = std::variant<std::string, std::int64_t, double, bool>;
using RawList = std::vector<RawScalar>;
using RawTable = std::vector<std::pair<std::string, RawScalar>>;

struct RawSetting {
  std::variant<RawScalar, RawList, RawTable> value;
  /// From the environment or a flag: a text that means whatever the setting's type makes of it.
  bool is_text = false;
  std::string where;
};

/// What the schema tells about the keys there are.
struct KnownKeys {
  std::vector<std::string> settings;  ///< "server.port"
  std::vector<std::string> tables;    ///< settings that are tables: "operator.sms.headers"
};

struct RawSettings {
  bool file_read = true;  ///< false: it is not there, or is no TOML; there is no more to say
  std::map<std::string, RawSetting, std::less<>> settings;
  std::map<std::string, std::string, std::less<>> sections;  ///< "operator.sms" -> its place
};

/// Gathers all sources; unknown keys and unreadable files become problems.
[[nodiscard]] RawSettings gather_settings(const ConfigSources& sources, const KnownKeys& known,
                                          ConfigProblems& problems);

/// "BERESTA_SERVER_PORT" of "server.port".
[[nodiscard]] std::string environment_name(std::string_view key);

}  // namespace app
