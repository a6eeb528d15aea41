#include "crypto/p256.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <thread>
#include <vector>

#include "crypto/system_rng.h"
#include "crypto/test_rng.h"

namespace crypto {
namespace {

using core::as_bytes;

// RFC 6979, appendix A.2.5: key pair and the ECDSA signatures with SHA-256.
constexpr std::string_view kX = "60fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6";
constexpr std::string_view kY = "7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299";
constexpr std::string_view kScalar =
    "c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721";
constexpr std::string_view kSampleSignature =
    "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716"
    "f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8";
constexpr std::string_view kTestSignature =
    "f1abb023518351cd71d881567b1ea663ed3efcf6c5132b354f28d3b0b7d38367"
    "019f4113742a2b14bd25926b49c649155f267e60d3814b4c0cc84250e46f0083";
// SEC 2, curve secp256r1: order n and field prime p.
constexpr std::string_view kOrder =
    "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";
constexpr std::string_view kPrime =
    "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff";

P256PublicKey rfc_key() { return P256PublicKey::from_xy(hex(kX), hex(kY)).value(); }

Bytes with_tag(std::uint8_t tag, Bytes rest) {
  rest.insert(rest.begin(), tag);
  return rest;
}

void expect_refused(const core::Result<P256PublicKey>& key, std::string_view reason) {
  ASSERT_FALSE(key.has_value());
  EXPECT_EQ(key.error().code, core::ErrorCode::kInvalidInput);
  EXPECT_EQ(key.error().reason, reason);
}

// By the library's own verification, and by our table of the key's multiples.
class P256Verify : public testing::TestWithParam<bool> {
 protected:
  P256Verify() {
    if (GetParam()) key_.expect_many_signatures();
  }
  P256PublicKey key_ = rfc_key();
  SystemRng rng_;
};
INSTANTIATE_TEST_SUITE_P(WithoutAndWithATable, P256Verify, testing::Bool());

TEST_P(P256Verify, AcceptsTheSignaturesOfRfc6979) {
  EXPECT_TRUE(key_.verify(as_bytes("sample"), hex(kSampleSignature)));
  EXPECT_TRUE(key_.verify(as_bytes("test"), hex(kTestSignature)));
  EXPECT_TRUE(key_.verify_digest(sha256(as_bytes("test")), hex(kTestSignature)));
}

TEST_P(P256Verify, RefusesOneAlteredBitAnywhere) {
  Bytes signature = hex(kSampleSignature);
  for (std::uint8_t& byte : signature) {
    byte ^= 0x80U;
    EXPECT_FALSE(key_.verify(as_bytes("sample"), signature));
    byte ^= 0x80U;
  }
  EXPECT_FALSE(key_.verify(as_bytes("samplf"), signature));
  EXPECT_FALSE(key_.verify({}, signature));
}

TEST_P(P256Verify, RefusesAnotherKey) {
  SystemRng rng;
  const auto other = P256PrivateKey::generate(rng).public_key();
  EXPECT_FALSE(other.verify(as_bytes("sample"), hex(kSampleSignature)));
}

TEST_P(P256Verify, RefusesNumbersOutsideOneToOrder) {
  const Bytes good = hex(kSampleSignature);
  const Bytes zero(32, 0);
  const Bytes all_ones(32, 0xff);
  for (const Bytes& bad : {zero, hex(kOrder), all_ones}) {
    Bytes bad_r = good;
    std::copy(bad.begin(), bad.end(), bad_r.begin());
    EXPECT_FALSE(key_.verify(as_bytes("sample"), bad_r)) << core::to_hex(bad);
    Bytes bad_s = good;
    std::copy(bad.begin(), bad.end(), bad_s.begin() + 32);
    EXPECT_FALSE(key_.verify(as_bytes("sample"), bad_s)) << core::to_hex(bad);
  }
  EXPECT_FALSE(key_.verify(as_bytes("sample"), Bytes(64, 0)));
}

TEST_P(P256Verify, RefusesAnotherLength) {
  Bytes signature = hex(kSampleSignature);
  EXPECT_FALSE(key_.verify(as_bytes("sample"), {}));
  EXPECT_FALSE(key_.verify(as_bytes("sample"), ByteView(signature).first(63)));
  signature.push_back(0);
  EXPECT_FALSE(key_.verify(as_bytes("sample"), signature));
}

TEST_P(P256Verify, ReducesADigestBeyondTheOrder) {
  // Of the digest only its value modulo n counts; n + 5 and 5 are the same message.
  const auto signer = P256PrivateKey::generate(rng_);
  if (GetParam()) signer.public_key().expect_many_signatures();
  Digest256 small{};
  small.back() = 5;
  Digest256 beyond{};
  const Bytes order = hex(kOrder);
  std::copy(order.begin(), order.end(), beyond.begin());
  beyond.back() = static_cast<std::uint8_t>(beyond.back() + 5);
  const auto signature = signer.sign_digest(small);
  EXPECT_TRUE(signer.public_key().verify_digest(small, signature));
  EXPECT_TRUE(signer.public_key().verify_digest(beyond, signature));
  const Digest256 zero{};
  EXPECT_FALSE(signer.public_key().verify_digest(zero, signature));
  EXPECT_TRUE(signer.public_key().verify_digest(zero, signer.sign_digest(zero)));
}

TEST(P256Table, AgreesWithTheLibrary) {
  SystemRng rng;
  const auto signer = P256PrivateKey::generate(rng);
  const auto plain = P256PublicKey::from_uncompressed(signer.public_key().uncompressed()).value();
  signer.public_key().expect_many_signatures();
  for (std::size_t i = 0; i < 64; ++i) {
    Digest256 digest{};
    rng.fill(digest);
    auto signature = signer.sign_digest(digest);
    EXPECT_TRUE(plain.verify_digest(digest, signature));
    EXPECT_TRUE(signer.public_key().verify_digest(digest, signature));
    signature.at(i) ^= 1U;
    EXPECT_FALSE(plain.verify_digest(digest, signature));
    EXPECT_FALSE(signer.public_key().verify_digest(digest, signature));
  }
}

TEST(P256Table, RefusesASumAtInfinity) {
  // digest + r d = 0 modulo n: no honest signature has it, and its sum has no coordinates.
  FixedRng rng(hex("0000000000000000000000000000000000000000000000000000000000000001"));
  const auto one = P256PrivateKey::generate(rng);  // its public key is the generator
  one.public_key().expect_many_signatures();
  Digest256 digest{};
  digest.back() = 1;
  Bytes signature = hex(kOrder);  // r = n - 1
  signature.back() = static_cast<std::uint8_t>(signature.back() - 1);
  signature.resize(64);
  signature.back() = 1;
  EXPECT_FALSE(one.public_key().verify_digest(digest, signature));
}

TEST(P256Table, IsMadeOnceForAllCopiesAndThreads) {
  const auto key = rfc_key();
  std::vector<std::jthread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([key] {
      key.expect_many_signatures();
      EXPECT_TRUE(key.verify(as_bytes("sample"), hex(kSampleSignature)));
    });
  }
}

TEST(P256PublicKey, IsTheSameFromEveryForm) {
  const P256PublicKey key = rfc_key();
  EXPECT_EQ(core::to_hex(key.uncompressed()), "04" + std::string(kX) + std::string(kY));
  EXPECT_EQ(core::to_hex(key.compressed()), "03" + std::string(kX));
  EXPECT_EQ(P256PublicKey::from_uncompressed(key.uncompressed()).value(), key);
  EXPECT_EQ(P256PublicKey::from_compressed(key.compressed()).value(), key);
  EXPECT_TRUE(P256PublicKey::from_compressed(key.compressed())
                  .value()
                  .verify(as_bytes("sample"), hex(kSampleSignature)));
}

TEST(P256PublicKey, SurvivesCompressionForManyKeys) {
  SystemRng rng;
  for (int i = 0; i < 1000; ++i) {
    const P256PublicKey key = P256PrivateKey::generate(rng).public_key();
    EXPECT_EQ(P256PublicKey::from_compressed(key.compressed()).value(), key);
  }
}

TEST(P256PublicKey, OfTheOtherParityIsAnotherPoint) {
  const auto mirrored = P256PublicKey::from_compressed(with_tag(0x02, hex(kX))).value();
  EXPECT_EQ(mirrored.compressed()[0], 0x02);
  EXPECT_FALSE(mirrored == rfc_key());
  EXPECT_FALSE(mirrored.verify(as_bytes("sample"), hex(kSampleSignature)));
}

TEST(P256PublicKey, RefusesThePointAtInfinity) {
  expect_refused(P256PublicKey::from_uncompressed(Bytes{0x00}), "key.malformed");
  expect_refused(P256PublicKey::from_compressed(Bytes{0x00}), "key.malformed");
  expect_refused(P256PublicKey::from_uncompressed(Bytes(65, 0)), "key.malformed");
  expect_refused(P256PublicKey::from_compressed(Bytes(33, 0)), "key.malformed");
  expect_refused(P256PublicKey::from_xy(Bytes(32, 0), Bytes(32, 0)), "key.not_on_curve");
}

TEST(P256PublicKey, RefusesAPointOffTheCurve) {
  Bytes y = hex(kY);
  y.back() ^= 1U;
  expect_refused(P256PublicKey::from_xy(hex(kX), y), "key.not_on_curve");
  expect_refused(P256PublicKey::from_xy(hex(kY), hex(kX)), "key.not_on_curve");
}

TEST(P256PublicKey, RefusesAboutHalfOfAllCompressedCoordinates) {
  int refused = 0;
  Bytes x(32, 0);
  for (int i = 0; i < 256; ++i) {
    x.back() = static_cast<std::uint8_t>(i);
    const auto key = P256PublicKey::from_compressed(with_tag(0x02, x));
    if (!key) {
      EXPECT_EQ(key.error().reason, "key.not_on_curve");
      ++refused;
    }
  }
  EXPECT_GT(refused, 90);
  EXPECT_LT(refused, 166);
}

// x from every combination of four words that make carries and borrows run through the arithmetic.
// By Euler's criterion, computed apart with big integers, 433 of the 1296 belong to a point.
TEST(P256PublicKey, OpensExactlyTheCompressedCoordinatesThatHaveAPoint) {
  const std::array<std::string_view, 6> words{"0000000000000000", "0000000000000001",
                                              "00000000ffffffff", "ffffffff00000001",
                                              "8000000000000000", "ffffffffffffffff"};
  int accepted = 0;
  for (int i = 0; i < 1296; ++i) {
    std::string x;
    for (const int place : {216, 36, 6, 1}) x += words.at(static_cast<std::size_t>(i / place % 6));
    const auto even = P256PublicKey::from_compressed(with_tag(0x02, hex(x)));
    const auto odd = P256PublicKey::from_compressed(with_tag(0x03, hex(x)));
    EXPECT_EQ(even.has_value(), odd.has_value()) << x;
    if (!even || !odd) continue;
    EXPECT_EQ(core::to_hex(even->compressed()), "02" + x);
    EXPECT_EQ(core::to_hex(odd->compressed()), "03" + x);
    ++accepted;
  }
  EXPECT_EQ(accepted, 433);
}

TEST(P256PublicKey, RefusesCoordinatesBeyondThePrime) {
  // x = 5 lies on the curve; p + 5 is the same number modulo p and must not be a second name.
  Bytes five(32, 0);
  five.back() = 5;
  const auto key = P256PublicKey::from_compressed(with_tag(0x02, five)).value();
  const Bytes beyond = hex("ffffffff00000001000000000000000000000001000000000000000000000004");
  expect_refused(P256PublicKey::from_compressed(with_tag(0x02, beyond)), "key.not_on_curve");
  expect_refused(P256PublicKey::from_xy(beyond, ByteView(key.uncompressed()).last(32)),
                 "key.not_on_curve");
  expect_refused(P256PublicKey::from_compressed(with_tag(0x02, hex(kPrime))), "key.not_on_curve");
  expect_refused(P256PublicKey::from_compressed(with_tag(0x03, Bytes(32, 0xff))),
                 "key.not_on_curve");
}

TEST(P256PublicKey, RefusesOtherTagsAndLengths) {
  Bytes full = core::to_bytes(rfc_key().uncompressed());
  expect_refused(P256PublicKey::from_uncompressed({}), "key.malformed");
  expect_refused(P256PublicKey::from_uncompressed(ByteView(full).first(64)), "key.malformed");
  expect_refused(P256PublicKey::from_compressed(ByteView(full).first(33)), "key.malformed");
  full[0] = 0x07;  // hybrid form
  expect_refused(P256PublicKey::from_uncompressed(full), "key.malformed");
  full[0] = 0x04;
  full.push_back(0);
  expect_refused(P256PublicKey::from_uncompressed(full), "key.malformed");
  expect_refused(P256PublicKey::from_compressed(with_tag(0x02, Bytes(31, 1))), "key.malformed");
  expect_refused(P256PublicKey::from_xy(Bytes(31, 1), hex(kY)), "key.malformed");
  expect_refused(P256PublicKey::from_xy(hex(kX), Bytes(33, 1)), "key.malformed");
}

TEST(P256PrivateKey, MakesThePublicKeyOfRfc6979FromItsScalar) {
  FixedRng rng(hex(kScalar));
  EXPECT_EQ(P256PrivateKey::generate(rng).public_key(), rfc_key());
}

TEST(P256PrivateKey, DrawsAgainWhenTheScalarIsOutOfRange) {
  Bytes draws(32, 0);
  for (const std::string_view next : {kOrder, kPrime, kScalar}) {
    const Bytes bytes = hex(next);
    draws.insert(draws.end(), bytes.begin(), bytes.end());
  }
  FixedRng rng(draws);
  EXPECT_EQ(P256PrivateKey::generate(rng).public_key(), rfc_key());
}

TEST(P256PrivateKey, SignsWhatItsPublicKeyAccepts) {
  SystemRng rng;
  const auto key = P256PrivateKey::generate(rng);
  const P256Signature first = key.sign(as_bytes("message"));
  EXPECT_TRUE(key.public_key().verify(as_bytes("message"), first));
  EXPECT_FALSE(key.public_key().verify(as_bytes("messagf"), first));
  EXPECT_NE(first, key.sign(as_bytes("message")));
  EXPECT_TRUE(key.public_key().verify(as_bytes("x"), key.sign_digest(sha256(as_bytes("x")))));
}

TEST(P256PrivateKey, MayBeUsedByManyThreadsAtOnce) {
  SystemRng rng;
  const auto key = P256PrivateKey::generate(rng);
  std::array<int, 4> accepted{};
  std::vector<std::thread> threads;
  threads.reserve(accepted.size());
  for (int& count : accepted) {
    threads.emplace_back([key, &count] {
      const Bytes message{static_cast<std::uint8_t>(count)};
      for (int i = 0; i < 50; ++i) {
        const auto copy = P256PublicKey::from_compressed(key.public_key().compressed()).value();
        count += copy.verify(message, key.sign(message)) ? 1 : 0;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const int count : accepted) EXPECT_EQ(count, 50);
}

}  // namespace
}  // namespace crypto
