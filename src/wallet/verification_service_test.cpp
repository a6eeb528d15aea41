#include "wallet/verification_service.h"

#include <gtest/gtest.h>

#include "wallet/testing/wallet_world.h"

namespace wallet {
namespace {

using std::chrono::hours;
using std::chrono::seconds;
using world::kNow;
using world::reason_of;

class VerificationServiceTest : public testing::Test {
 protected:
  VerificationServiceTest() { world_.fetch({DocumentKind::kPassport}); }

  /// The text a wallet shows now for a question.
  std::string shown(Question question, core::Instant now = kNow) {
    const auto key = world_.new_key();
    const auto issued =
        world_.digital_id
            .issue(world_.id, world_.batch(phone_, device_.id, question, {key}, now), now)
            .value();
    return make_code_text(issued.attestations[0], slot_of(now), key);
  }
  std::string_view verdict(const std::string& code, core::Instant now = kNow) {
    return name_of(service_.verify(code, now).check.verdict);
  }
  std::string portrait(const std::string& code, core::Instant now = kNow) {
    return reason_of(service_.portrait(code, now));
  }
  std::int64_t checker_accesses() {
    return world::number(
        world_.databases.data(),
        "SELECT CAST(COUNT(*) AS BIGINT) FROM access_record WHERE actor = 'checker'");
  }

  world::WalletWorld world_;
  world::HandDevice phone_{world_.new_key()};
  Device device_ = world_.made(phone_);
  VerificationService& service_ = world_.verification;
};

TEST_F(VerificationServiceTest, SaysYesToACodeJustShown) {
  const auto result = service_.verify(shown(Question::kAgeOver18), kNow);
  EXPECT_EQ(result.check.verdict, Verdict::kYes);
  EXPECT_EQ(result.check.question, Question::kAgeOver18);
  EXPECT_FALSE(result.check.identity);
  EXPECT_FALSE(result.shown_before);
}

TEST_F(VerificationServiceTest, SaysWhoToACodeOfIdentity) {
  const auto result = service_.verify(shown(Question::kIdentity), kNow);
  ASSERT_TRUE(result.check.identity);
  EXPECT_EQ(result.check.identity->full_name, "Сафиуллина Алсу Ринатовна");
}

TEST_F(VerificationServiceTest, SaysThatTheVeryCodeWasShownBefore) {
  const auto code = shown(Question::kAgeOver18);
  EXPECT_FALSE(service_.verify(code, kNow).shown_before);
  EXPECT_TRUE(service_.verify(code, kNow + seconds(10)).shown_before);
  EXPECT_FALSE(service_.verify(shown(Question::kAgeOver18), kNow).shown_before);
}

TEST_F(VerificationServiceTest, RemembersNoCodeThatIsNotGood) {
  const auto code = shown(Question::kAgeOver18);
  EXPECT_EQ(verdict(code, kNow + hours(1)), "expired");
  EXPECT_FALSE(service_.verify(code, kNow).shown_before);
}

TEST_F(VerificationServiceTest, SaysRevokedAndNothingOfThePersonAfterTheDeviceWasRemoved) {
  const auto code = shown(Question::kIdentity);
  ASSERT_EQ(verdict(code), "yes");
  ASSERT_TRUE(world_.digital_id.remove_device(world_.id, device_.id, kNow));
  const auto result = service_.verify(code, kNow);
  EXPECT_EQ(result.check.verdict, Verdict::kRevoked);
  EXPECT_FALSE(result.check.identity);
}

TEST_F(VerificationServiceTest, HearsOfARevocationByAnotherProcess) {
  const auto code = shown(Question::kAgeOver18);
  Revocations elsewhere(world_.databases.data());
  VerificationService other({world_.databases.data(), world_.vault, elsewhere},
                            world_.trust.list(kNow));
  ASSERT_TRUE(world_.digital_id.remove_device(world_.id, device_.id, kNow));
  ASSERT_TRUE(elsewhere.refresh(kNow + seconds(2)));
  EXPECT_EQ(other.verify(code, kNow).check.verdict, Verdict::kRevoked);
}

TEST_F(VerificationServiceTest, JudgesRubbishWithoutAWord) {
  for (const auto* text : {"", "BRS1:", "BRS1:!!", "BRS2:AB", "https://example.org", "BRS1:0000"}) {
    EXPECT_EQ(verdict(text), "malformed") << text;
  }
  EXPECT_EQ(verdict("BRS1:" + std::string(100'000, 'A')), "malformed");
}

TEST_F(VerificationServiceTest, ShowsThePortraitOfAFreshIdentityCode) {
  const auto portrait_bytes = service_.portrait(shown(Question::kIdentity), kNow);
  ASSERT_TRUE(portrait_bytes);
  EXPECT_TRUE(portrait_bytes->reveal().starts_with("\x89PNG"));
  EXPECT_EQ(checker_accesses(), 1) << "its owner sees that somebody looked";
}

TEST_F(VerificationServiceTest, ShowsNoPortraitForAnotherQuestion) {
  EXPECT_EQ(portrait(shown(Question::kAgeOver18)), "code.not_valid");
  EXPECT_EQ(checker_accesses(), 0);
}

TEST_F(VerificationServiceTest, ShowsNoPortraitForACodeThatIsNotGood) {
  const auto code = shown(Question::kIdentity);
  EXPECT_EQ(portrait(code, kNow + seconds(90)), "code.not_valid") << "expired";
  EXPECT_EQ(portrait(code, kNow - seconds(90)), "code.not_valid") << "from the future";
  auto forged = code;
  forged.back() = forged.back() == '0' ? '1' : '0';
  EXPECT_EQ(portrait(forged), "code.not_valid");
  EXPECT_EQ(portrait(""), "code.not_valid");
  EXPECT_EQ(checker_accesses(), 0);
}

TEST_F(VerificationServiceTest, ShowsNoPortraitAfterTheDeviceWasRemoved) {
  const auto code = shown(Question::kIdentity);
  ASSERT_TRUE(world_.digital_id.remove_device(world_.id, device_.id, kNow));
  EXPECT_EQ(portrait(code), "code.not_valid");
}

TEST_F(VerificationServiceTest, ShowsNoPortraitThatTheCodeDoesNotVouchFor) {
  const auto code = shown(Question::kIdentity);
  auto& answer = world_.source.answers[DocumentKind::kPassport];
  answer.replace(answer.find("iVBORw0KGgoAAAAA"), 16, "iVBORw0KGgoBBBBB");
  world_.fetch({DocumentKind::kPassport}, kNow + seconds(1));
  EXPECT_EQ(portrait(code), "portrait.absent");
}

TEST_F(VerificationServiceTest, ShowsNoPortraitAfterThePassportWasRemoved) {
  const auto code = shown(Question::kIdentity);
  ASSERT_TRUE(world_.documents.remove(world_.id, DocumentKind::kPassport, kNow));
  EXPECT_EQ(portrait(code), "portrait.absent");
}

TEST_F(VerificationServiceTest, ShowsNoPortraitWhenTheLookCannotBeRecorded) {
  const auto code = shown(Question::kIdentity);
  world::run(world_.databases.data(), "DROP TABLE access_record");
  EXPECT_NE(portrait(code), "ok");
}

}  // namespace
}  // namespace wallet
