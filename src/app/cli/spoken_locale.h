// Which locale the terminal speaks, for spoken_language. Reads the environment; for commands, on
// the main thread.
#pragma once

#include <cstdlib>
#include <string_view>

namespace app {

/// The first of LC_ALL, LC_MESSAGES and LANG that is set; empty if none is.
[[nodiscard]] inline std::string_view locale_name() {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(name);
    if (value != nullptr && *value != '\0') return value;
  }
  return "";
}

}  // namespace app
