// Challenges under attack: what strangers may ask for and guess, and that the owner gets in.
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "identity/testing/challenge_test_base.h"

namespace identity {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using world::kNow;
using world::phone;
using world::phone_number;
using world::reason_of;
using ChallengeAbuseTest = world::ChallengeTest;

TEST_F(ChallengeAbuseTest, GivesAStrangerOneTryAtTheFiveDigitsOfACall) {
  const auto challenge = start();
  EXPECT_EQ(challenge.attempts_left, 1);
  const auto wrong = answer(challenge, wrong_for(challenge));
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().attempts_left, 0);
  EXPECT_EQ(reason_of(answer_right(challenge)), "challenge.exhausted");
}

TEST_F(ChallengeAbuseTest, SendsANumberFiveShortCodesAnHourThenOneLongForAll) {
  for (int i = 0; i < 5; ++i) start(kNow + seconds(i));
  const auto lazy = start_from("ru", kNow + minutes(1), Channel::kCall);
  ASSERT_FALSE(lazy);
  EXPECT_EQ(lazy.error().code, core::ErrorCode::kForbidden);
  EXPECT_EQ(lazy.error().reason, "challenge.work_needed");
  EXPECT_EQ(outbox_rows(), 5) << "nobody is rung for a refused request";
  const auto sixth = start_working("ru", kNow + minutes(1), Channel::kCall);
  ASSERT_TRUE(sixth);
  EXPECT_EQ(sixth->channel, Channel::kSms);
  EXPECT_EQ(sixth->code_digits, 10);
  for (int i = 0; i < 20; ++i) {
    const auto more = start_working(browser(std::to_string(i)), kNow + minutes(2));
    ASSERT_TRUE(more);
    EXPECT_EQ(more->sent_at, kNow + minutes(1));
  }
  EXPECT_EQ(outbox_rows(), 6);
}

TEST_F(ChallengeAbuseTest, SendsANumberTenShortCodesADay) {
  for (int i = 0; i < 10; ++i) EXPECT_EQ(start(kNow + hours(2 * i)).code_digits, 5);
  EXPECT_EQ(start(kNow + hours(20)).code_digits, 10);
  EXPECT_EQ(start(kNow + hours(28), Channel::kSms).code_digits, 6);
}

TEST_F(ChallengeAbuseTest, KeepsTheLastCodeGoodWhenTheNextIsRefused) {
  for (int i = 0; i < 4; ++i) start(kNow + seconds(i));
  const auto last = start(kNow + seconds(5));
  EXPECT_FALSE(world_.challenges.start(phone(), Channel::kCall, "ru", kNow + seconds(6)));
  EXPECT_EQ(reason_of(answer_right(last, kNow + seconds(7))), "ok");
}

TEST_F(ChallengeAbuseTest, GivesTheOwnerACodeHoweverManyStrangersAskForOne) {
  for (int i = 0; i < 200; ++i) {
    const auto flood = start_working(browser("s" + std::to_string(i)), kNow + seconds(i));
    ASSERT_TRUE(flood) << i << " " << flood.error().reason;
  }
  EXPECT_LE(outbox_rows(), 6) << "the phone is not bombed either";
  const auto mine = start_working(browser("owner"), kNow + minutes(4)).value();
  const auto sent = ChallengeId::parse(world_.newest_message()).value();
  EXPECT_EQ(reason_of(world_.challenges.answer(mine.id, world_.code_of(sent), kNow + minutes(5),
                                               "owner")),
            "ok");
}

TEST_F(ChallengeAbuseTest, SharesALongCodeButTakesItOnce) {
  for (int i = 0; i < 5; ++i) start(kNow + seconds(i));
  const auto first = start_working(browser("first"), kNow + minutes(1)).value();
  const auto second = start_working(browser("second"), kNow + minutes(2)).value();
  const auto code = world_.code_of(first.id);
  const auto answer = [&](const Challenge& challenge, std::string_view token) {
    return reason_of(world_.challenges.answer(challenge.id, code, kNow + minutes(3), token));
  };
  EXPECT_EQ(answer(second, "second"), "ok");
  EXPECT_EQ(answer(first, "first"), "challenge.used");
  EXPECT_EQ(tickets(), 1);
  EXPECT_EQ(start_working(browser("third"), kNow + minutes(4))->sent_at, kNow + minutes(4))
      << "a code that was used is not waited for";
}

