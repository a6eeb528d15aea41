#include "crypto/rsa.h"

#include <gtest/gtest.h>

#include <string>

#include "crypto/test_rng.h"

namespace crypto {
namespace {

using core::Bytes;

// RFC 7515, appendix A.2: the signing input, the key and the signature, as hexadecimal.
constexpr std::string_view kMessage =
    "eyJhbGciOiJSUzI1NiJ9"
    ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlf"
    "Q";
constexpr std::string_view kModulus =
    "a1f8160ae2e3c9b465ce8d2d656263362b927dbe29e1f02477fc1625cc90a136e38bd93497c5b6ea"
    "63dd7711e67c7429f956b0fb8a8f089adc4b69893cc1333f53edd019b87784252fec914fe4857769"
    "594bea4280d32c0f55bf62944f130396bc6e9bdf6ebdd2bda3678eeca0c668f701b38dbffb38c834"
    "2ce2fe6d27fade4a5a4874979dd4b9cf9adec4c75b05852c2c0f5ef8a5c1750392f944e8ed64c110"
    "c6b647609aa4783aeb9c6c9ad755313050638b83665c6f6f7a82a396702a1f641b82d3ebf2392219"
    "491fb686872c5716f50af8358d9a8b9d17c340728f7f87d89a18d8fcab67ad84590c2ecf75933936"
    "3c07034d6f606f9e21e05456cae5e9a1";
constexpr std::string_view kSignature =
    "702e218943e88fd11eb5d82dbf7845f34106ae1b81fff7731116add1717d83656d420afd3c96eedd"
    "73a2663e5166687b000b87226e0187ed1073f945e582adfcef16d85a798ee8c66ddb3db8975b17d0"
    "9402beedd5d9d97007108db28160d5f8040ca7445762b81fbe7ff9d92e0ae76f24f25b33bbe6f44a"
    "e61eb1040acb20044d3ef9128ed40130795bd4bd3b41eecad066ab651981fde48df77f372dc38b9f"
    "afdd3befb18b5da3cc3c2eb02f9e3a41d612caad15911273a05f23b9e838faaf849d698429ef5a1e"
    "88798236c3d40e604522a544c8f27a7a2db80663d16cf7caea56de405cb2215a45b2c25566b55ac1"
    "a748a070dfc8a32a469543d019eefb47";

RsaPublicKey rfc_key() {
  return RsaPublicKey::from_modulus_exponent(hex(kModulus), hex("010001")).value();
}

void expect_malformed(const Bytes& modulus, const Bytes& exponent) {
  const auto key = RsaPublicKey::from_modulus_exponent(modulus, exponent);
  ASSERT_FALSE(key.has_value());
  EXPECT_EQ(key.error().code, core::ErrorCode::kInvalidInput);
  EXPECT_EQ(key.error().reason, "key.malformed");
}

// An odd number of exactly so many bits (a multiple of 8).
Bytes odd_of_bits(std::size_t bits) {
  Bytes number(bits / 8, 0);
  number.front() = 0x80;
  number.back() |= 1U;
  return number;
}

TEST(Rs256, VerifiesTheSignatureOfRfc7515) {
  EXPECT_TRUE(rfc_key().verify_rs256(core::as_bytes(kMessage), hex(kSignature)));
}

TEST(Rs256, TakesNumbersWithLeadingZeros) {
  const auto key =
      RsaPublicKey::from_modulus_exponent(hex("00" + std::string(kModulus)), hex("00010001"));
  EXPECT_TRUE(key.value().verify_rs256(core::as_bytes(kMessage), hex(kSignature)));
}

TEST(Rs256, RefusesAnAlteredMessageOrSignature) {
  const RsaPublicKey key = rfc_key();
  std::string message(kMessage);
  message.back() ^= 1;
  EXPECT_FALSE(key.verify_rs256(core::as_bytes(message), hex(kSignature)));
  EXPECT_FALSE(key.verify_rs256({}, hex(kSignature)));
  Bytes signature = hex(kSignature);
  for (const std::size_t at : {std::size_t{0}, std::size_t{100}, signature.size() - 1}) {
    signature[at] ^= 1U;
    EXPECT_FALSE(key.verify_rs256(core::as_bytes(kMessage), signature)) << at;
    signature[at] ^= 1U;
  }
}

TEST(Rs256, RefusesASignatureOfAnotherLengthOrRange) {
  const RsaPublicKey key = rfc_key();
  Bytes signature = hex(kSignature);
  EXPECT_FALSE(key.verify_rs256(core::as_bytes(kMessage), {}));
  EXPECT_FALSE(key.verify_rs256(core::as_bytes(kMessage), core::ByteView(signature).first(255)));
  signature.insert(signature.begin(), 0);
  EXPECT_FALSE(key.verify_rs256(core::as_bytes(kMessage), signature));
  EXPECT_FALSE(key.verify_rs256(core::as_bytes(kMessage), Bytes(256, 0)));
  EXPECT_FALSE(key.verify_rs256(core::as_bytes(kMessage), Bytes(256, 0xff)));
}

TEST(Rs256, RefusesTheSignatureUnderAnotherKey) {
  Bytes modulus = hex(kModulus);
  modulus[10] ^= 1U;
  const auto key = RsaPublicKey::from_modulus_exponent(modulus, hex("010001"));
  EXPECT_FALSE(key.value().verify_rs256(core::as_bytes(kMessage), hex(kSignature)));
}

TEST(RsaPublicKey, BoundsTheModulus) {
  expect_malformed({}, hex("010001"));
  expect_malformed(odd_of_bits(1024), hex("010001"));
  expect_malformed(odd_of_bits(2040), hex("010001"));
  expect_malformed(odd_of_bits(8200), hex("010001"));
  expect_malformed(Bytes(1'000'000, 0xff), hex("010001"));
  Bytes even = odd_of_bits(2048);
  even.back() = 2;
  expect_malformed(even, hex("010001"));
  EXPECT_TRUE(RsaPublicKey::from_modulus_exponent(odd_of_bits(2048), hex("010001")).has_value());
  EXPECT_TRUE(RsaPublicKey::from_modulus_exponent(odd_of_bits(8192), hex("010001")).has_value());
}

TEST(RsaPublicKey, BoundsTheExponent) {
  const Bytes modulus = hex(kModulus);
  for (const char* exponent : {"", "00", "01", "02", "010000", "010000000000000001"}) {
    SCOPED_TRACE(exponent);
    expect_malformed(modulus, hex(exponent));
  }
  EXPECT_TRUE(RsaPublicKey::from_modulus_exponent(modulus, hex("03")).has_value());
}

}  // namespace
}  // namespace crypto
