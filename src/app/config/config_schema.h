// The schema of the configuration: every setting there is, section by section. config.cpp reads by
// it, `config check --show` prints by it. Made anew for each reading, immutable.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/config/config_setting.h"
#include "app/config/operator_schema.h"

namespace app {

/// A section that means something by being there: without it the server works without that peer.
struct OptionalSection {
  std::string name;
  std::function<void(ConfigDraft&)> add;  ///< makes it, with its defaults
};

/// The sections whose names the operator of the platform chooses.
struct NamedSections {
  OperatorSections operators;          ///< [operator.NAME]
  std::vector<std::string> providers;  ///< [identity_provider.NAME]
};

[[nodiscard]] std::vector<OptionalSection> optional_sections(const NamedSections& names);

/// All settings, in the order they are shown.
[[nodiscard]] std::vector<Setting> config_schema(const NamedSections& names);

/// "http://..." or "https://..." with a host and without spaces.
[[nodiscard]] bool is_web_address(std::string_view text);

}  // namespace app
