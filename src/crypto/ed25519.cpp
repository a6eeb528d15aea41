#include "crypto/ed25519.h"

#include <openssl/pem.h>

#include <algorithm>

#include "core/assert.h"
#include "crypto/openssl_handle.h"

namespace crypto {
namespace {

using core::ErrorCode;
using Pkcs8 = OpensslHandle<PKCS8_PRIV_KEY_INFO, PKCS8_PRIV_KEY_INFO_free>;

constexpr std::size_t kSeedBytes = 32;
constexpr std::size_t kPemBytesMax = 4096;

auto malformed() { return core::fail(ErrorCode::kInvalidInput, "key.malformed"); }

// A password is never asked for: the server has no terminal to wait at.
int no_password(char* /*buffer*/, int /*size*/, int /*writing*/, void* /*context*/) { return -1; }

Ed25519PublicBytes public_bytes(const EVP_PKEY* key) {
  Ed25519PublicBytes bytes{};
  std::size_t size = bytes.size();
  CORE_ASSERT(EVP_PKEY_get_raw_public_key(key, bytes.data(), &size) == 1 && size == bytes.size());
  return bytes;
}

}  // namespace

struct Ed25519PublicKey::Impl {
  Ed25519PublicBytes bytes;
  PkeyHandle key;

  static std::shared_ptr<const Impl> make(const Ed25519PublicBytes& bytes) {
    PkeyHandle key(
        EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, bytes.data(), bytes.size()));
    CORE_ASSERT(key != nullptr);
    return std::make_shared<const Impl>(Impl{bytes, std::move(key)});
  }
};

struct Ed25519PrivateKey::Impl {
  PkeyHandle key;
  Ed25519PublicKey public_key;

  static std::shared_ptr<const Impl> make(PkeyHandle key) {
    auto public_key = Ed25519PublicKey(Ed25519PublicKey::Impl::make(public_bytes(key.get())));
    return std::make_shared<const Impl>(Impl{std::move(key), std::move(public_key)});
  }
};

core::Result<Ed25519PublicKey> Ed25519PublicKey::from_bytes(core::ByteView bytes) {
  Ed25519PublicBytes copy{};
  if (bytes.size() != copy.size()) return malformed();
  std::copy(bytes.begin(), bytes.end(), copy.begin());
  return Ed25519PublicKey(Impl::make(copy));
}

const Ed25519PublicBytes& Ed25519PublicKey::bytes() const { return impl_->bytes; }

bool Ed25519PublicKey::verify(core::ByteView message, core::ByteView signature) const {
  if (signature.size() != sizeof(Ed25519Signature)) return false;
  const MdContext context(EVP_MD_CTX_new());
  CORE_ASSERT(context != nullptr);
  if (EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, impl_->key.get()) != 1) {
    return forget_openssl_errors();
  }
  return EVP_DigestVerify(context.get(), signature.data(), signature.size(), message.data(),
                          message.size()) == 1 ||
         forget_openssl_errors();
}

Ed25519PrivateKey Ed25519PrivateKey::generate(core::Rng& rng) {
  std::array<std::uint8_t, kSeedBytes> seed{};
  rng.fill(seed);
  PkeyHandle key(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, seed.data(), seed.size()));
  core::wipe(seed.data(), seed.size());
  CORE_ASSERT(key != nullptr);
  return Ed25519PrivateKey(Impl::make(std::move(key)));
}

core::Result<Ed25519PrivateKey> Ed25519PrivateKey::from_pkcs8_pem(
    const core::Secret<std::string>& pem) {
  if (pem.reveal().size() > kPemBytesMax) return malformed();
  const BioHandle bio(BIO_new_mem_buf(pem.reveal().data(), static_cast<int>(pem.reveal().size())));
  CORE_ASSERT(bio != nullptr);
  const Pkcs8 info(PEM_read_bio_PKCS8_PRIV_KEY_INFO(bio.get(), nullptr, no_password, nullptr));
  PkeyHandle key(info ? EVP_PKCS82PKEY(info.get()) : nullptr);
  forget_openssl_errors();
  if (!key) return malformed();
  if (EVP_PKEY_is_a(key.get(), "ED25519") != 1) {
    return core::fail(ErrorCode::kInvalidInput, "key.not_ed25519");
  }
  return Ed25519PrivateKey(Impl::make(std::move(key)));
}

core::Secret<std::string> Ed25519PrivateKey::to_pkcs8_pem() const {
  const BioHandle bio(BIO_new(BIO_s_mem()));  // wipes its memory when freed
  CORE_ASSERT(bio && PEM_write_bio_PKCS8PrivateKey(bio.get(), impl_->key.get(), nullptr, nullptr, 0,
                                                   nullptr, nullptr) == 1);
  char* text = nullptr;
  const auto size = static_cast<std::size_t>(BIO_get_mem_data(bio.get(), &text));
  return core::Secret<std::string>(std::string(text, size));
}

const Ed25519PublicKey& Ed25519PrivateKey::public_key() const { return impl_->public_key; }

Ed25519Signature Ed25519PrivateKey::sign(core::ByteView message) const {
  const MdContext context(EVP_MD_CTX_new());
  Ed25519Signature signature{};
  std::size_t size = signature.size();
  CORE_ASSERT(
      context &&
      EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, impl_->key.get()) == 1 &&
      EVP_DigestSign(context.get(), signature.data(), &size, message.data(), message.size()) == 1 &&
      size == signature.size());
  return signature;
}

}  // namespace crypto
