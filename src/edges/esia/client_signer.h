// ClientSigner: client_secret, with which an information system proves itself at ESIA: a signature
// of each request by the key of the certificate registered there. Immutable; safe from any thread.
#pragma once

#include <string>
#include <string_view>

#include "core/result.h"
#include "crypto/signature_key.h"
#include "edges/esia/types.h"

namespace edges::esia {

class ClientSigner {
 public:
  /// Errors: kInvalidInput "esia.key_not_of_certificate" key and certificate do not belong
  /// together;
  ///         kInvalidInput "esia.key_not_gost" kV2 takes GOST keys only;
  ///         kUnavailable "crypto.gost_missing".
  [[nodiscard]] static core::Result<ClientSigner> make(Scheme scheme, crypto::SignatureKey key,
                                                       crypto::Certificate certificate,
                                                       crypto::CmsAttributes attributes);

  /// base64url of the signature over the text.
  /// Errors: kUnavailable "key.sign_failed" the token that holds the key did not answer.
  [[nodiscard]] core::Result<std::string> client_secret(std::string_view text) const;
  /// client_certificate_hash: Streebog-256 of the certificate's DER, in upper-case hexadecimal;
  /// empty with kV1, where the certificate travels in the signature.
  [[nodiscard]] const std::string& certificate_hash() const { return certificate_hash_; }

 private:
  ClientSigner(Scheme scheme, crypto::SignatureKey key, crypto::Certificate certificate,
               crypto::CmsAttributes attributes)
      : scheme_(scheme),
        key_(std::move(key)),
        certificate_(std::move(certificate)),
        attributes_(attributes) {}

  Scheme scheme_;
  crypto::SignatureKey key_;
  crypto::Certificate certificate_;
  crypto::CmsAttributes attributes_;
  std::string certificate_hash_;
};

}  // namespace edges::esia
