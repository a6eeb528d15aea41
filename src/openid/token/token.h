// Bearer values of this room: access and refresh tokens, codes, request handles. Each is 256 random
// bits after its moment of expiry; only that moment and the SHA-256 are stored. Pure functions.
#pragma once

#include <optional>
#include <string_view>

#include "core/bytes.h"
#include "core/instant.h"
#include "core/rng.h"
#include "core/secret.h"

namespace openid {

/// What its holder gets, and the key of its row.
struct NewToken {
  core::Secret<std::string> text;
  core::Bytes key;
};

/// @param expires_at  rounded to whole seconds.
[[nodiscard]] NewToken make_token(core::Instant expires_at, core::Rng& rng);

/// The key a presented text leads to; empty when no text of ours looks like this or it has expired.
[[nodiscard]] std::optional<core::Bytes> find_token_key(std::string_view text, core::Instant now);

/// The key of anything that works once until a moment (a proof, an assertion).
[[nodiscard]] core::Bytes make_key(core::Instant expires_at, core::ByteView content);
/// Keys below it have expired.
[[nodiscard]] core::Bytes expiry_bound(core::Instant now);
[[nodiscard]] core::Instant expiry_of(core::ByteView key);

}  // namespace openid
