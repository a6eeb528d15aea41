#include "crypto/certificate.h"

#include <openssl/pem.h>

#include <ctime>

#include "core/assert.h"
#include "crypto/certificate_impl.h"
#include "crypto/engines.h"
#include "crypto/rsa.h"

namespace crypto {
namespace {

using core::ErrorCode;
using core::fail;

constexpr std::size_t kGostSignatureBytes = 64;

auto malformed() {
  forget_openssl_errors();
  return fail(ErrorCode::kInvalidInput, "certificate.malformed");
}

X509Handle parse(core::ByteView der) {
  const auto* at = der.data();
  X509Handle x509(d2i_X509(nullptr, &at, static_cast<long>(der.size())));
  return at == der.data() + der.size() ? std::move(x509) : nullptr;
}

bool holds_gost_key(const X509* x509) {
  ASN1_OBJECT* algorithm = nullptr;
  X509_PUBKEY_get0_param(&algorithm, nullptr, nullptr, nullptr, X509_get_X509_PUBKEY(x509));
  return OBJ_obj2nid(algorithm) == NID_id_GostR3410_2012_256;
}

core::Result<core::Instant> moment_of(const ASN1_TIME* time) {
  std::tm broken{};
  if (ASN1_TIME_to_tm(time, &broken) != 1) return malformed();
  return core::Instant::from_seconds(timegm(&broken));
}

}  // namespace

core::Result<SignatureAlgorithm> algorithm_of(const EVP_PKEY* key, std::string_view reason) {
  const int kind = key == nullptr ? NID_undef : EVP_PKEY_get_base_id(key);
  if (kind == NID_id_GostR3410_2012_256) return SignatureAlgorithm::kGost2012With256;
  const int bits = kind == EVP_PKEY_RSA ? EVP_PKEY_get_bits(key) : 0;
  if (bits < static_cast<int>(kRsaModulusBitsMin) || bits > static_cast<int>(kRsaModulusBitsMax)) {
    forget_openssl_errors();
    return fail(ErrorCode::kInvalidInput, reason);
  }
  return SignatureAlgorithm::kRsaSha256;
}

core::Result<const EVP_MD*> digest_of(SignatureAlgorithm algorithm) {
  if (algorithm == SignatureAlgorithm::kGost2012With256) return streebog256_method();
  return EVP_sha256();
}

core::Result<Certificate> Certificate::from_pem(std::string_view pem) {
  if (pem.size() > kCertificateBytesMax) return malformed();
  const BioHandle bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  CORE_ASSERT(bio != nullptr);
  const auto next = [&] {
    return X509Handle(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
  };
  const X509Handle first = next();
  if (!first || next()) return malformed();
  forget_openssl_errors();  // "no more blocks"
  unsigned char* encoded = nullptr;
  const int size = i2d_X509(first.get(), &encoded);
  if (size <= 0) return malformed();
  const core::Bytes der(encoded, encoded + size);
  OPENSSL_free(encoded);
  return from_der(der);
}

core::Result<Certificate> Certificate::from_der(core::ByteView der) {
  if (der.size() > kCertificateBytesMax) return malformed();
  X509Handle x509 = parse(der);
  if (!x509) return malformed();
  if (holds_gost_key(x509.get())) {
    TRY_VOID(load_gost());
    x509 = parse(der);  // a key is decoded once, with what OpenSSL knows at that moment
    if (!x509) return malformed();
  }
  TRY(const auto algorithm, algorithm_of(X509_get0_pubkey(x509.get()), "certificate.key"));
  TRY(const auto not_after, moment_of(X509_get0_notAfter(x509.get())));
  forget_openssl_errors();
  return Certificate(std::make_shared<const Impl>(
      Impl{std::move(x509), core::to_bytes(der), algorithm, not_after}));
}

core::ByteView Certificate::der() const { return impl_->der; }
SignatureAlgorithm Certificate::algorithm() const { return impl_->algorithm; }
core::Instant Certificate::not_after() const { return impl_->not_after; }

bool Certificate::verify(core::ByteView message, core::ByteView signature) const {
  const bool gost = impl_->algorithm == SignatureAlgorithm::kGost2012With256;
  const auto expected =
      gost ? kGostSignatureBytes : static_cast<std::size_t>(EVP_PKEY_get_size(impl_->key()));
  if (signature.size() != expected) return false;
  const auto method = digest_of(impl_->algorithm);
  const MdContext context(EVP_MD_CTX_new());
  CORE_ASSERT(context != nullptr && method.has_value());
  const bool fits =
      EVP_DigestVerifyInit(context.get(), nullptr, *method, nullptr, impl_->key()) == 1 &&
      EVP_DigestVerify(context.get(), signature.data(), signature.size(), message.data(),
                       message.size()) == 1;
  return fits || forget_openssl_errors();
}

}  // namespace crypto
