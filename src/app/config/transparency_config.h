// The section [transparency]: the name of the transparency log, and the witnesses whose
// cosignatures it takes. Its schema alone; safe to share when constant.
#pragma once

#include <vector>

#include "app/config/config_setting.h"

namespace app {

[[nodiscard]] std::vector<Setting> transparency_settings();

}  // namespace app
