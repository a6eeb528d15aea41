// id_token: every check a relying party owes to itself, as one pure function, so that hostile
// tokens can be thrown at it without a network. Safe from any thread.
#pragma once

#include <string>
#include <string_view>

#include "codec/jose.h"
#include "core/instant.h"
#include "core/result.h"

namespace edges::oidc {

/// Clocks of two machines may differ by this much.
inline constexpr std::chrono::seconds kClockSkew{60};
/// An id_token older than this is not the answer to a sign-in that has just happened.
inline constexpr std::chrono::seconds kIdTokenAgeMax{600};

/// What the token must agree with.
struct IdTokenExpectation {
  std::string_view issuer;
  std::string_view client_id;
  std::string_view nonce;
  std::string_view access_token = {};  ///< for at_hash, if the token has one
  std::string_view code = {};          ///< for c_hash, if the token has one
};

struct VerifiedIdToken {
  std::string sub;
  std::string acr;  ///< empty if not said
  codec::JsonObject claims;
};

/// Checks signature and claims.
/// Errors, all kForbidden: "oidc.id_token_malformed", "oidc.id_token_algorithm",
///   "oidc.id_token_key" (no such key: refetch the keys once), "oidc.id_token_signature",
///   "oidc.id_token_issuer", "oidc.id_token_audience" (aud or azp), "oidc.id_token_expired",
///   "oidc.id_token_not_yet_valid" (nbf or iat ahead), "oidc.id_token_nonce",
///   "oidc.id_token_hash" (at_hash or c_hash).
/// Source: OpenID Connect Core 1.0, section 3.1.3.7 (ID Token validation).
[[nodiscard]] core::Result<VerifiedIdToken> verify_id_token(std::string_view id_token,
                                                            const codec::JwkSet& keys,
                                                            const IdTokenExpectation& expected,
                                                            core::Instant now);

}  // namespace edges::oidc
