// OpenSSL opens a compressed point in about 14 microseconds, a quarter of a verification, and every
// Digital ID seen for the first time brings one. Montgomery arithmetic written for this prime takes
// half of that. A mistake here can refuse a good key but never let a bad one in: OpenSSL checks the
// resulting point against the curve afterwards.
#include "crypto/p256_root.h"

namespace crypto {
namespace {

using Word = std::uint64_t;
__extension__ using Wide = unsigned __int128;
// A number below p, least significant word first, times 2^256 modulo p (Montgomery form).
using Element = std::array<Word, 4>;
using Product = std::array<Word, 8>;

// SEC 2, secp256r1: p = 2^256 - 2^224 + 2^192 + 2^96 - 1, and b.
constexpr Element kPrime{0xffffffffffffffff, 0x00000000ffffffff, 0, 0xffffffff00000001};
constexpr Element kB{0x3bce3c3e27d2604b, 0x651d06b0cc53b0f6, 0xb3ebbd55769886bc,
                     0x5ac635d8aa3a93e7};

constexpr Word low(Wide value) { return static_cast<Word>(value); }
constexpr Word high(Wide value) { return static_cast<Word>(value >> 64U); }

// carry * 2^256 + a, which is below 2p, modulo p. Without a branch: the processor could not guess
// it.
constexpr Element reduce_once(const Element& a, Word carry) {
  Element less{};
  Word borrow = 0;
#pragma GCC unroll 4
  for (std::size_t i = 0; i < 4; ++i) {
    const Wide difference = Wide{a[i]} - kPrime[i] - borrow;
    less[i] = low(difference);
    borrow = high(difference) & 1U;
  }
  const Word keep = Word{0} - (borrow & (carry ^ 1U));
#pragma GCC unroll 4
  for (std::size_t i = 0; i < 4; ++i) less[i] = (a[i] & keep) | (less[i] & ~keep);
  return less;
}

constexpr Element add(const Element& a, const Element& b) {
  Element sum{};
  Wide t = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    t = Wide{a[i]} + b[i] + high(t);
    sum[i] = low(t);
  }
  return reduce_once(sum, high(t));
}

// p - a, for a from 0 to p.
constexpr Element negate(const Element& a) {
  Element result{};
  Word borrow = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    const Wide difference = Wide{kPrime[i]} - a[i] - borrow;
    result[i] = low(difference);
    borrow = high(difference) & 1U;
  }
  return result;
}

// t / 2^256 modulo p. Since p = -1 modulo 2^64, the lowest word itself says how many times p is to
// be added to clear it, and p's words 1 and 2 cost no multiplication.
constexpr Element reduce(Product t) {
  Word carry = 0;
#pragma GCC unroll 4
  for (std::size_t i = 0; i < 4; ++i) {
    const Word m = t[i];
    Wide sum = (Wide{m} << 32U) + t[i + 1];
    t[i + 1] = low(sum);
    sum = Wide{t[i + 2]} + high(sum);
    t[i + 2] = low(sum);
    sum = Wide{m} * kPrime[3] + t[i + 3] + high(sum);
    t[i + 3] = low(sum);
    sum = Wide{t[i + 4]} + high(sum) + carry;
    t[i + 4] = low(sum);
    carry = high(sum);
  }
  return reduce_once({t[4], t[5], t[6], t[7]}, carry);
}

constexpr Element multiply(const Element& a, const Element& b) {
  Product t{};
#pragma GCC unroll 4
  for (std::size_t i = 0; i < 4; ++i) {
    Wide sum = 0;
#pragma GCC unroll 4
    for (std::size_t j = 0; j < 4; ++j) {
      sum = Wide{a[i]} * b[j] + t[i + j] + high(sum);
      t[i + j] = low(sum);
    }
    t[i + 4] = high(sum);
  }
  return reduce(t);
}

// Each product of two different words counts twice, so 10 multiplications do instead of 16.
constexpr Element square(const Element& a) {
  Product t{};
#pragma GCC unroll 3
  for (std::size_t i = 0; i < 3; ++i) {
    Wide sum = 0;
#pragma GCC unroll 3
    for (std::size_t j = i + 1; j < 4; ++j) {
      sum = Wide{a[i]} * a[j] + t[i + j] + high(sum);
      t[i + j] = low(sum);
    }
    t[i + 4] = high(sum);
  }
#pragma GCC unroll 7
  for (std::size_t i = 7; i > 0; --i) t[i] = (t[i] << 1U) | (t[i - 1] >> 63U);
  Wide sum = 0;
#pragma GCC unroll 4
  for (std::size_t i = 0; i < 4; ++i) {
    const Wide own = Wide{a[i]} * a[i];
    sum = Wide{t[2 * i]} + low(own) + high(sum);
    t[2 * i] = low(sum);
    sum = Wide{t[2 * i + 1]} + high(own) + high(sum);
    t[2 * i + 1] = low(sum);
  }
  return reduce(t);
}

// 2^512 modulo p, which takes a number into Montgomery form.
constexpr Element radix_squared() {
  Element r = reduce_once({}, 1);  // 2^256
  for (int i = 0; i < 256; ++i) r = add(r, r);
  return r;
}

constexpr Element kRadixSquared = radix_squared();
constexpr Element kBInMontgomeryForm = multiply(kB, kRadixSquared);
constexpr Element kMinusThree = negate(multiply({3, 0, 0, 0}, kRadixSquared));

Element square_times(Element a, int times) {
  for (int i = 0; i < times; ++i) a = square(a);
  return a;
}

// a to the power (p + 1) / 4 = ((2^32 - 1) * 2^32 + 1) * 2^96 + 1) * 2^94, which is a square root
// of a if it has one, since p = 3 modulo 4.
Element root(const Element& a) {
  Element ones = a;  // a to the power 2^length - 1
  for (int length = 1; length < 32; length *= 2) ones = multiply(square_times(ones, length), ones);
  Element result = multiply(square_times(ones, 32), a);
  result = multiply(square_times(result, 96), a);
  return square_times(result, 94);
}

Element load(std::span<const std::uint8_t, 32> bytes) {
  Element words{};
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    Word& word = words[3 - i / 8];
    word = (word << 8U) | bytes[i];
  }
  return words;
}

P256Coordinate store(const Element& words) {
  P256Coordinate bytes{};
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    bytes[i] = static_cast<std::uint8_t>((words[3 - i / 8] >> (56U - 8U * (i % 8))) & 0xffU);
  }
  return bytes;
}

}  // namespace

P256Coordinate p256_root(std::span<const std::uint8_t, 32> x_bytes, bool odd) {
  const Element x = multiply(load(x_bytes), kRadixSquared);
  const Element right_side = add(multiply(x, add(square(x), kMinusThree)), kBInMontgomeryForm);
  const Element y = multiply(root(right_side), {1, 0, 0, 0});
  return store(((y[0] & 1U) != 0) == odd ? y : negate(y));
}

}  // namespace crypto
