#include "crypto/digest.h"

#include <gtest/gtest.h>

#include <string>
#include <thread>

#include "crypto/test_rng.h"

namespace crypto {
namespace {

using core::as_bytes;
using core::to_hex;

// FIPS 180-4 examples published by NIST (CSRC, "Examples with Intermediate Values").
TEST(Sha256, GivesTheDigestsNistPublished) {
  EXPECT_EQ(to_hex(sha256(as_bytes("abc"))),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(to_hex(sha256(as_bytes("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"))),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(to_hex(sha256(as_bytes(std::string(1'000'000, 'a')))),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, DigestsNothing) {
  constexpr auto kEmpty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
  EXPECT_EQ(to_hex(sha256(ByteView{})), kEmpty);
  EXPECT_EQ(to_hex(sha256({ByteView{}, ByteView{}})), kEmpty);
}

TEST(Sha256, OfPartsEqualsThatOfTheWhole) {
  EXPECT_EQ(sha256({as_bytes("a"), as_bytes(""), as_bytes("bc")}), sha256(as_bytes("abc")));
}

TEST(Sha256, ThreadsDoNotDisturbEachOther) {
  const Bytes mine(10'000, 1);
  const Bytes theirs(7'001, 2);
  const Digest256 expected = sha256(theirs);
  bool all_equal = true;
  std::thread other([&] {
    for (int i = 0; i < 500; ++i) all_equal = all_equal && sha256(theirs) == expected;
  });
  const Digest256 first = sha256(mine);
  for (int i = 0; i < 500; ++i) EXPECT_EQ(sha256(mine), first);
  other.join();
  EXPECT_TRUE(all_equal);
}

struct HmacCase {
  Bytes key;
  Bytes message;
  std::string expected;
};

class HmacRfc4231 : public testing::TestWithParam<HmacCase> {};

TEST_P(HmacRfc4231, GivesThePublishedTag) {
  const HmacCase& c = GetParam();
  EXPECT_EQ(to_hex(hmac_sha256(c.key, c.message)), c.expected);
  const ByteView all(c.message);
  EXPECT_EQ(to_hex(hmac_sha256(c.key, {all.first(3), all.subspan(3)})), c.expected);
}

// RFC 4231, test cases 1, 2, 3, 4, 6 and 7 (5 is a truncation).
INSTANTIATE_TEST_SUITE_P(
    Vectors, HmacRfc4231,
    testing::Values(
        HmacCase{Bytes(20, 0x0b), core::to_bytes(as_bytes("Hi There")),
                 "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"},
        HmacCase{core::to_bytes(as_bytes("Jefe")),
                 core::to_bytes(as_bytes("what do ya want for nothing?")),
                 "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
        HmacCase{Bytes(20, 0xaa), Bytes(50, 0xdd),
                 "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"},
        HmacCase{hex("0102030405060708090a0b0c0d0e0f10111213141516171819"), Bytes(50, 0xcd),
                 "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"},
        HmacCase{Bytes(131, 0xaa),
                 core::to_bytes(as_bytes("Test Using Larger Than Block-Size Key - Hash Key First")),
                 "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"},
        HmacCase{Bytes(131, 0xaa),
                 core::to_bytes(as_bytes(
                     "This is a test using a larger than block-size key and a larger than "
                     "block-size data. The key needs to be hashed before being used by the HMAC "
                     "algorithm.")),
                 "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"}));

// RFC 5869, appendix A.1 to A.3.
TEST(Hkdf, GivesTheOutputOfRfc5869) {
  EXPECT_EQ(to_hex(hkdf_sha256(Bytes(22, 0x0b), hex("000102030405060708090a0b0c"),
                               hex("f0f1f2f3f4f5f6f7f8f9"), 42)),
            "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865");
  EXPECT_EQ(to_hex(hkdf_sha256(Bytes(22, 0x0b), {}, {}, 42)),
            "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8");
}

TEST(Hkdf, GivesTheLongOutputOfRfc5869) {
  const auto count_from = [](std::uint8_t first) {
    Bytes bytes(80);
    for (std::uint8_t& byte : bytes) byte = first++;
    return bytes;
  };
  EXPECT_EQ(to_hex(hkdf_sha256(count_from(0x00), count_from(0x60), count_from(0xb0), 82)),
            "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c"
            "59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71"
            "cc30c58179ec3e87c14c01d5c1f3434f1d87");
}

TEST(Hkdf, GivesTheLongestOutputAndNothing) {
  EXPECT_EQ(hkdf_sha256(Bytes(32, 1), {}, {}, kHkdfBytesMax).size(), kHkdfBytesMax);
  EXPECT_TRUE(hkdf_sha256(Bytes(32, 1), {}, {}, 0).empty());
}

TEST(HkdfDeathTest, AbortsBeyondTheLongestOutput) {
  EXPECT_DEATH(static_cast<void>(hkdf_sha256(Bytes(32, 1), {}, {}, kHkdfBytesMax + 1)),
               "kHkdfBytesMax");
}

TEST(EqualConstantTime, ComparesLengthAndBytes) {
  EXPECT_TRUE(equal_constant_time({}, {}));
  EXPECT_TRUE(equal_constant_time(hex("0102"), hex("0102")));
  EXPECT_FALSE(equal_constant_time(hex("0102"), hex("0103")));
  EXPECT_FALSE(equal_constant_time(hex("0102"), hex("010200")));
  EXPECT_FALSE(equal_constant_time(hex("00"), {}));
}

}  // namespace
}  // namespace crypto