TEST_F(ChallengeAbuseTest, GivesOneTicketToBrowsersThatAnswerASharedCodeAtOnce) {
  for (int i = 0; i < 5; ++i) start(kNow + seconds(i));
  const auto first = start_working(browser("b0"), kNow + minutes(1)).value();
  const auto code = world_.code_of(first.id);
  std::vector<Challenge> waiting{first};
  for (int i = 1; i < 8; ++i) {
    waiting.push_back(start_working(browser("b" + std::to_string(i)), kNow + minutes(2)).value());
  }
  std::atomic<int> given = 0;
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < waiting.size(); ++i) {
    threads.emplace_back([&, i] {
      if (world_.challenges.answer(waiting[i].id, code, kNow + minutes(3), "b" + std::to_string(i)))
        ++given;
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(given, 1);
  EXPECT_EQ(tickets(), 1);
}

TEST_F(ChallengeAbuseTest, AnswersOnlyTheBrowserThatAsked) {
  const auto mine = start_from(browser("mine"), kNow, Channel::kSms).value();
  const auto code = world_.code_of(mine.id);
  EXPECT_EQ(reason_of(world_.challenges.answer(mine.id, code, kNow, "other")), "challenge.unknown");
  EXPECT_EQ(reason_of(world_.challenges.answer(mine.id, code, kNow)), "challenge.unknown");
  EXPECT_EQ(reason_of(world_.challenges.switch_to_sms(mine.id, browser("other"), kNow)),
            "challenge.unknown");
  EXPECT_EQ(reason_of(world_.challenges.answer(mine.id, code, kNow, "mine")), "ok");
}

TEST_F(ChallengeAbuseTest, DoesNotLetAStrangersRequestReplaceTheOwnersCode) {
  const auto mine = start_from(browser("mine"), kNow, Channel::kCall).value();
  ASSERT_TRUE(start_from(browser("stranger"), kNow + seconds(1), Channel::kCall));
  EXPECT_EQ(reason_of(world_.challenges.answer(mine.id, world_.code_of(mine.id), kNow + seconds(2),
                                               "mine")),
            "ok");
}

TEST_F(ChallengeAbuseTest, JudgesNoSecondShortGuessOfADayHoweverManyCodesWereAskedFor) {
  std::vector<Challenge> calls;
  for (int i = 0; i < 5; ++i) {
    calls.push_back(start_from(browser(std::to_string(i)), kNow, Channel::kCall).value());
  }
  const auto guess = [&](std::size_t i, const core::Secret<std::string>& code, core::Instant now) {
    return reason_of(world_.challenges.answer(calls[i].id, code, now, std::to_string(i)));
  };
  EXPECT_EQ(guess(0, core::Secret<std::string>(wrong_for(calls[0])), kNow), "challenge.code_wrong");
  EXPECT_EQ(guess(1, core::Secret<std::string>(wrong_for(calls[1])), kNow), "challenge.exhausted");
  EXPECT_EQ(guess(2, world_.code_of(calls[2].id), kNow), "challenge.exhausted")
      << "to hear that it was right would be a guess too";
  EXPECT_EQ(tickets(), 0);
}

TEST_F(ChallengeAbuseTest, TextsALongCodeToANumberThatWasGuessedAt) {
  const auto call = start();
  EXPECT_FALSE(answer(call, wrong_for(call)));
  const auto next = start(kNow + minutes(1));
  EXPECT_EQ(next.channel, Channel::kSms);
  EXPECT_EQ(next.code_digits, 10);
  EXPECT_EQ(reason_of(answer_right(next, kNow + minutes(2))), "ok");
  EXPECT_EQ(start(kNow + hours(30)).code_digits, 5);
}

/// A world in which every call to a stranger is one that has to be confirmed.
class ConfirmedCallTest : public ChallengeAbuseTest {
 protected:
  static GatePolicy every_call() {
    auto policy = world::easy_work();
    policy.calls_confirmed_per_mille = 1000;
    return policy;
  }
  ConfirmedCallTest() : ChallengeAbuseTest(every_call()) {}
};

TEST_F(ConfirmedCallTest, TakesTheRightDigitsOnlyWithACodeBySms) {
  const auto call = start();
  EXPECT_EQ(call.channel, Channel::kCall);
  EXPECT_EQ(reason_of(answer_right(call)), "challenge.confirm_by_sms");
  EXPECT_EQ(reason_of(answer_right(call)), "challenge.exhausted") << "the digits are used up";
  EXPECT_EQ(tickets(), 0);
  const auto text = start(kNow + minutes(1));
  EXPECT_EQ(text.channel, Channel::kSms);
  EXPECT_EQ(text.code_digits, 10);
  EXPECT_EQ(reason_of(answer_right(text, kNow + minutes(1))), "ok");
}

TEST_F(ConfirmedCallTest, LooksLikeAnyOtherCallUntilItIsAnswered) {
  const auto call = start();
  EXPECT_EQ(call.attempts_left, 1);
  EXPECT_EQ(reason_of(answer(call, wrong_for(call))), "challenge.code_wrong");
  EXPECT_EQ(reason_of(answer_right(call)), "challenge.exhausted");
}

TEST_F(ConfirmedCallTest, IsNotAskedOfARecognisedBrowserNorOfAnSms) {
  EXPECT_EQ(reason_of(answer_right(start(kNow, Channel::kSms))), "ok");
  Asker owner = browser("owner");
  owner.device = world::device_with(world_.marks.renew("", world_.account(), kNow));
  const auto mine = start_from(owner, kNow, Channel::kCall).value();
  EXPECT_EQ(reason_of(world_.challenges.answer(mine.id, world_.code_of(mine.id), kNow, "owner")),
            "ok");
}

TEST_F(ChallengeAbuseTest, SendsALongerCodeWhenAShorterOneWasGuessedAtTooOften) {
  for (int i = 0; i < 5; ++i) start(kNow + seconds(i));
  const auto owners = start_working(browser("owner"), kNow + minutes(1)).value();
  const auto code = world_.code_of(owners.id);
  for (int i = 0; i < 17; ++i) {
    const auto name = "s" + std::to_string(i);
    const auto flood = start_working(browser(name), kNow + minutes(2)).value();
    for (int guess = 0; guess < 3; ++guess) {
      static_cast<void>(world_.challenges.answer(
          flood.id, core::Secret<std::string>(wrong_for(owners)), kNow + minutes(2), name));
    }
  }
  EXPECT_EQ(reason_of(world_.challenges.answer(owners.id, code, kNow + minutes(3), "owner")),
            "challenge.exhausted");
  const auto longer = start_working(browser("owner"), kNow + minutes(3)).value();
  EXPECT_EQ(longer.code_digits, 12);
  EXPECT_EQ(reason_of(world_.challenges.answer(longer.id, world_.code_of(longer.id),
                                               kNow + minutes(4), "owner")),
            "ok");
}

TEST_F(ChallengeAbuseTest, KeepsARecognisedBrowsersCodesShortWhateverStrangersGuess) {
  const auto id = world_.account();
  for (int i = 0; i < 8; ++i) static_cast<void>(start_working("ru", kNow + seconds(i)));
  Asker owner = browser("owner");
  owner.device = world::device_with(world_.marks.renew("", id, kNow));
  const auto mine = start_from(owner, kNow + minutes(1), Channel::kCall).value();
  EXPECT_EQ(mine.channel, Channel::kCall);
  EXPECT_EQ(mine.code_digits, 5);
  EXPECT_EQ(mine.attempts_left, 3);
  EXPECT_EQ(reason_of(world_.challenges.answer(mine.id, world_.code_of(mine.id), kNow + minutes(2),
                                               "owner")),
            "ok");
}

TEST_F(ChallengeAbuseTest, TakesEachPieceOfWorkOnceAndForItsNumberOnly) {
  for (int i = 0; i < 5; ++i) start(kNow + seconds(i));
  Asker asker("ru");
  asker.work = world::solved(world_.challenges.prepare_work(phone(), asker, kNow).value());
  Asker foreign("ru");
  foreign.work =
      world::solved(world_.challenges.prepare_work(phone_number(1), asker, kNow).value());
  const auto at = kNow + minutes(1);
  EXPECT_EQ(reason_of(start_from(foreign, at, Channel::kSms)), "challenge.work_needed");
  EXPECT_EQ(reason_of(start_from(asker, at, Channel::kSms)), "ok");
  EXPECT_EQ(reason_of(start_from(asker, at, Channel::kSms)), "challenge.work_needed");
}

TEST_F(ChallengeAbuseTest, LimitsTheWholeServerByTheMinute) {
  auto policy = world::easy_work();
  policy.per_server_minute = 4;
  policy.work_from_percent = 100;
  policy.reserve_percent = 25;
  world::IdentityWorld small({}, {}, policy);
  for (int i = 0; i < 3; ++i) {
    EXPECT_TRUE(small.challenges.start(phone_number(i), Channel::kCall, "ru", kNow));
  }
  const auto fourth = small.challenges.start(phone_number(4), Channel::kCall, "ru", kNow);
  ASSERT_FALSE(fourth);
  EXPECT_EQ(fourth.error().reason, "challenge.budget_spent");
  EXPECT_GE(fourth.error().retry_after_s, 1);
  EXPECT_LE(fourth.error().retry_after_s, 60);
  EXPECT_TRUE(small.challenges.start(phone_number(4), Channel::kCall, "ru", kNow + minutes(2)));
}

TEST_F(ChallengeAbuseTest, CountsTheTextTowardsTheNumbersLimit) {
  for (int i = 0; i < 4; ++i) start(kNow + seconds(i));
  const auto call = start(kNow + seconds(5));
  const auto text = world_.challenges.switch_to_sms(call.id, "ru", kNow + minutes(1));
  ASSERT_TRUE(text);
  EXPECT_EQ(text->code_digits, 10);
}

}  // namespace
}  // namespace identity
