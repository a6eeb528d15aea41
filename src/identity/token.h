// Bearer tokens: made, hashed, and nothing else. What is stored is SHA-256 of the token, so that a
// stolen database opens no session. Pure functions.
#pragma once

#include "core/rng.h"
#include "identity/types.h"

namespace identity {

/// 256 random bits as 43 characters of base64url.
[[nodiscard]] Token make_token(core::Rng& rng);
/// What is stored and looked up. Any text has a hash; only a token's is ever found.
[[nodiscard]] core::Bytes hash_token(std::string_view token);

}  // namespace identity
