// Short keyed tags for tokens that go out and come back: CSRF tokens, cursors, rate-limit keys.
// Truncated HMAC-SHA-256 over a purpose and framed fields, so that neither a tag of another purpose
// nor fields shifted against each other fit. Pure functions, safe to call from any thread.
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <string_view>

#include "core/bytes.h"
#include "crypto/key256.h"

namespace crypto {

/// 128 bits: the leftmost half of HMAC-SHA-256, the shortest that RFC 2104, section 5 advises.
using MacTag = std::array<std::uint8_t, 16>;

/// Tag over the purpose ("csrf", "cursor") and the fields; each is preceded by its length.
[[nodiscard]] MacTag make_mac_tag(const Key256& key, std::string_view purpose,
                                  std::initializer_list<core::ByteView> fields);

/// True if `tag` is the tag of exactly these fields; compares in constant time.
[[nodiscard]] bool is_mac_tag(core::ByteView tag, const Key256& key, std::string_view purpose,
                              std::initializer_list<core::ByteView> fields);

}  // namespace crypto
