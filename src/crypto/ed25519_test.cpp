// The vectors of RFC 8032, section 7.1, and what must not verify.
#include "crypto/ed25519.h"

#include <gtest/gtest.h>

#include "crypto/system_rng.h"

namespace crypto {
namespace {

using core::as_bytes;

constexpr std::string_view kPublic1 =
    "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
constexpr std::string_view kSignature1 =
    "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b4"
    "6b"
    "d25bf5f0595bbe24655141438e7a100b";

core::Bytes hex(std::string_view text) { return *core::from_hex(text); }

TEST(Ed25519, VerifiesTheVectorsOfRfc8032) {
  const auto key = Ed25519PublicKey::from_bytes(hex(kPublic1));
  ASSERT_TRUE(key);
  EXPECT_TRUE(key->verify({}, hex(kSignature1)));
  const auto third = Ed25519PublicKey::from_bytes(
      hex("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025"));
  ASSERT_TRUE(third);
  EXPECT_TRUE(third->verify(
      hex("af82"),
      hex("6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16"
          "f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a")));
}

TEST(Ed25519, SignsAsRfc8032DoesFromAKeyInPem) {
  // The seed of TEST 1; PEM by hand, so that reading does not rest on our own writing.
  const std::string pem =
      "-----BEGIN PRIVATE KEY-----\n"
      "MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n"
      "-----END PRIVATE KEY-----\n";
  const auto key = Ed25519PrivateKey::from_pkcs8_pem(core::Secret<std::string>(pem));
  ASSERT_TRUE(key);
  EXPECT_EQ(core::to_hex(key->public_key().bytes()), kPublic1);
  EXPECT_EQ(core::to_hex(key->sign({})), kSignature1);
  EXPECT_EQ(key->to_pkcs8_pem().reveal(), pem);
}

TEST(Ed25519, RefusesWhatIsAlteredInAnyBit) {
  SystemRng rng;
  const auto key = Ed25519PrivateKey::generate(rng);
  const core::Bytes message = core::to_bytes(as_bytes("a checkpoint"));
  const auto signature = key.sign(message);
  ASSERT_TRUE(key.public_key().verify(message, signature));
  for (std::size_t bit = 0; bit < signature.size() * 8; ++bit) {
    auto altered = signature;
    altered[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
    EXPECT_FALSE(key.public_key().verify(message, altered)) << bit;
  }
  EXPECT_FALSE(key.public_key().verify(as_bytes("a checkpoinT"), signature));
  EXPECT_FALSE(key.public_key().verify(message, core::ByteView(signature).first(63)));
  EXPECT_FALSE(Ed25519PrivateKey::generate(rng).public_key().verify(message, signature));
}

TEST(Ed25519, ReadsNothingElseForAKey) {
  EXPECT_FALSE(Ed25519PublicKey::from_bytes(core::Bytes(31)));
  EXPECT_FALSE(Ed25519PrivateKey::from_pkcs8_pem(core::Secret<std::string>("no key")));
  const std::string p256 =
      "-----BEGIN PRIVATE KEY-----\n"
      "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgevZzL1gdAFr88hb2\n"
      "OF/2NxApJCzGCEDdfSp6VQO30hyhRANCAAQRWz+jn65BtOMvdyHKcvjBeBSDZH2r\n"
      "1RTwjmYSi9R/zpBnuQ4EiMnCqfMPWiZqB4QdbAd0E7oH50VpuZ1P087G\n"
      "-----END PRIVATE KEY-----\n";
  const auto other = Ed25519PrivateKey::from_pkcs8_pem(core::Secret<std::string>(p256));
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().reason, "key.not_ed25519");
}

}  // namespace
}  // namespace crypto
