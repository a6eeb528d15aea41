// What holds for several settings together: defaults that follow from others, secrets kept in
// files, sections that need each other's parts. For config.cpp only; pure but for secret files.
#pragma once

#include <string>

#include "app/config/config_setting.h"
#include "app/config/config_source.h"

namespace app {

/// Everything a check may look at; all outlive the call.
struct CheckedParts {
  const ConfigDraft& draft;
  const RawSettings& raw;
  const std::string& file;
};

/// Defaults that are no constants. @param folder  of the configuration file.
void set_defaults(ConfigDraft& draft, const std::string& folder);

/// After the sources: addresses that follow from others, and secrets read from their files.
void complete(ConfigDraft& draft, ConfigProblems& problems);

/// What is missing in a section that is there, and what contradicts something else.
void check_together(const CheckedParts& parts, ConfigProblems& problems);

}  // namespace app
