// SignatureKey: the private half of a Certificate, with which an information system signs at other
// systems: in a file, or in a PKCS#11 token that it never leaves. Immutable and shared inside; safe
// to use from any thread.
#pragma once

#include <memory>
#include <string>
#include <utility>

#include "core/bytes.h"
#include "core/result.h"
#include "core/secret.h"
#include "crypto/certificate.h"

namespace crypto {

/// Where a token's key is.
struct Pkcs11Location {
  std::string module_path;  ///< the vendor's library
  std::string uri;          ///< RFC 7512, without a PIN
  core::Secret<std::string> pin;
};

/// Whether a CMS signature carries content type, signing time and digest as signed attributes.
enum class CmsAttributes { kNone, kSigned };

class SignatureKey {
 public:
  /// Reads an unencrypted "BEGIN PRIVATE KEY" block (PKCS#8) with an RSA or a GOST key.
  /// Errors: kInvalidInput "key.malformed" no such block, or encrypted;
  ///         kInvalidInput "key.unsupported" another kind of key, or RSA of a refused length;
  ///         kUnavailable "crypto.gost_missing" a GOST key without the engine.
  [[nodiscard]] static core::Result<SignatureKey> from_pem(const core::Secret<std::string>& pem);
  /// Errors: kUnavailable "key.token_engine_missing", "key.token_failed" (library, token, key or
  ///         PIN); kInvalidInput "key.unsupported".
  [[nodiscard]] static core::Result<SignatureKey> from_pkcs11(const Pkcs11Location& where);

  [[nodiscard]] SignatureAlgorithm algorithm() const;
  /// True if the certificate is this key's.
  [[nodiscard]] bool fits(const Certificate& certificate) const;

  /// The signature alone: 64 bytes with GOST, as long as the modulus with RSA.
  /// Errors: kUnavailable "key.sign_failed" the token did not answer.
  [[nodiscard]] core::Result<core::Bytes> sign(core::ByteView message) const;
  /// CMS SignedData in DER without the message in it, with the signer's certificate.
  /// Errors: as sign. Source: RFC 5652, section 5.
  [[nodiscard]] core::Result<core::Bytes> sign_cms(core::ByteView message,
                                                   const Certificate& certificate,
                                                   CmsAttributes attributes) const;

 private:
  struct Impl;
  explicit SignatureKey(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)) {}
  std::shared_ptr<const Impl> impl_;
};

}  // namespace crypto
