#include "identity/challenge/challenge_service.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <set>
#include <thread>

#include "crypto/digest.h"
#include "identity/testing/challenge_test_base.h"

namespace identity {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using world::kNow;
using world::phone;
using world::reason_of;

using ChallengeServiceTest = world::ChallengeTest;
using world::phone_number;

TEST_F(ChallengeServiceTest, GivesATicketForTheRightCode) {
  const auto challenge = start();
  const auto ticket = answer_right(challenge, kNow + minutes(1));
  ASSERT_TRUE(ticket);
  EXPECT_EQ(ticket->account, AccountState::kNew);
  EXPECT_EQ(ticket->expires_at, kNow + minutes(31));
  EXPECT_EQ(ticket->token.reveal().size(), 43U) << "256 bits";
}

TEST_F(ChallengeServiceTest, CallsWithFiveDigitsAndTextsSix) {
  EXPECT_EQ(start().code_digits, 5);
  const auto sms = start(kNow + seconds(1), Channel::kSms);
  EXPECT_EQ(sms.code_digits, 6);
  EXPECT_EQ(world_.code_of(sms.id).reveal().size(), 6U);
}

/// Numbers that end in what a test says, one after another.
class HandCodes final : public CallCodes {
 public:
  explicit HandCodes(std::vector<std::string> codes) : codes_(std::move(codes)) {}
  [[nodiscard]] std::string draw(core::Rng& /*rng*/, int /*digits*/) override {
    return codes_.at(std::min(drawn++, codes_.size() - 1));
  }
  std::size_t drawn = 0;

