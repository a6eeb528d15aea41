#include "crypto/signature_key.h"

#include <openssl/cms.h>
#include <openssl/pem.h>

#include "core/assert.h"
#include "crypto/certificate_impl.h"
#include "crypto/engines.h"

namespace crypto {
namespace {

using core::ErrorCode;
using core::fail;

using Pkcs8Handle = OpensslHandle<PKCS8_PRIV_KEY_INFO, PKCS8_PRIV_KEY_INFO_free>;
using CmsHandle = OpensslHandle<CMS_ContentInfo, CMS_ContentInfo_free>;

constexpr std::size_t kPemBytesMax = std::size_t{16} * 1024;

auto malformed() {
  forget_openssl_errors();
  return fail(ErrorCode::kInvalidInput, "key.malformed");
}

auto sign_failed() {
  forget_openssl_errors();
  return fail(ErrorCode::kUnavailable, "key.sign_failed");
}

bool holds_gost_key(const PKCS8_PRIV_KEY_INFO* info) {
  const ASN1_OBJECT* algorithm = nullptr;
  return PKCS8_pkey_get0(&algorithm, nullptr, nullptr, nullptr, info) == 1 &&
         OBJ_obj2nid(algorithm) == NID_id_GostR3410_2012_256;
}

}  // namespace

struct SignatureKey::Impl {
  PkeyHandle key;
  SignatureAlgorithm algorithm;
};

core::Result<SignatureKey> SignatureKey::from_pem(const core::Secret<std::string>& pem) {
  const auto& text = pem.reveal();
  if (text.size() > kPemBytesMax) return malformed();
  const BioHandle bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
  CORE_ASSERT(bio != nullptr);
  const Pkcs8Handle info(PEM_read_bio_PKCS8_PRIV_KEY_INFO(bio.get(), nullptr, nullptr, nullptr));
  if (!info) return malformed();
  if (holds_gost_key(info.get())) {
    TRY_VOID(load_gost());
  }
  PkeyHandle key(EVP_PKCS82PKEY(info.get()));
  TRY(const auto algorithm, algorithm_of(key.get(), "key.unsupported"));
  return SignatureKey(std::make_shared<const Impl>(Impl{std::move(key), algorithm}));
}

core::Result<SignatureKey> SignatureKey::from_pkcs11(const Pkcs11Location& where) {
  TRY(auto key, load_token_key(where.module_path, where.uri, where.pin));
  TRY(const auto algorithm, algorithm_of(key.get(), "key.unsupported"));
  return SignatureKey(std::make_shared<const Impl>(Impl{std::move(key), algorithm}));
}

SignatureAlgorithm SignatureKey::algorithm() const { return impl_->algorithm; }

bool SignatureKey::fits(const Certificate& certificate) const {
  return EVP_PKEY_eq(impl_->key.get(), certificate.impl_->key()) == 1 || forget_openssl_errors();
}

core::Result<core::Bytes> SignatureKey::sign(core::ByteView message) const {
  TRY(const EVP_MD* method, digest_of(impl_->algorithm));
  const MdContext context(EVP_MD_CTX_new());
  CORE_ASSERT(context != nullptr);
  std::size_t size = 0;
  if (EVP_DigestSignInit(context.get(), nullptr, method, nullptr, impl_->key.get()) != 1 ||
      EVP_DigestSignUpdate(context.get(), message.data(), message.size()) != 1 ||
      EVP_DigestSignFinal(context.get(), nullptr, &size) != 1) {
    return sign_failed();
  }
  core::Bytes signature(size);
  if (EVP_DigestSignFinal(context.get(), signature.data(), &size) != 1) return sign_failed();
  signature.resize(size);
  return signature;
}

core::Result<core::Bytes> SignatureKey::sign_cms(core::ByteView message,
                                                 const Certificate& certificate,
                                                 CmsAttributes attributes) const {
  const BioHandle bio(BIO_new_mem_buf(message.data(), static_cast<int>(message.size())));
  CORE_ASSERT(bio != nullptr);
  unsigned flags = CMS_DETACHED | CMS_BINARY | CMS_NOSMIMECAP;
  if (attributes == CmsAttributes::kNone) flags |= CMS_NOATTR;
  const CmsHandle cms(
      CMS_sign(certificate.impl_->x509.get(), impl_->key.get(), nullptr, bio.get(), flags));
  unsigned char* encoded = nullptr;
  const int size = cms ? i2d_CMS_ContentInfo(cms.get(), &encoded) : 0;
  if (size <= 0) return sign_failed();
  core::Bytes signature(encoded, encoded + size);
  OPENSSL_free(encoded);
  return signature;
}

}  // namespace crypto
