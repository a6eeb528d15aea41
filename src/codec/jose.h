// JWK sets and JWS in compact form (RFC 7515, 7517, 7518), verified only: ES256 and RS256, the
// algorithm fixed by the type of the key, never by the token. Used for id_token, logout tokens and
// client assertions; the claims' own rules (iss, aud, exp) live with their protocols. Value types.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "codec/json.h"
#include "core/bytes.h"
#include "crypto/p256.h"
#include "crypto/rsa.h"

namespace codec {

inline constexpr std::size_t kJwsBytesMax = 16UL * 1024;
inline constexpr std::size_t kJwkSetBytesMax = 64UL * 1024;
inline constexpr std::size_t kJwkSetKeysMax = 64;
inline constexpr std::size_t kJwkKidBytesMax = 256;

/// A public signature key: EC P-256 for ES256, RSA for RS256.
struct Jwk {
  std::string kid;  ///< may be empty
  std::variant<crypto::P256PublicKey, crypto::RsaPublicKey> key;

  /// "ES256" or "RS256": the only algorithm this key verifies.
  [[nodiscard]] std::string_view alg() const;

  /// Errors: kInvalidInput "jwk.malformed" members missing or of a wrong form, a private member;
  ///         "jwk.unsupported" another kty, crv, alg, or a use other than sig;
  ///         reasons of crypto when the point or the modulus is refused.
  [[nodiscard]] static core::Result<Jwk> parse(const JsonObject& object);
};

/// The public half as a JWK with use "sig". Source: RFC 7518, section 6.2.1.
[[nodiscard]] JsonObject to_jwk(const crypto::P256PublicKey& key, std::string_view kid);

/// The usable keys of a JWK Set; keys that cannot be used are left out, as RFC 7517, section 5
/// advises, so that one new key type at an identity provider does not stop sign-in.
struct JwkSet {
  std::vector<Jwk> keys;

  /// Errors: kInvalidInput a json reason; "jwks.malformed" no array "keys"; "jwks.too_many".
  [[nodiscard]] static core::Result<JwkSet> parse(std::string_view text);
};

/// What a verified token says.
struct VerifiedJws {
  JsonObject header;
  JsonObject claims;
};

/// Verifies a compact JWS and parses its claims.
/// The key is the one with the header's kid; without a kid, the set's only key of that algorithm.
/// Errors: kInvalidInput "jws.malformed" not three base64url parts of JSON objects;
///         "jws.too_large"; "jws.critical" a crit or b64 header; "jws.algorithm" none, HS256 or
///         anything but ES256 and RS256; json reasons (duplicate member, depth ...).
///         kForbidden "jws.key_unknown" no such key, or the key is for another algorithm;
///         "jws.signature" the signature does not verify.
[[nodiscard]] core::Result<VerifiedJws> verify_jws(std::string_view compact, const JwkSet& keys);

/// Reads a compact JWS without verifying it: only to learn whose key it asks to be checked with.
/// Errors: those of verify_jws with kInvalidInput, but for the algorithm's.
[[nodiscard]] core::Result<VerifiedJws> parse_jws_unverified(std::string_view compact);

/// SHA-256 of the key's canonical form, base64url. Source: RFC 7638, section 3.
[[nodiscard]] std::string thumbprint(const crypto::P256PublicKey& key);

/// What make_jws_es256 puts into the protected header.
struct JwsHeader {
  std::string_view kid = {};  ///< left out when empty
  std::string_view typ = "JWT";
};

/// Signs claims with ES256, for client assertions and our own tokens.
[[nodiscard]] std::string make_jws_es256(const JsonObject& claims,
                                         const crypto::P256PrivateKey& key,
                                         const JwsHeader& header = {});

}  // namespace codec
