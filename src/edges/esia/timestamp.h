// ESIA's form of a moment in requests: "2026.11.22 06:42:45 +0000". Pure function.
// Any offset from UTC is allowed there; ours is always zero, so that no time zone can be wrong.
#pragma once

#include <string>

#include "core/instant.h"

namespace edges::esia {

[[nodiscard]] std::string to_esia_timestamp(core::Instant at);

}  // namespace edges::esia
