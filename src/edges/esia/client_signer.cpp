#include "edges/esia/client_signer.h"

#include <algorithm>

#include "codec/base64url.h"
#include "crypto/streebog.h"

namespace edges::esia {

using core::ErrorCode;
using core::fail;

core::Result<ClientSigner> ClientSigner::make(Scheme scheme, crypto::SignatureKey key,
                                              crypto::Certificate certificate,
                                              crypto::CmsAttributes attributes) {
  if (!key.fits(certificate)) return fail(ErrorCode::kInvalidInput, "esia.key_not_of_certificate");
  ClientSigner signer(scheme, std::move(key), std::move(certificate), attributes);
  if (scheme == Scheme::kV1) return signer;
  if (signer.key_.algorithm() != crypto::SignatureAlgorithm::kGost2012With256) {
    return fail(ErrorCode::kInvalidInput, "esia.key_not_gost");
  }
  TRY(const auto digest, crypto::streebog256(signer.certificate_.der()));
  auto& hash = signer.certificate_hash_;
  hash = core::to_hex(digest);
  std::transform(hash.begin(), hash.end(), hash.begin(), [](char digit) {
    return digit >= 'a' ? static_cast<char>(digit - 'a' + 'A') : digit;
  });
  return signer;
}

core::Result<std::string> ClientSigner::client_secret(std::string_view text) const {
  const auto message = core::as_bytes(text);
  TRY(const auto signature, scheme_ == Scheme::kV1
                                ? key_.sign_cms(message, certificate_, attributes_)
                                : key_.sign(message));
  return codec::to_base64url(signature);
}

}  // namespace edges::esia
