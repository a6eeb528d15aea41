// The version of the program, from CMake's project().
// A constant of the build.
#pragma once

#include <string_view>

namespace app {

inline constexpr std::string_view kVersion = BERESTA_VERSION;

}  // namespace app
