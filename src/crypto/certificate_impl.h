// What a Certificate holds and how its key signs, for the .cpp files of this room: no type of
// OpenSSL leaves it. Immutable; safe from any thread.
#pragma once

#include <cstddef>

#include "crypto/certificate.h"
#include "crypto/openssl_handle.h"

namespace crypto {

using X509Handle = OpensslHandle<X509, X509_free>;

/// How a key signs, or why it cannot. Errors: kInvalidInput `reason` for any other key.
[[nodiscard]] core::Result<SignatureAlgorithm> algorithm_of(const EVP_PKEY* key,
                                                            std::string_view reason);
/// The digest of an algorithm. Errors: kUnavailable "crypto.gost_missing".
[[nodiscard]] core::Result<const EVP_MD*> digest_of(SignatureAlgorithm algorithm);

struct Certificate::Impl {
  X509Handle x509;
  core::Bytes der;
  SignatureAlgorithm algorithm;
  core::Instant not_after;

  [[nodiscard]] EVP_PKEY* key() const { return X509_get0_pubkey(x509.get()); }
};

}  // namespace crypto
