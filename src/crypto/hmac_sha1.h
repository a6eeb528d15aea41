// HMAC-SHA-1, for one-time codes alone (RFC 4226 and RFC 6238): what authenticator apps compute,
// whatever an address of theirs asks for. Nothing else may rest on SHA-1. Pure function, safe to
// call from any thread.
#pragma once

#include <array>
#include <cstdint>

#include "core/bytes.h"

namespace crypto {

/// @param key  of any length but 0.
[[nodiscard]] std::array<std::uint8_t, 20> hmac_sha1(core::ByteView key, core::ByteView message);

}  // namespace crypto
