// The EC_KEY interface of OpenSSL is deprecated in 3.0 in favour of EVP_PKEY. It is used here, and
// only here, because EVP costs several times as much to import a key and adds its own look-ups to
// every verification; both lie on the path of every Digital ID check. It stays for all of 3.x.
#define OPENSSL_SUPPRESS_DEPRECATED

#include "crypto/p256.h"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/pem.h>

#include <algorithm>
#include <atomic>
#include <mutex>

#include "core/assert.h"
#include "crypto/openssl_handle.h"
#include "crypto/p256_root.h"
#include "crypto/p256_table.h"

namespace crypto {
namespace {

using core::ErrorCode;
using EcKey = OpensslHandle<EC_KEY, EC_KEY_free>;
using EcPoint = OpensslHandle<EC_POINT, EC_POINT_free>;
using Signature = OpensslHandle<ECDSA_SIG, ECDSA_SIG_free>;
using Pkcs8 = OpensslHandle<PKCS8_PRIV_KEY_INFO, PKCS8_PRIV_KEY_INFO_free>;

constexpr std::size_t kFieldBytes = 32;
constexpr std::size_t kPemBytesMax = 4096;
constexpr std::uint8_t kUncompressedTag = 0x04;
constexpr std::uint8_t kCompressedEvenTag = 0x02;
constexpr std::uint8_t kCompressedOddTag = 0x03;

BN_CTX* scratch() {
  thread_local const OpensslHandle<BN_CTX, BN_CTX_free> context(BN_CTX_new());
  CORE_ASSERT(context != nullptr);
  return context.get();
}

// Made once and only read afterwards, by all threads; lives as long as the process, like every
// user.
const EC_GROUP* group() {
  static const EC_GROUP* const shared = EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1);
  CORE_ASSERT(shared != nullptr);
  return shared;
}

EcKey make_key(const EC_POINT* point) {
  EcKey key(EC_KEY_new());
  CORE_ASSERT(key && EC_KEY_set_group(key.get(), group()) == 1 &&
              EC_KEY_set_public_key(key.get(), point) == 1);
  return key;
}

auto malformed() { return core::fail(ErrorCode::kInvalidInput, "key.malformed"); }

// A password is never asked for: the server has no terminal to wait at.
int no_password(char* /*buffer*/, int /*size*/, int /*writing*/, void* /*context*/) { return -1; }

PkeyHandle read_pkcs8(const std::string& pem) {
  const BioHandle bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  CORE_ASSERT(bio != nullptr);
  const Pkcs8 info(PEM_read_bio_PKCS8_PRIV_KEY_INFO(bio.get(), nullptr, no_password, nullptr));
  PkeyHandle key(info ? EVP_PKCS82PKEY(info.get()) : nullptr);
  forget_openssl_errors();
  return key;
}

bool is_p256(const EVP_PKEY* key) {
  std::array<char, 64> name{};
  const bool named = EVP_PKEY_is_a(key, "EC") == 1 &&
                     EVP_PKEY_get_group_name(key, name.data(), name.size(), nullptr) == 1;
  if (!named) return forget_openssl_errors();
  return std::string_view(name.data()) == SN_X9_62_prime256v1;
}

BnHandle scalar_of(const EVP_PKEY* key) {
  BIGNUM* scalar = nullptr;
  if (EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_PRIV_KEY, &scalar) != 1) forget_openssl_errors();
  return BnHandle(scalar);
}

bool is_valid_scalar(const BIGNUM* scalar) {
  return BN_is_zero(scalar) == 0 && BN_is_negative(scalar) == 0 &&
         BN_cmp(scalar, EC_GROUP_get0_order(group())) < 0;
}

}  // namespace

struct P256PublicKey::Impl {
  Impl(const P256Uncompressed& bytes, EcKey made) : encoded(bytes), key(std::move(made)) {}

  P256Uncompressed encoded;
  EcKey key;
  mutable std::once_flag table_made;
  mutable std::unique_ptr<const P256Table> table_memory;
  mutable std::atomic<const P256Table*> table = nullptr;  ///< set when the table is complete
};

struct P256PrivateKey::Impl {
  EcKey key;
  P256PublicKey public_key;

  // `scalar` is in 1..n-1.
  static std::shared_ptr<const Impl> from_scalar(BIGNUM* scalar) {
    BN_set_flags(scalar, BN_FLG_CONSTTIME);
    const EcPoint point(EC_POINT_new(group()));
    CORE_ASSERT(point &&
                EC_POINT_mul(group(), point.get(), scalar, nullptr, nullptr, scratch()) == 1);
    P256Uncompressed encoded{};
    CORE_ASSERT(EC_POINT_point2oct(group(), point.get(), POINT_CONVERSION_UNCOMPRESSED,
                                   encoded.data(), encoded.size(), scratch()) == encoded.size());
    auto public_key = P256PublicKey::from_uncompressed(encoded);
    EcKey key = make_key(point.get());
    CORE_ASSERT(public_key && EC_KEY_set_private_key(key.get(), scalar) == 1);
    return std::make_shared<const Impl>(Impl{std::move(key), *std::move(public_key)});
  }
};

core::Result<P256PublicKey> P256PublicKey::from_uncompressed(ByteView bytes) {
  P256Uncompressed encoded{};
  if (bytes.size() != encoded.size() || bytes[0] != kUncompressedTag) return malformed();
  std::copy(bytes.begin(), bytes.end(), encoded.begin());
  const EcPoint point(EC_POINT_new(group()));
  CORE_ASSERT(point != nullptr);
  // oct2point refuses coordinates of p or more and points that are not on the curve. The cofactor
  // is 1, so every such point has the full order and EC_KEY_check_key's multiplication by n, as
  // dear as a verification, would prove nothing more.
  if (EC_POINT_oct2point(group(), point.get(), encoded.data(), encoded.size(), scratch()) != 1) {
    forget_openssl_errors();
    return core::fail(ErrorCode::kInvalidInput, "key.not_on_curve");
  }
  return P256PublicKey(std::make_shared<const Impl>(encoded, make_key(point.get())));
}

