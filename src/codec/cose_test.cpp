#include "codec/cose.h"

#include "codec/vectors_test.h"
#include "crypto/system_rng.h"

namespace codec {
namespace {

std::string verified(const CoseSign1& message, const crypto::P256PublicKey& key,
                     std::string_view external_aad) {
  const auto status = message.verify(key, external_aad);
  return status ? "ok" : status.error().reason;
}

TEST(CoseSign1, ReadsAndRefusesTheVectors) {
  for (const auto& row : read_vectors("rfc9052/sign1.txt", 4)) {
    const auto key = crypto::P256PublicKey::from_compressed(hex(row[3]));
    ASSERT_TRUE(key);
    const auto bytes = hex(row[2]);
    const auto message = CoseSign1::parse(bytes);
    EXPECT_EQ(message ? verified(*message, *key, row[1]) : outcome(message), row[0]) << row[2];
  }
}

class MadeCoseSign1 : public testing::Test {
 protected:
  crypto::SystemRng rng_;
  crypto::P256PrivateKey key_ = crypto::P256PrivateKey::generate(rng_);
  core::Bytes payload_ = hex("a10102");
  core::Bytes kid_ = hex("0102030405060708");
};

TEST_F(MadeCoseSign1, IsReadBackAndVerified) {
  const auto bytes =
      make_cose_sign1({.payload = payload_, .kid = kid_, .external_aad = "BRS1-trust"}, key_);
  const auto message = CoseSign1::parse(bytes);
  ASSERT_TRUE(message);
  EXPECT_EQ(core::to_bytes(message->payload), payload_);
  EXPECT_EQ(core::to_bytes(*message->kid), kid_);
  EXPECT_EQ(verified(*message, key_.public_key(), "BRS1-trust"), "ok");
}

TEST_F(MadeCoseSign1, HasNoKidUnlessAsked) {
  const auto bytes = make_cose_sign1({.payload = payload_}, key_);
  EXPECT_FALSE(CoseSign1::parse(bytes)->kid);
}

TEST_F(MadeCoseSign1, IsRefusedForAnotherKeyOrContext) {
  const auto bytes = make_cose_sign1({.payload = payload_, .external_aad = "BRS1"}, key_);
  const auto message = CoseSign1::parse(bytes);
  const auto other = crypto::P256PrivateKey::generate(rng_);
  EXPECT_EQ(verified(*message, other.public_key(), "BRS1"), "cose.signature");
  EXPECT_EQ(verified(*message, key_.public_key(), "BRS1-trust"), "cose.signature");
  EXPECT_EQ(verified(*message, key_.public_key(), ""), "cose.signature");
}

TEST_F(MadeCoseSign1, IsRefusedAfterAnyChangedBit) {
  const auto bytes = make_cose_sign1({.payload = payload_, .kid = kid_}, key_);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    auto changed = bytes;
    changed[i] ^= 1U;
    const auto message = CoseSign1::parse(changed);
    EXPECT_TRUE(!message || !message->verify(key_.public_key(), "")) << "byte " << i;
  }
}

TEST_F(MadeCoseSign1, PassesTheSignersErrorOn) {
  const auto made = make_cose_sign1(
      {.payload = payload_}, [](core::ByteView) -> core::Result<crypto::P256Signature> {
        return core::fail(core::ErrorCode::kUnavailable, "token.removed");
      });
  EXPECT_EQ(outcome(made), "token.removed");
}

}  // namespace
}  // namespace codec
