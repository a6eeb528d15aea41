// RSA signatures of others, checked: RS256 of the tokens of identity providers. There is no RSA
// private key in Beresta. Immutable and shared inside; safe to use from any thread.
#pragma once

#include <cstddef>
#include <memory>
#include <utility>

#include "core/bytes.h"
#include "core/result.h"

namespace crypto {

inline constexpr std::size_t kRsaModulusBitsMin = 2048;
inline constexpr std::size_t kRsaModulusBitsMax = 8192;
/// Longer exponents only serve to make the checker work; every real key has 17 bits or fewer.
inline constexpr std::size_t kRsaExponentBitsMax = 64;

class RsaPublicKey {
 public:
  /// From the two numbers of a JWK, big-endian; leading zeros are allowed.
  /// Errors: kInvalidInput "key.malformed"  modulus even or outside kRsaModulusBitsMin..Max, or
  ///         exponent even, below 3 or above kRsaExponentBitsMax.
  [[nodiscard]] static core::Result<RsaPublicKey> from_modulus_exponent(core::ByteView modulus,
                                                                        core::ByteView exponent);

  /// True if the signature is this key's: RSASSA-PKCS1-v1_5 with SHA-256, exactly as long as the
  /// modulus.
  [[nodiscard]] bool verify_rs256(core::ByteView message, core::ByteView signature) const;

 private:
  struct Impl;
  explicit RsaPublicKey(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)) {}
  std::shared_ptr<const Impl> impl_;
};

}  // namespace crypto
