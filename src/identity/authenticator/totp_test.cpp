#include "identity/authenticator/totp.h"

#include <gtest/gtest.h>

namespace identity {
namespace {

const core::Bytes kSecret = core::to_bytes(core::as_bytes("12345678901234567890"));

core::Instant at(std::int64_t seconds) { return core::Instant::from_seconds(seconds); }

// The last six digits of the table in RFC 6238, appendix B.
TEST(Totp, MakesTheCodesOfTheStandard) {
  const std::vector<std::pair<std::int64_t, std::string>> table{
      {59, "287082"},         {1111111109, "081804"}, {1111111111, "050471"},
      {1234567890, "005924"}, {2000000000, "279037"}, {20000000000, "353130"}};
  for (const auto& [seconds, code] : table) {
    EXPECT_EQ(totp_code(kSecret, totp_step(at(seconds))), code) << seconds;
  }
}

TEST(Totp, TakesANeighbourOfTheCurrentStepAndNoOther) {
  const auto code = totp_code(kSecret, 1000);
  EXPECT_EQ(find_totp_step(kSecret, code, at(1000 * 30 + 59)), 1000);
  EXPECT_EQ(find_totp_step(kSecret, code, at(1000 * 30 - 30)), 1000);
  EXPECT_FALSE(find_totp_step(kSecret, code, at(1000 * 30 + 60)));
  EXPECT_FALSE(find_totp_step(kSecret, code, at(1000 * 30 - 31)));
}

TEST(Totp, TakesNothingButSixDigits) {
  const auto code = totp_code(kSecret, 1000);
  for (const auto& text :
       {std::string(), code.substr(1), code + "0", " " + code, std::string("000000x")}) {
    EXPECT_FALSE(find_totp_step(kSecret, text, at(30'000))) << text;
  }
}

TEST(Totp, WritesBase32AsAppsReadIt) {
  EXPECT_EQ(to_base32(core::as_bytes("foobar")), "MZXW6YTBOI");
  EXPECT_EQ(to_base32(core::as_bytes("f")), "MY");
  EXPECT_EQ(to_base32({}), "");
}

TEST(Totp, WritesAnAddressThatNamesServiceAndAccount) {
  const auto uri = otpauth_uri(kSecret, "Береста", "+7 917 ***-**-42").reveal();
  EXPECT_TRUE(uri.starts_with("otpauth://totp/%D0%91")) << uri;
  EXPECT_NE(uri.find("?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=%D0%91"), std::string::npos);
  EXPECT_EQ(uri.find(' '), std::string::npos);
}

}  // namespace
}  // namespace identity
