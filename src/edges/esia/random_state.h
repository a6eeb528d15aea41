// The `state` of a request: a UUID of version 4 as text, as ESIA wants it. Pure but for the
// randomness it is given.
#pragma once

#include <string>

#include "core/rng.h"

namespace edges::esia {

/// 122 random bits. Source: RFC 4122, section 4.4.
[[nodiscard]] std::string random_state(core::Rng& rng);

}  // namespace edges::esia
