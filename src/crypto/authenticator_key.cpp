#include "crypto/authenticator_key.h"

#include <openssl/ecdsa.h>

#include <variant>

#include "core/assert.h"
#include "crypto/openssl_handle.h"
#include "crypto/p256.h"
#include "crypto/rsa.h"

namespace crypto {
namespace {

constexpr std::size_t kEd25519Bytes = 32;
constexpr std::size_t kScalarBytes = 32;
/// Two integers of at most 33 bytes with their heads, and the head of the sequence.
constexpr std::size_t kDerBytesMax = 72;

using DerSignature = OpensslHandle<ECDSA_SIG, ECDSA_SIG_free>;

/// r | s of a DER signature; empty unless it is spelled in the one way DER allows.
core::Bytes read_der(core::ByteView der) {
  if (der.empty() || der.size() > kDerBytesMax) return {};
  const auto* cursor = der.data();
  const DerSignature parsed(d2i_ECDSA_SIG(nullptr, &cursor, static_cast<long>(der.size())));
  if (!parsed) {
    forget_openssl_errors();
    return {};
  }
  // OpenSSL reads BER too; writing it again shows whether this was DER, to the last byte.
  std::array<std::uint8_t, 2 * kDerBytesMax> again{};
  auto* out = again.data();
  const int size = i2d_ECDSA_SIG(parsed.get(), nullptr);
  if (size != static_cast<int>(der.size()) || i2d_ECDSA_SIG(parsed.get(), &out) != size ||
      !std::equal(der.begin(), der.end(), again.begin())) {
    return {};
  }
  core::Bytes fixed(2 * kScalarBytes);
  const auto put = [&](const BIGNUM* number, std::size_t at) {
    return BN_bn2binpad(number, fixed.data() + at, kScalarBytes) == kScalarBytes;
  };
  if (!put(ECDSA_SIG_get0_r(parsed.get()), 0) ||
      !put(ECDSA_SIG_get0_s(parsed.get()), kScalarBytes)) {
    forget_openssl_errors();
    return {};
  }
  return fixed;
}

}  // namespace

struct AuthenticatorKey::Impl {
  std::variant<P256PublicKey, PkeyHandle, RsaPublicKey> key;
};

core::Result<AuthenticatorKey> AuthenticatorKey::es256(core::ByteView x, core::ByteView y) {
  TRY(auto key, P256PublicKey::from_xy(x, y));
  return AuthenticatorKey(std::make_shared<const Impl>(Impl{std::move(key)}));
}

core::Result<AuthenticatorKey> AuthenticatorKey::ed25519(core::ByteView bytes) {
  const auto malformed = core::fail(core::ErrorCode::kInvalidInput, "key.malformed");
  if (bytes.size() != kEd25519Bytes) return malformed;
  PkeyHandle key(
      EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, bytes.data(), bytes.size()));
  if (!key) {
    forget_openssl_errors();
    return malformed;
  }
  return AuthenticatorKey(std::make_shared<const Impl>(Impl{std::move(key)}));
}

core::Result<AuthenticatorKey> AuthenticatorKey::rs256(core::ByteView modulus,
                                                       core::ByteView exponent) {
  TRY(auto key, RsaPublicKey::from_modulus_exponent(modulus, exponent));
  return AuthenticatorKey(std::make_shared<const Impl>(Impl{std::move(key)}));
}

AuthenticatorAlgorithm AuthenticatorKey::algorithm() const {
  return static_cast<AuthenticatorAlgorithm>(impl_->key.index());
}

bool AuthenticatorKey::verify(core::ByteView message, core::ByteView signature) const {
  if (const auto* p256 = std::get_if<P256PublicKey>(&impl_->key)) {
    const auto fixed = read_der(signature);
    return !fixed.empty() && p256->verify(message, fixed);
  }
  if (const auto* rsa = std::get_if<RsaPublicKey>(&impl_->key)) {
    return rsa->verify_rs256(message, signature);
  }
  const MdContext context(EVP_MD_CTX_new());
  CORE_ASSERT(context != nullptr);
  const bool fits = EVP_DigestVerifyInit_ex(context.get(), nullptr, nullptr, nullptr, nullptr,
                                            std::get<PkeyHandle>(impl_->key).get(), nullptr) == 1 &&
                    EVP_DigestVerify(context.get(), signature.data(), signature.size(),
                                     message.data(), message.size()) == 1;
  return fits || forget_openssl_errors();
}

}  // namespace crypto
