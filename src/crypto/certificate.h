// Certificate: an X.509 certificate with an RSA or a GOST R 34.10-2012-256 key, pinned by whoever
// configured it: no chain is built and no authority believed. Immutable and shared inside; safe to
// use from any thread.
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>
#include <utility>

#include "core/bytes.h"
#include "core/instant.h"
#include "core/result.h"

namespace crypto {

/// How a key of a certificate signs: RSASSA-PKCS1-v1_5 with SHA-256, or GOST R 34.10-2012 with 256
/// bits over Streebog-256 as 64 raw bytes.
enum class SignatureAlgorithm { kRsaSha256, kGost2012With256 };

inline constexpr std::size_t kCertificateBytesMax = std::size_t{16} * 1024;

class Certificate {
 public:
  /// Reads one "BEGIN CERTIFICATE" block; text around it is ignored, a second block refused.
  /// Errors: kInvalidInput "certificate.malformed" no such block, or not X.509;
  ///         kInvalidInput "certificate.key" a key of another kind, or RSA outside
  ///         kRsaModulusBitsMin..Max;
  ///         kUnavailable "crypto.gost_missing" a GOST key without the engine.
  [[nodiscard]] static core::Result<Certificate> from_pem(std::string_view pem);
  /// Reads exactly one certificate. Errors: as from_pem.
  [[nodiscard]] static core::Result<Certificate> from_der(core::ByteView der);

  /// The certificate as its issuer signed it; digests of certificates are over these bytes.
  [[nodiscard]] core::ByteView der() const;
  [[nodiscard]] SignatureAlgorithm algorithm() const;
  [[nodiscard]] core::Instant not_after() const;

  /// True if the signature is this key's over the message, in the form of its algorithm and of
  /// exactly its length.
  [[nodiscard]] bool verify(core::ByteView message, core::ByteView signature) const;

 private:
  struct Impl;
  friend class SignatureKey;
  explicit Certificate(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)) {}
  std::shared_ptr<const Impl> impl_;
};

}  // namespace crypto
