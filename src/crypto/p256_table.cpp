// As p256.cpp: tables for another point than the generator exist only in the interface that
// OpenSSL 3.0 deprecates and keeps for all of 3.x.
#define OPENSSL_SUPPRESS_DEPRECATED

#include "crypto/p256_table.h"

#include <openssl/ec.h>

#include "core/assert.h"
#include "crypto/openssl_handle.h"

namespace crypto {
namespace {

using EcGroup = OpensslHandle<EC_GROUP, EC_GROUP_free>;
using EcPoint = OpensslHandle<EC_POINT, EC_POINT_free>;

constexpr std::size_t kScalarBytes = 32;

// The thread's scratch numbers; what is taken from it lives until the end of the scope.
class Scratch {
 public:
  Scratch() { BN_CTX_start(context()); }
  ~Scratch() { BN_CTX_end(context()); }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  [[nodiscard]] static BN_CTX* context() {
    thread_local const OpensslHandle<BN_CTX, BN_CTX_free> made(BN_CTX_new());
    CORE_ASSERT(made != nullptr);
    return made.get();
  }
  [[nodiscard]] static BIGNUM* number() {
    BIGNUM* const number = BN_CTX_get(context());
    CORE_ASSERT(number != nullptr);
    return number;
  }
  [[nodiscard]] static BIGNUM* number(core::ByteView bytes) {
    BIGNUM* const into = number();
    CORE_ASSERT(BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), into) != nullptr);
    return into;
  }
};

EcGroup p256() {
  EcGroup group(EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1));
  CORE_ASSERT(group != nullptr);
  return group;
}

}  // namespace

struct P256Table::Impl {
  EcGroup curve = p256();   ///< its generator's table comes with the library
  EcGroup by_key = p256();  ///< the same curve with the key in the generator's place
};

P256Table::P256Table(const ec_point_st* key) : impl_(std::make_unique<Impl>()) {
  CORE_ASSERT(EC_GROUP_set_generator(impl_->by_key.get(), key,
                                     EC_GROUP_get0_order(impl_->curve.get()),
                                     BN_value_one()) == 1 &&
              EC_GROUP_precompute_mult(impl_->by_key.get(), Scratch::context()) == 1);
}

P256Table::~P256Table() = default;

// FIPS 186-4, section 6.4 (SEC 1, section 4.1.4): with w = 1/s modulo n, the signature is good if
// the first coordinate of (digest w) G + (r w) Q is r modulo n.
bool P256Table::verify(const Digest256& digest, core::ByteView signature) const {
  const EC_GROUP* const curve = impl_->curve.get();
  const BIGNUM* const order = EC_GROUP_get0_order(curve);
  const Scratch scratch;
  BN_CTX* const context = Scratch::context();
  const BIGNUM* const r = Scratch::number(signature.first(kScalarBytes));
  const BIGNUM* const s = Scratch::number(signature.last(kScalarBytes));
  if (BN_is_zero(r) == 1 || BN_is_zero(s) == 1 || BN_cmp(r, order) >= 0 || BN_cmp(s, order) >= 0) {
    return false;
  }
  BIGNUM* const w = Scratch::number();
  BIGNUM* const by_generator = Scratch::number();
  BIGNUM* const by_key = Scratch::number();
  BIGNUM* const x = Scratch::number();
  const EcPoint sum(EC_POINT_new(curve));
  const EcPoint part(EC_POINT_new(curve));
  CORE_ASSERT(sum && part && BN_mod_inverse(w, s, order, context) != nullptr &&
              BN_mod_mul(by_generator, Scratch::number(digest), w, order, context) == 1 &&
              BN_mod_mul(by_key, r, w, order, context) == 1 &&
              EC_POINT_mul(curve, sum.get(), by_generator, nullptr, nullptr, context) == 1 &&
              EC_POINT_mul(impl_->by_key.get(), part.get(), by_key, nullptr, nullptr, context) ==
                  1 &&
              EC_POINT_add(curve, sum.get(), sum.get(), part.get(), context) == 1);
  if (EC_POINT_is_at_infinity(curve, sum.get()) == 1) return false;
  CORE_ASSERT(EC_POINT_get_affine_coordinates(curve, sum.get(), x, nullptr, context) == 1 &&
              BN_nnmod(x, x, order, context) == 1);
  return BN_cmp(x, r) == 0;
}

}  // namespace crypto
