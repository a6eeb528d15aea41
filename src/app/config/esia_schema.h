// The schema of [esia], its defaults, and what its settings mean together. For config_schema.cpp
// and config_check.cpp only; pure functions.
#pragma once

#include <vector>

#include "app/config/config_check.h"
#include "app/config/config_schema.h"

namespace app {

[[nodiscard]] OptionalSection esia_section();
[[nodiscard]] std::vector<Setting> esia_settings();
/// Addresses that follow from others.
void complete_esia(EsiaSettings& esia, const std::string& public_url);

/// What is missing or contradicts itself in the section.
void check_esia(const CheckedParts& parts, ConfigProblems& problems);

}  // namespace app
