// COSE_Key (RFC 9052, section 7) of authenticators: P-256 for ES256, Ed25519 for EdDSA, RSA for
// RS256. A parser of foreign bytes. Pure functions; safe from any thread.
#pragma once

#include "codec/cbor.h"
#include "crypto/authenticator_key.h"

namespace codec {

/// Numbers of COSE algorithms, as registration options list them.
inline constexpr std::int64_t kCoseEs256 = -7;
inline constexpr std::int64_t kCoseEdDsa = -8;
inline constexpr std::int64_t kCoseRs256 = -257;

/// A key to verify with. Members beyond those of its type are refused: a private part has no
/// business here.
/// Errors: kInvalidInput "cose_key.malformed" a member absent, doubled, unknown or of another
///         length; "cose_key.algorithm" another key type, algorithm or curve; those of
///         AuthenticatorKey.
[[nodiscard]] core::Result<crypto::AuthenticatorKey> read_cose_key(const CborValue& map);
/// The same from its bytes. Errors: also those of CborDocument::decode.
[[nodiscard]] core::Result<crypto::AuthenticatorKey> parse_cose_key(core::ByteView bytes);

}  // namespace codec
