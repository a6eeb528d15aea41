// The sections [identity_provider.NAME]: one for each OpenID provider, under the id it has for
// good. The schema depends on which names there are, so they are found before anything is read. For
// config.cpp and config_schema.cpp only; pure but for reading the file.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/config/config_check.h"
#include "app/config/config_schema.h"

namespace app {

/// 1 to 20 lower-case letters and digits, a letter first: the id stands in rows and addresses.
[[nodiscard]] bool is_provider_name(std::string_view name);

/// The names that the file and the flags give sections to, in alphabetical order; what is wrong
/// with the file is told by gather_settings.
[[nodiscard]] std::vector<std::string> provider_names(const ConfigSources& sources);

[[nodiscard]] OptionalSection provider_section(const std::string& name);
[[nodiscard]] std::vector<Setting> provider_settings(const std::string& name);

/// Reads secrets from their files and fills in the way back.
void complete_providers(ConfigDraft& draft, ConfigProblems& problems);

}  // namespace app
