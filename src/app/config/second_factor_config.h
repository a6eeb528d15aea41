// The section [second_factor]: of whom a second factor is demanded at sign-in although they have
// set none up. Plain data and its schema; safe to share when constant.
#pragma once

#include <string>
#include <vector>

#include "app/config/config_setting.h"

namespace app {

[[nodiscard]] std::vector<Setting> second_factor_settings();

}  // namespace app