 private:
  std::vector<std::string> codes_;
};

TEST_F(ChallengeServiceTest, GivesNoNumberACodeAgainThatStillLives) {
  HandCodes codes({"11111", "11111", "22222", "11111", "22222", "33333"});
  ChallengeService service({world_.databases.data(), world_.vault, world_.databases.rng(),
                            world_.gate, world_.marks, world_.work, &codes},
                           {}, world_.root.derive("challenge_code"));
  const auto code_of_next = [&](core::Instant now) {
    const auto challenge = service.start(phone(), Channel::kCall, "ru", now);
    return challenge ? world_.code_of(challenge->id).reveal() : challenge.error().reason;
  };
  EXPECT_EQ(code_of_next(kNow), "11111");
  EXPECT_EQ(code_of_next(kNow + seconds(1)), "22222") << "the first is replaced but not expired";
  EXPECT_EQ(code_of_next(kNow + seconds(2)), "33333");
  EXPECT_EQ(codes.drawn, 6U);
}

TEST_F(ChallengeServiceTest, GivesACodeAgainOnceItHasExpiredAndToOthersAtAnyTime) {
  HandCodes codes({"11111"});
  ChallengeService service({world_.databases.data(), world_.vault, world_.databases.rng(),
                            world_.gate, world_.marks, world_.work, &codes},
                           {}, world_.root.derive("challenge_code"));
  ASSERT_TRUE(service.start(phone(), Channel::kCall, "ru", kNow));
  EXPECT_EQ(reason_of(service.start(phone(), Channel::kCall, "ru", kNow + seconds(1))),
            "challenge.no_free_code");
  EXPECT_TRUE(service.start(phone_number(1), Channel::kCall, "ru", kNow + seconds(1)));
  EXPECT_TRUE(service.start(phone(), Channel::kCall, "ru", kNow + minutes(5)));
}

TEST_F(ChallengeServiceTest, TellsTheOperatorWhatToDoAndUntilWhen) {
  const auto challenge = world_.challenges.start(phone(), Channel::kSms, "en", kNow).value();
  const auto message = world_.sent(challenge.id);
  EXPECT_EQ(message.channel, Channel::kSms);
  EXPECT_EQ(message.to.reveal(), "+79175550142");
  EXPECT_EQ(message.language, "en");
  EXPECT_EQ(message.expires_at, challenge.expires_at);
}

TEST_F(ChallengeServiceTest, NeverShowsTheWholeNumberToWhoeverAsks) {
  const auto challenge = start();
  EXPECT_EQ(challenge.phone_masked.find("5550"), std::string::npos);
  EXPECT_TRUE(challenge.phone_masked.ends_with("42")) << challenge.phone_masked;
}

TEST_F(ChallengeServiceTest, CountsDownTheTriesOfAWrongCode) {
  const auto challenge = start(kNow, Channel::kSms);
  EXPECT_EQ(challenge.attempts_left, 3);
  for (int left = 2; left >= 0; --left) {
    const auto wrong = answer(challenge, wrong_for(challenge));
    ASSERT_FALSE(wrong);
    EXPECT_EQ(wrong.error().reason, "challenge.code_wrong");
    EXPECT_EQ(wrong.error().attempts_left, left);
  }
}

TEST_F(ChallengeServiceTest, RefusesTheRightCodeAfterThreeWrongOnes) {
  const auto challenge = start(kNow, Channel::kSms);
  for (int i = 0; i < 3; ++i) EXPECT_FALSE(answer(challenge, wrong_for(challenge)));
  EXPECT_EQ(reason_of(answer_right(challenge)), "challenge.exhausted");
  EXPECT_EQ(tickets(), 0);
}

TEST_F(ChallengeServiceTest, TakesTheRightCodeAtTheLastTry) {
  const auto challenge = start(kNow, Channel::kSms);
  for (int i = 0; i < 2; ++i) EXPECT_FALSE(answer(challenge, wrong_for(challenge)));
  EXPECT_EQ(reason_of(answer_right(challenge)), "ok");
}

TEST_F(ChallengeServiceTest, RefusesEmptyLongAndForeignCodes) {
  const auto challenge = start(kNow, Channel::kSms);
  EXPECT_EQ(reason_of(answer(challenge, "")), "challenge.code_wrong");
  EXPECT_EQ(reason_of(answer(challenge, std::string(100'000, '7'))), "challenge.code_wrong");
  EXPECT_EQ(reason_of(answer(challenge, world_.code_of(challenge.id).reveal() + " ")),
            "challenge.code_wrong");
}

TEST_F(ChallengeServiceTest, TakesACodeInItsLastSecondAndNotOneLater) {
  const auto early = start();
  EXPECT_EQ(reason_of(answer_right(early, kNow + minutes(5))), "ok");
  const auto late = start(kNow + minutes(6));
  EXPECT_EQ(reason_of(answer_right(late, kNow + minutes(11) + seconds(1))), "challenge.expired");
}

TEST_F(ChallengeServiceTest, TakesACodeOnlyOnce) {
  const auto challenge = start();
  EXPECT_EQ(reason_of(answer_right(challenge)), "ok");
  EXPECT_EQ(reason_of(answer_right(challenge)), "challenge.used");
  EXPECT_EQ(tickets(), 1);
}

TEST_F(ChallengeServiceTest, ReplacesTheEarlierCodeOfTheNumber) {
  const auto first = start();
  const auto second = start(kNow + seconds(5));
  EXPECT_EQ(reason_of(answer_right(first, kNow + seconds(6))), "challenge.replaced");
  EXPECT_EQ(reason_of(answer_right(second, kNow + seconds(6))), "ok");
}

TEST_F(ChallengeServiceTest, LeavesOtherNumbersCodesAlone) {
  const auto first = start();
  ASSERT_TRUE(world_.challenges.start(phone_number(1), Channel::kCall, "ru", kNow));
  EXPECT_EQ(reason_of(answer_right(first)), "ok");
}

TEST_F(ChallengeServiceTest, DoesNotTakeTheCodeOfAnotherChallenge) {
  const auto mine = start();
  const auto other = world_.challenges.start(phone_number(1), Channel::kCall, "ru", kNow).value();
  ASSERT_NE(world_.code_of(mine.id).reveal(), world_.code_of(other.id).reveal());
  EXPECT_EQ(reason_of(answer(mine, world_.code_of(other.id).reveal())), "challenge.code_wrong");
}

TEST_F(ChallengeServiceTest, KnowsNoChallengeThatWasNeverMade) {
  const auto id = ChallengeId::make(kNow, world_.databases.rng());
  EXPECT_EQ(reason_of(world_.challenges.answer(id, core::Secret<std::string>("12345"), kNow)),
            "challenge.unknown");
  EXPECT_EQ(reason_of(world_.challenges.switch_to_sms(id, "ru", kNow)), "challenge.unknown");
}

TEST_F(ChallengeServiceTest, GivesOneTicketToManyRightAnswersAtOnce) {
  const auto challenge = start();
  const auto code = world_.code_of(challenge.id);
  std::atomic<int> given = 0;
  std::vector<std::string> refusals(8);
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < refusals.size(); ++i) {
    threads.emplace_back([&, i] {
      const auto result = world_.challenges.answer(challenge.id, code, kNow);
      if (result) ++given;
      if (!result) refusals[i] = result.error().reason;
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(given, 1);
  EXPECT_EQ(std::count(refusals.begin(), refusals.end(), "challenge.used"), 7);
  EXPECT_EQ(tickets(), 1);
}

TEST_F(ChallengeServiceTest, SpendsOneTryForEachOfManyWrongAnswersAtOnce) {
  const auto challenge = start(kNow, Channel::kSms);
  const auto wrong = wrong_for(challenge);
  std::array<std::string, 8> reasons;
  std::vector<std::thread> threads;
  for (auto& reason : reasons) {
    threads.emplace_back([&] { reason = reason_of(answer(challenge, wrong)); });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(std::count(reasons.begin(), reasons.end(), "challenge.code_wrong"), 3);
  EXPECT_EQ(std::count(reasons.begin(), reasons.end(), "challenge.exhausted"), 5);
}

TEST_F(ChallengeServiceTest, TextsInsteadOfCallingAfterHalfAMinute) {
  const auto call = start();
  const auto early = world_.challenges.switch_to_sms(call.id, "ru", kNow + seconds(20));
  ASSERT_FALSE(early);
  EXPECT_EQ(early.error().reason, "challenge.sms_too_early");
  EXPECT_EQ(early.error().code, core::ErrorCode::kLimited);
  EXPECT_GE(early.error().retry_after_s, 10);
  EXPECT_LE(early.error().retry_after_s, 11);
  const auto sms = world_.challenges.switch_to_sms(call.id, "ru", kNow + seconds(30));
  ASSERT_TRUE(sms);
  EXPECT_EQ(sms->channel, Channel::kSms);
  EXPECT_EQ(world_.sent(sms->id).to.reveal(), "+79175550142");
  EXPECT_EQ(reason_of(answer_right(call, kNow + seconds(31))), "challenge.replaced");
  EXPECT_EQ(reason_of(answer_right(*sms, kNow + seconds(31))), "ok");
}

TEST_F(ChallengeServiceTest, TextsNothingForAChallengeThatEnded) {
  const auto used = start();
  ASSERT_TRUE(answer_right(used));
  EXPECT_EQ(reason_of(world_.challenges.switch_to_sms(used.id, "ru", kNow + minutes(1))),
            "challenge.ended");
  const auto late = start(kNow + minutes(10));
  EXPECT_EQ(reason_of(world_.challenges.switch_to_sms(late.id, "ru", kNow + minutes(16))),
            "challenge.ended");
}

TEST_F(ChallengeServiceTest, DoesTheSameForKnownAndUnknownNumbers) {
  static_cast<void>(world_.account(phone_number(1)));
  static_cast<void>(world_.databases.statements().take());
  const auto known = world_.challenges.start(phone_number(1), Channel::kSms, "ru", kNow).value();
  const auto for_known = world_.databases.statements().take();
  const auto unknown = world_.challenges.start(phone_number(2), Channel::kSms, "ru", kNow).value();
  const auto for_unknown = world_.databases.statements().take();
  EXPECT_FALSE(for_known.empty());
  EXPECT_EQ(for_known, for_unknown);
  EXPECT_EQ(known.code_digits, unknown.code_digits);
  EXPECT_EQ(known.expires_at, unknown.expires_at);
  EXPECT_EQ(known.phone_masked.size(), unknown.phone_masked.size());
  EXPECT_EQ(outbox_rows(), 2);
}

TEST_F(ChallengeServiceTest, DoesTheSameWithAWrongCodeForKnownAndUnknownNumbers) {
  static_cast<void>(world_.account(phone_number(1)));
  const auto known = world_.challenges.start(phone_number(1), Channel::kSms, "ru", kNow).value();
  const auto unknown = world_.challenges.start(phone_number(2), Channel::kSms, "ru", kNow).value();
  const auto wrong_known = wrong_for(known);
  const auto wrong_unknown = wrong_for(unknown);
  static_cast<void>(world_.databases.statements().take());
  EXPECT_FALSE(answer(known, wrong_known));
  const auto for_known = world_.databases.statements().take();
  EXPECT_FALSE(answer(unknown, wrong_unknown));
  EXPECT_EQ(for_known, world_.databases.statements().take());
}

TEST_F(ChallengeServiceTest, SealsTheSameNumberOfBytesForCallerOfEveryNumber) {
  const auto first = world_.challenges.start(phone_number(1), Channel::kSms, "ru", kNow).value();
  const auto second = world_.challenges.start(phone_number(2), Channel::kSms, "ru", kNow).value();
  const auto rows =
      world::run(world_.databases.data(),
                 "SELECT phone_sealed, phone_index FROM challenge ORDER BY challenge_id");
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_NE(first.id, second.id);
  EXPECT_EQ(rows[0].blob(0).size(), rows[1].blob(0).size());
  EXPECT_NE(core::to_bytes(rows[0].blob(1)), core::to_bytes(rows[1].blob(1)));
}

TEST_F(ChallengeServiceTest, SaysOnlyAfterTheCodeThatTheNumberHasAnAccount) {
  static_cast<void>(world_.account());
  EXPECT_EQ(answer_right(start()).value().account, AccountState::kExisting);
}

TEST_F(ChallengeServiceTest, SaysThatTheAccountIsVerified) {
  const auto id = world_.account();
  world::run(world_.databases.data(),
             "UPDATE citizen SET assurance_level = 'verified' WHERE citizen_id = $1", {id});
  EXPECT_EQ(answer_right(start()).value().account, AccountState::kExistingVerified);
}

TEST_F(ChallengeServiceTest, KeepsNeitherNumberNorCodeNorTokenInClear) {
  const auto challenge = start(kNow, Channel::kSms);
  const auto code = world_.code_of(challenge.id).reveal();
  const auto ticket = answer_right(challenge).value();
  const auto bytes = world_.databases.data_bytes();
  EXPECT_EQ(bytes.find("79175550142"), std::string::npos);
  EXPECT_EQ(bytes.find("9175550142"), std::string::npos);
  EXPECT_EQ(bytes.find(ticket.token.reveal()), std::string::npos);
  const auto rows = world::run(world_.databases.data(), "SELECT code_hash FROM challenge");
  EXPECT_EQ(core::as_text(rows.front().blob(0)).find(code), std::string::npos);
}

TEST_F(ChallengeServiceTest, HashesTheCodeWithAKeySoThatTryingAllIsNoUse) {
  const auto challenge = start();
  const auto code = world_.code_of(challenge.id).reveal();
  const auto rows = world::run(world_.databases.data(), "SELECT code_hash FROM challenge");
  const auto stored = core::to_bytes(rows.front().blob(0));
  const auto id = challenge.id.bytes();
  EXPECT_NE(stored, core::to_bytes(crypto::sha256(core::as_bytes(code))));
  EXPECT_NE(stored, core::to_bytes(crypto::sha256({id, core::as_bytes(code)})));
  EXPECT_NE(stored, core::to_bytes(crypto::hmac_sha256(id, core::as_bytes(code))));
}

TEST_F(ChallengeServiceTest, DrawsCodesFromAllDigitsWithLeadingZeros) {
  std::set<char> first_digits;
  for (int i = 0; i < 60; ++i) {
    const auto made = world_.challenges.start(phone_number(i), Channel::kCall, "ru", kNow);
    ASSERT_TRUE(made);
    const auto code = world_.code_of(made->id).reveal();
    ASSERT_EQ(code.size(), 5U);
    EXPECT_EQ(code.find_first_not_of("0123456789"), std::string::npos);
    first_digits.insert(code.front());
  }
  EXPECT_TRUE(first_digits.contains('0'));
  EXPECT_GE(first_digits.size(), 8U);
}

TEST_F(ChallengeServiceTest, PurgesWhatNoLimitLooksAtAnyMore) {
  ASSERT_TRUE(answer_right(start()));
  EXPECT_EQ(world_.challenges.purge(kNow + hours(24)).value(), 0) << "the daily limit needs it";
  EXPECT_EQ(world_.challenges.purge(kNow + hours(26)).value(), 2) << "challenge and registration";
}

}  // namespace
}  // namespace identity
