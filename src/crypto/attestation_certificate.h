// AttestationCertificate: the X.509 certificate of a maker of authenticators, as far as a packed
// attestation needs it. No chain is built: whom to trust is a policy this installation does not
// have; that the certificate is well made and signed what it is said to have signed is checked all
// the same. Immutable; safe to use from any thread.
#pragma once

#include <memory>
#include <optional>

#include "core/bytes.h"
#include "core/result.h"

namespace crypto {

class AttestationCertificate {
 public:
  static constexpr std::size_t kDerBytesMax = 8192;

  /// Reads one certificate and what WebAuthn asks of it: version 3; a subject with one country of
  /// two letters, an organisation, a common name, and the organisational unit "Authenticator
  /// Attestation"; basic constraints that say it is no authority; no critical AAGUID extension.
  /// Errors: kInvalidInput "certificate.malformed"    no X.509 certificate, trailing bytes, no key;
  ///         kInvalidInput "certificate.requirements" one of the above does not hold.
  /// Source: Web Authentication Level 2, section 8.2.1.
  [[nodiscard]] static core::Result<AttestationCertificate> parse(core::ByteView der);

  /// The AAGUID in the extension 1.3.6.1.4.1.45724.1.1.4, 16 bytes, if there is one.
  [[nodiscard]] const std::optional<core::Bytes>& aaguid() const;
  /// True if the certificate's key signed the message by SHA-256 with ECDSA (DER form) or RSA
  /// PKCS#1 v1.5, or by Ed25519: `algorithm` as COSE numbers it, -7, -257 or -8.
  [[nodiscard]] bool verify(std::int64_t algorithm, core::ByteView message,
                            core::ByteView signature) const;

 private:
  struct Impl;
  explicit AttestationCertificate(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)) {}
  std::shared_ptr<const Impl> impl_;
};

}  // namespace crypto
