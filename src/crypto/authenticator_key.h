// AuthenticatorKey: a public key of somebody else's authenticator, with the one algorithm it signs
// by: ES256, EdDSA (Ed25519) or RS256. Checks signatures and nothing else. Immutable and shared
// inside; safe to use from any thread.
#pragma once

#include <memory>

#include "core/bytes.h"
#include "core/result.h"

namespace crypto {

enum class AuthenticatorAlgorithm { kEs256, kEdDsa, kRs256 };

class AuthenticatorKey {
 public:
  /// The coordinates of a point of P-256, 32 bytes each.
  /// Errors: kInvalidInput "key.malformed", "key.not_on_curve".
  [[nodiscard]] static core::Result<AuthenticatorKey> es256(core::ByteView x, core::ByteView y);
  /// The 32 bytes of an Ed25519 key (RFC 8032). Errors: kInvalidInput "key.malformed".
  [[nodiscard]] static core::Result<AuthenticatorKey> ed25519(core::ByteView bytes);
  /// Errors: those of RsaPublicKey::from_modulus_exponent.
  [[nodiscard]] static core::Result<AuthenticatorKey> rs256(core::ByteView modulus,
                                                            core::ByteView exponent);

  [[nodiscard]] AuthenticatorAlgorithm algorithm() const;
  /// True if the signature over the message is this key's. ES256 signatures are the DER form
  /// (Ecdsa-Sig-Value) that authenticators make, in exactly its one encoding.
  [[nodiscard]] bool verify(core::ByteView message, core::ByteView signature) const;

 private:
  struct Impl;
  explicit AuthenticatorKey(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)) {}
  std::shared_ptr<const Impl> impl_;
};

}  // namespace crypto
