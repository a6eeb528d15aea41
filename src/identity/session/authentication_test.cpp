#include "identity/session/authentication.h"

#include <gtest/gtest.h>

namespace identity {
namespace {

TEST(AmrSet, IsWrittenAndReadByTheRegisteredNames) {
  const AmrSet set{Amr::kOtp, Amr::kPwd};
  EXPECT_EQ(set.to_text(), "pwd otp");
  EXPECT_EQ(AmrSet::from_text("pwd otp"), set);
  EXPECT_EQ(AmrSet::from_text("otp  pwd "), set);
  EXPECT_EQ(AmrSet::from_bits(set.bits()), set);
}

TEST(AmrSet, PassesOverWordsThatAreNoMethod) {
  for (const auto* text : {"", " ", "face", "pwdotp", "PWD", "pw"}) {
    EXPECT_EQ(AmrSet::from_text(text), AmrSet()) << text;
  }
}

TEST(AmrSet, OneFactorIsLevelOneHoweverOftenItIsProven) {
  for (const AmrSet set :
       {AmrSet{}, {Amr::kPwd}, {Amr::kOtp}, {Amr::kSwk, Amr::kUser}, {Amr::kSms, Amr::kTel}}) {
    EXPECT_EQ(set.aal(), Aal::kOne) << set.to_text();
  }
}

TEST(AmrSet, AnotherFactorIsLevelTwo) {
  for (const AmrSet set :
       {AmrSet{Amr::kPwd, Amr::kOtp}, {Amr::kPwd, Amr::kHwk}, {Amr::kSwk, Amr::kUser, Amr::kMfa}}) {
    EXPECT_EQ(set.aal(), Aal::kTwo) << set.to_text();
  }
}

TEST(AmrSet, ACodeByPhoneIsNoSecondFactor) {
  EXPECT_EQ((AmrSet{Amr::kPwd, Amr::kSms}.aal()), Aal::kOne);
  EXPECT_EQ((AmrSet{Amr::kPwd, Amr::kTel}.aal()), Aal::kOne);
}

}  // namespace
}  // namespace identity
