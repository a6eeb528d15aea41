// The schema of the configuration: every setting there is, section by section. config.cpp reads by
// it, `config check --show` prints by it. Made anew for each reading, immutable.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/config/config_setting.h"

namespace app {

/// A section that means something by being there: without it the server works without that peer.
struct OptionalSection {
  std::string name;
  void (*add)(ConfigDraft&);  ///< makes it, with its defaults
};

[[nodiscard]] const std::vector<OptionalSection>& optional_sections();

/// All settings, in the order they are shown.
[[nodiscard]] std::vector<Setting> config_schema();

/// "http://..." or "https://..." with a host and without spaces.
[[nodiscard]] bool is_web_address(std::string_view text);

}  // namespace app
