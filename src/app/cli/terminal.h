// Terminal: where a command reads and writes, so that tests can look over its shoulder. A command
// runs on one thread and ends with one of these codes.
#pragma once

#include <istream>
#include <ostream>

#include "core/result.h"

namespace app {

struct Terminal {
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
};

inline constexpr int kExitGood = 0;
inline constexpr int kExitFailed = 1;
inline constexpr int kExitUsage = 2;

/// Says on the error stream what failed, in words and with the reason's name; kExitFailed.
int tell(Terminal& terminal, const core::Error& error);

}  // namespace app
