#include "crypto/authenticator_key.h"

#include <gtest/gtest.h>

#include "crypto/p256.h"
#include "crypto/system_rng.h"

namespace crypto {
namespace {

core::Bytes hex(std::string_view text) { return core::from_hex(text).value(); }

// RFC 8032, section 7.1, TEST 1.
const auto kEd25519Key = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
const auto kEd25519Signature =
    "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b4"
    "6b"
    "d25bf5f0595bbe24655141438e7a100b";

TEST(AuthenticatorKey, ChecksEd25519AsTheStandardDoes) {
  const auto key = AuthenticatorKey::ed25519(hex(kEd25519Key)).value();
  EXPECT_EQ(key.algorithm(), AuthenticatorAlgorithm::kEdDsa);
  EXPECT_TRUE(key.verify({}, hex(kEd25519Signature)));
  EXPECT_FALSE(key.verify(core::as_bytes("x"), hex(kEd25519Signature)));
  auto altered = hex(kEd25519Signature);
  altered[0] ^= 1U;
  EXPECT_FALSE(key.verify({}, altered));
  EXPECT_FALSE(key.verify({}, {}));
}

TEST(AuthenticatorKey, IsThirtyTwoBytesOfEd25519) {
  for (const std::size_t size : {0U, 31U, 33U}) {
    EXPECT_FALSE(AuthenticatorKey::ed25519(core::Bytes(size, 1)));
  }
}

class DerSignature : public testing::Test {
 protected:
  /// r and s as they are, whatever their spelling.
  static core::Bytes der(core::Bytes r, core::Bytes s) {
    core::Bytes body{2, static_cast<std::uint8_t>(r.size())};
    body.insert(body.end(), r.begin(), r.end());
    body.push_back(2);
    body.push_back(static_cast<std::uint8_t>(s.size()));
    body.insert(body.end(), s.begin(), s.end());
    core::Bytes whole{0x30, static_cast<std::uint8_t>(body.size())};
    whole.insert(whole.end(), body.begin(), body.end());
    return whole;
  }
  static core::Bytes number(core::ByteView bytes) {
    while (bytes.size() > 1 && bytes[0] == 0) bytes = bytes.subspan(1);
    auto number = core::to_bytes(bytes);
    if ((number[0] & 0x80U) != 0) number.insert(number.begin(), 0);
    return number;
  }

  SystemRng rng_;
  P256PrivateKey private_ = P256PrivateKey::generate(rng_);
  core::Bytes message_ = core::to_bytes(core::as_bytes("authenticator data | hash"));
  P256Signature fixed_ = private_.sign(message_);
  core::Bytes r_ = number(core::ByteView(fixed_).first(32));
  core::Bytes s_ = number(core::ByteView(fixed_).last(32));
  AuthenticatorKey key_ = [this] {
    const auto point = private_.public_key().uncompressed();
    const core::ByteView bytes(point);
    return AuthenticatorKey::es256(bytes.subspan(1, 32), bytes.subspan(33, 32)).value();
  }();
};

TEST_F(DerSignature, IsTakenInItsOneSpelling) {
  EXPECT_TRUE(key_.verify(message_, der(r_, s_)));
  EXPECT_FALSE(key_.verify(message_, der(s_, r_)));
}

TEST_F(DerSignature, IsRefusedInAnyOther) {
  auto padded = r_;
  padded.insert(padded.begin(), 0);
  EXPECT_FALSE(key_.verify(message_, der(padded, s_)));
  auto trailing = der(r_, s_);
  trailing.push_back(0);
  EXPECT_FALSE(key_.verify(message_, trailing));
  auto long_form = der(r_, s_);
  long_form.insert(long_form.begin() + 1, 0x81);
  EXPECT_FALSE(key_.verify(message_, long_form));
  EXPECT_FALSE(key_.verify(message_, core::to_bytes(fixed_))) << "the fixed form of JOSE";
  EXPECT_FALSE(key_.verify(message_, der({0}, {0})));
  EXPECT_FALSE(key_.verify(message_, {}));
  const auto whole = der(r_, s_);
  for (std::size_t size = 0; size < whole.size(); ++size) {
    EXPECT_FALSE(key_.verify(message_, core::ByteView(whole).first(size))) << size;
  }
}

TEST_F(DerSignature, DoesNotFitAnotherMessageOrAlteredByte) {
  EXPECT_FALSE(key_.verify(core::as_bytes("another"), der(r_, s_)));
  const auto whole = der(r_, s_);
  for (std::size_t i = 0; i < whole.size(); ++i) {
    auto altered = whole;
    altered[i] ^= 4U;
    EXPECT_FALSE(key_.verify(message_, altered)) << i;
  }
}

}  // namespace
}  // namespace crypto
