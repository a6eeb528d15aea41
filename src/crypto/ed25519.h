// Ed25519 (RFC 8032): the signature of the transparency log's checkpoints and of their witnesses.
// Keys are immutable and shared inside, so copying one costs a reference count, and one key may be
// used from many threads at once.
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

namespace crypto {

using Ed25519Signature = std::array<std::uint8_t, 64>;
using Ed25519PublicBytes = std::array<std::uint8_t, 32>;

class Ed25519PublicKey {
 public:
  /// Errors: kInvalidInput "key.malformed" not 32 bytes.
  [[nodiscard]] static core::Result<Ed25519PublicKey> from_bytes(core::ByteView bytes);

  [[nodiscard]] const Ed25519PublicBytes& bytes() const;
  /// True if the signature is this key's over the message. Any other length than 64, an S of the
  /// group's order or more, and a key that is no point are false. Source: RFC 8032, section 5.1.7.
  [[nodiscard]] bool verify(core::ByteView message, core::ByteView signature) const;

  friend bool operator==(const Ed25519PublicKey& a, const Ed25519PublicKey& b) {
    return a.bytes() == b.bytes();
  }

 private:
  struct Impl;
  friend class Ed25519PrivateKey;
  explicit Ed25519PublicKey(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)) {}
  std::shared_ptr<const Impl> impl_;
};

/// A signing key. There is no way to print it; to_pkcs8_pem is the one way out.
class Ed25519PrivateKey {
 public:
  [[nodiscard]] static Ed25519PrivateKey generate(core::Rng& rng);
  /// Reads an unencrypted "BEGIN PRIVATE KEY" block (PKCS#8) of at most 4096 bytes.
  /// Errors: kInvalidInput "key.malformed"    no such block, or encrypted;
  ///         kInvalidInput "key.not_ed25519"  a key of another algorithm.
  [[nodiscard]] static core::Result<Ed25519PrivateKey> from_pkcs8_pem(
      const core::Secret<std::string>& pem);

  /// The key as an unencrypted PKCS#8 block in PEM; the caller decides the file's permissions.
  [[nodiscard]] core::Secret<std::string> to_pkcs8_pem() const;
  [[nodiscard]] const Ed25519PublicKey& public_key() const;
  /// The same message always gives the same signature.
  [[nodiscard]] Ed25519Signature sign(core::ByteView message) const;

 private:
  struct Impl;
  explicit Ed25519PrivateKey(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)) {}
  std::shared_ptr<const Impl> impl_;
};

}  // namespace crypto
