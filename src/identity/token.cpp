#include "identity/token.h"

#include "codec/base64url.h"
#include "crypto/digest.h"

namespace identity {

Token make_token(core::Rng& rng) { return Token(codec::to_base64url(core::random_bytes(rng, 32))); }

core::Bytes hash_token(std::string_view token) {
  return core::to_bytes(crypto::sha256(core::as_bytes(token)));
}

}  // namespace identity
