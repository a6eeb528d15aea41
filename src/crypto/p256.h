// ECDSA with P-256 and SHA-256 (ES256): the signature of Digital ID codes, attestations,
// checkpoints and tokens. Keys are immutable and shared inside, so copying one costs a reference
// count, and one key may be used from many threads at once.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "core/bytes.h"
#include "core/result.h"
#include "core/rng.h"
#include "core/secret.h"
#include "crypto/digest.h"

namespace crypto {

/// r | s, 32 bytes each, big-endian: the fixed-size form of JOSE and COSE, not DER.
using P256Signature = std::array<std::uint8_t, 64>;
using P256Uncompressed = std::array<std::uint8_t, 65>;  ///< 04 | x | y
using P256Compressed = std::array<std::uint8_t, 33>;    ///< 02 or 03 | x

/// A point that is certainly on the curve and not at infinity.
class P256PublicKey {
 public:
  /// Reads 04 | x | y.
  /// Errors: kInvalidInput "key.malformed"     not 65 bytes that begin with 04 (so neither the
  ///                                           point at infinity nor the hybrid form);
  ///         kInvalidInput "key.not_on_curve"  no point of P-256 has these coordinates.
  [[nodiscard]] static core::Result<P256PublicKey> from_uncompressed(ByteView bytes);
  /// Reads 02 | x or 03 | x. Errors: as from_uncompressed, for 33 bytes that begin with 02 or 03.
  [[nodiscard]] static core::Result<P256PublicKey> from_compressed(ByteView bytes);
  /// From the coordinates of a JWK or COSE_Key, 32 bytes each, big-endian with leading zeros kept.
  /// Errors: as from_uncompressed.
  [[nodiscard]] static core::Result<P256PublicKey> from_xy(ByteView x, ByteView y);

  [[nodiscard]] const P256Uncompressed& uncompressed() const;
  [[nodiscard]] P256Compressed compressed() const;

  /// True if the signature (r | s, 64 bytes) is this key's over SHA-256 of the message. Any other
  /// length, and r or s outside 1..n-1, is false.
  [[nodiscard]] bool verify(ByteView message, ByteView signature) const;
  /// The same for a digest already computed.
  [[nodiscard]] bool verify_digest(const Digest256& digest, ByteView signature) const;
  /// Prepares this key and all its copies to verify at half the cost; takes some 30 milliseconds
  /// and 150 KiB, the second time nothing. For the few keys that sign much, such as an issuer's.
  void expect_many_signatures() const;

  friend bool operator==(const P256PublicKey& a, const P256PublicKey& b) {
    return a.uncompressed() == b.uncompressed();
  }

 private:
  struct Impl;
  friend class P256PrivateKey;
  explicit P256PublicKey(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)) {}
  std::shared_ptr<const Impl> impl_;
};

/// A signing key. There is no way to print it; to_pkcs8_pem is the one way out.
class P256PrivateKey {
 public:
  /// A new key: a uniform scalar in 1..n-1 drawn from `rng`.
  [[nodiscard]] static P256PrivateKey generate(core::Rng& rng);
  /// Reads an unencrypted "BEGIN PRIVATE KEY" block (PKCS#8) of at most 4096 bytes. The public key
  /// is computed from the scalar; one stored beside it is not believed.
  /// Errors: kInvalidInput "key.malformed"  no such block, or encrypted;
  ///         kInvalidInput "key.not_p256"   a key of another curve or algorithm.
  [[nodiscard]] static core::Result<P256PrivateKey> from_pkcs8_pem(
      const core::Secret<std::string>& pem);

  /// The key as an unencrypted PKCS#8 block in PEM; the caller decides the file's permissions.
  [[nodiscard]] core::Secret<std::string> to_pkcs8_pem() const;
  [[nodiscard]] const P256PublicKey& public_key() const;

  /// Signs SHA-256 of the message. The nonce mixes the key, the digest and fresh randomness, so two
  /// signatures of one message differ.
  [[nodiscard]] P256Signature sign(ByteView message) const;
  /// The same for a digest already computed.
  [[nodiscard]] P256Signature sign_digest(const Digest256& digest) const;

 private:
  struct Impl;
  explicit P256PrivateKey(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)) {}
  std::shared_ptr<const Impl> impl_;
};

}  // namespace crypto