core::Result<P256PublicKey> P256PublicKey::from_compressed(ByteView bytes) {
  if (bytes.size() != std::tuple_size_v<P256Compressed> ||
      (bytes[0] != kCompressedEvenTag && bytes[0] != kCompressedOddTag)) {
    return malformed();
  }
  const auto x = bytes.subspan<1, kFieldBytes>();
  return from_xy(x, p256_root(x, bytes[0] == kCompressedOddTag));
}

core::Result<P256PublicKey> P256PublicKey::from_xy(ByteView x, ByteView y) {
  if (x.size() != kFieldBytes || y.size() != kFieldBytes) return malformed();
  P256Uncompressed encoded{kUncompressedTag};
  std::copy(y.begin(), y.end(), std::copy(x.begin(), x.end(), encoded.begin() + 1));
  return from_uncompressed(encoded);
}

const P256Uncompressed& P256PublicKey::uncompressed() const { return impl_->encoded; }

P256Compressed P256PublicKey::compressed() const {
  const P256Uncompressed& full = impl_->encoded;
  P256Compressed compressed{(full.back() & 1U) != 0 ? kCompressedOddTag : kCompressedEvenTag};
  std::copy_n(full.begin() + 1, kFieldBytes, compressed.begin() + 1);
  return compressed;
}

bool P256PublicKey::verify(ByteView message, ByteView signature) const {
  return verify_digest(sha256(message), signature);
}

bool P256PublicKey::verify_digest(const Digest256& digest, ByteView signature) const {
  if (signature.size() != sizeof(P256Signature)) return false;
  if (const auto* table = impl_->table.load(std::memory_order_acquire)) {
    return table->verify(digest, signature);
  }
  const Signature parsed(ECDSA_SIG_new());
  BnHandle r = bn_from(signature.first(kFieldBytes));
  BnHandle s = bn_from(signature.last(kFieldBytes));
  CORE_ASSERT(parsed && r && s && ECDSA_SIG_set0(parsed.get(), r.get(), s.get()) == 1);
  static_cast<void>(r.release());  // set0 has taken them
  static_cast<void>(s.release());
  // Refuses r and s outside 1..n-1 by itself.
  return ECDSA_do_verify(digest.data(), static_cast<int>(digest.size()), parsed.get(),
                         impl_->key.get()) == 1 ||
         forget_openssl_errors();
}

void P256PublicKey::expect_many_signatures() const {
  std::call_once(impl_->table_made, [this] {
    impl_->table_memory =
        std::make_unique<const P256Table>(EC_KEY_get0_public_key(impl_->key.get()));
    impl_->table.store(impl_->table_memory.get(), std::memory_order_release);
  });
}

P256PrivateKey P256PrivateKey::generate(core::Rng& rng) {
  for (;;) {  // out of range once in 2^32 tries
    std::array<std::uint8_t, kFieldBytes> bytes{};
    rng.fill(bytes);
    const BnHandle scalar = bn_from(bytes);
    core::wipe(bytes.data(), bytes.size());
    CORE_ASSERT(scalar != nullptr);
    if (is_valid_scalar(scalar.get())) return P256PrivateKey(Impl::from_scalar(scalar.get()));
  }
}

core::Result<P256PrivateKey> P256PrivateKey::from_pkcs8_pem(const core::Secret<std::string>& pem) {
  if (pem.reveal().size() > kPemBytesMax) return malformed();
  const PkeyHandle key = read_pkcs8(pem.reveal());
  if (!key) return malformed();
  if (!is_p256(key.get())) return core::fail(ErrorCode::kInvalidInput, "key.not_p256");
  const BnHandle scalar = scalar_of(key.get());
  if (!scalar || !is_valid_scalar(scalar.get())) return malformed();
  return P256PrivateKey(Impl::from_scalar(scalar.get()));
}

core::Secret<std::string> P256PrivateKey::to_pkcs8_pem() const {
  const PkeyHandle key(EVP_PKEY_new());
  const BioHandle bio(BIO_new(BIO_s_mem()));  // wipes its memory when freed
  CORE_ASSERT(key && bio && EVP_PKEY_set1_EC_KEY(key.get(), impl_->key.get()) == 1 &&
              PEM_write_bio_PKCS8PrivateKey(bio.get(), key.get(), nullptr, nullptr, 0, nullptr,
                                            nullptr) == 1);
  char* text = nullptr;
  const auto size = static_cast<std::size_t>(BIO_get_mem_data(bio.get(), &text));
  return core::Secret<std::string>(std::string(text, size));
}

const P256PublicKey& P256PrivateKey::public_key() const { return impl_->public_key; }

P256Signature P256PrivateKey::sign(ByteView message) const { return sign_digest(sha256(message)); }

P256Signature P256PrivateKey::sign_digest(const Digest256& digest) const {
  const Signature made(
      ECDSA_do_sign(digest.data(), static_cast<int>(digest.size()), impl_->key.get()));
  CORE_ASSERT(made != nullptr);
  P256Signature signature{};
  CORE_ASSERT(
      BN_bn2binpad(ECDSA_SIG_get0_r(made.get()), signature.data(), kFieldBytes) == kFieldBytes &&
      BN_bn2binpad(ECDSA_SIG_get0_s(made.get()), signature.data() + kFieldBytes, kFieldBytes) ==
          kFieldBytes);
  return signature;
}

}  // namespace crypto
