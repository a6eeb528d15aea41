#include "crypto/rsa.h"

#include <openssl/core_names.h>

#include "core/assert.h"
#include "crypto/openssl_handle.h"

namespace crypto {
namespace {

using ParamBuilder = OpensslHandle<OSSL_PARAM_BLD, OSSL_PARAM_BLD_free>;
using Params = OpensslHandle<OSSL_PARAM, OSSL_PARAM_free>;

// Twice the longest number: room for leading zeros, and a bound before any arithmetic.
constexpr std::size_t kNumberBytesMax = 2 * kRsaModulusBitsMax / 8;

bool has_odd_number_within(const BIGNUM* number, std::size_t bits_min, std::size_t bits_max) {
  const auto bits = static_cast<std::size_t>(BN_num_bits(number));
  return BN_is_odd(number) == 1 && bits >= bits_min && bits <= bits_max;
}

PkeyHandle make_key(const BIGNUM* modulus, const BIGNUM* exponent) {
  const ParamBuilder builder(OSSL_PARAM_BLD_new());
  CORE_ASSERT(builder && OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, modulus) &&
              OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, exponent));
  const Params params(OSSL_PARAM_BLD_to_param(builder.get()));
  const PkeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr));
  CORE_ASSERT(params && context);
  EVP_PKEY* key = nullptr;
  if (EVP_PKEY_fromdata_init(context.get()) != 1 ||
      EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, params.get()) != 1) {
    forget_openssl_errors();
  }
  return PkeyHandle(key);
}

}  // namespace

struct RsaPublicKey::Impl {
  PkeyHandle key;
  std::size_t signature_bytes;
};

core::Result<RsaPublicKey> RsaPublicKey::from_modulus_exponent(core::ByteView modulus,
                                                               core::ByteView exponent) {
  const auto malformed = core::fail(core::ErrorCode::kInvalidInput, "key.malformed");
  if (modulus.size() > kNumberBytesMax || exponent.size() > kNumberBytesMax) return malformed;
  const BnHandle n = bn_from(modulus);
  const BnHandle e = bn_from(exponent);
  CORE_ASSERT(n && e);
  constexpr std::size_t kBitsOfThree = 2;
  if (!has_odd_number_within(n.get(), kRsaModulusBitsMin, kRsaModulusBitsMax) ||
      !has_odd_number_within(e.get(), kBitsOfThree, kRsaExponentBitsMax)) {
    return malformed;
  }
  PkeyHandle key = make_key(n.get(), e.get());
  if (!key) return malformed;
  const auto signature_bytes = static_cast<std::size_t>(BN_num_bytes(n.get()));
  return RsaPublicKey(std::make_shared<const Impl>(Impl{std::move(key), signature_bytes}));
}

bool RsaPublicKey::verify_rs256(core::ByteView message, core::ByteView signature) const {
  if (signature.size() != impl_->signature_bytes) return false;
  const MdContext context(EVP_MD_CTX_new());
  CORE_ASSERT(context != nullptr);
  // PKCS #1 v1.5 is the default padding of an RSA key in OpenSSL.
  const bool fits = EVP_DigestVerifyInit_ex(context.get(), nullptr, "SHA256", nullptr, nullptr,
                                            impl_->key.get(), nullptr) == 1 &&
                    EVP_DigestVerify(context.get(), signature.data(), signature.size(),
                                     message.data(), message.size()) == 1;
  return fits || forget_openssl_errors();
}

}  // namespace crypto
