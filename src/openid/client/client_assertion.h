// private_key_jwt: a party's signed statement that it is itself (RFC 7523, section 3).
// Pure functions; safe from any thread.
#pragma once

#include "codec/jose.h"
#include "core/result.h"
#include "openid/types.h"

namespace openid {

inline constexpr std::string_view kClientAssertionType =
    "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// Whose assertion it says it is; nothing about it is verified yet.
[[nodiscard]] std::optional<std::string> asserted_client(std::string_view assertion);

/// Verifies an assertion of a party.
/// @param keys  the party's.
/// @param audience  our issuer; nothing else is accepted (FAPI 2.0 Security Profile).
/// @return the key under which it is used up; see token_store.h.
/// Errors: kUnauthenticated "oauth.invalid_client.assertion_..." signature, issuer, audience,
///   expiry (at most an hour ahead) or jti does not hold; "..._key_unknown" it names another key.
[[nodiscard]] core::Result<core::Bytes> verify_client_assertion(std::string_view assertion,
                                                                const codec::JwkSet& keys,
                                                                std::string_view client_id,
                                                                std::string_view audience,
                                                                core::Instant now);

}  // namespace openid
