#include "edges/smpp/session.h"

#include <gtest/gtest.h>

#include "edges/smpp/testing/centre.h"

namespace edges::smpp {
namespace {

using std::chrono::seconds;
using testing::deliver_body;
using testing::pdu;
using testing::text_body;

constexpr std::uint32_t kBindResp = 0x80000009;
constexpr std::uint32_t kSubmitResp = 0x80000004;
constexpr std::uint32_t kDeliver = 5;

/// A session, its centre and the clock, all in the test's hands.
class SessionTest : public ::testing::Test {
 protected:
  SessionTest() {
    config_.bind = {"beresta", core::Secret<std::string>("secret"), ""};
    config_.window = 3;
    config_.per_second = 1000;
    session_.emplace(config_, now_);
  }
  /// The commands the session wrote since the last call: "9#1 4#2", command and sequence number.
  std::string written() {
    PduReader reader;
    reader.append(session_->take_output());
    std::string words;
    for (auto next = reader.next(); next && !next->empty(); next = reader.next()) {
      PduHeader header;
      (void)parse_pdu(*next, &header);
      if (!words.empty()) words += " ";
      words += core::to_hex(next->subspan(4, 4)).substr(header.command_id > 0xFF ? 0 : 7);
      if (header.command_status != 0) words += "!" + std::to_string(header.command_status);
      words += "#" + std::to_string(header.sequence_number);
    }
    return words;
  }
  void bind() {
    session_->receive(pdu(kBindResp, 0, 1, text_body("smsc")), now_);
    (void)session_->take_output();
  }
  void submit() {
    const auto number = outcomes_.size();
    outcomes_.emplace_back("waiting");
    session_->submit(
        {.source = "Beresta",
         .destination = core::Secret<std::string>("+79175550142"),
         .short_message = core::Secret<core::Bytes>({'h', 'i'})},
        [this, number](core::Result<std::string> outcome) {
          outcomes_[number] = outcome ? *outcome : outcome.error().reason;
        },
        now_);
  }
  void pass(milliseconds time) {
    now_ += time;
    session_->tick(now_);
  }
  std::string failure() { return session_->failure() ? session_->failure()->reason : "none"; }

  SessionConfig config_;
  Moment now_{std::chrono::hours(1)};
  std::optional<Session> session_;
  std::vector<std::string> outcomes_;
};

TEST_F(SessionTest, BindsFirst) {
  EXPECT_EQ(written(), "9#1");
  EXPECT_FALSE(session_->can_submit(now_));
  bind();
  EXPECT_TRUE(session_->is_bound());
  EXPECT_TRUE(session_->can_submit(now_));
}

TEST_F(SessionTest, EndsWhenTheBindIsRefused) {
  session_->receive(pdu(kBindResp, 0x0D, 1), now_);
  EXPECT_EQ(failure(), "smpp.bind_refused");
}

TEST_F(SessionTest, EndsWhenNobodyAnswersTheBind) {
  pass(milliseconds(4999));
  EXPECT_EQ(failure(), "none");
  pass(milliseconds(1));
  EXPECT_EQ(failure(), "smpp.silent");
}

TEST_F(SessionTest, DoesNotTakeTheAnswerToAnotherBind) {
  session_->receive(pdu(kBindResp, 0, 2), now_);
  EXPECT_FALSE(session_->is_bound());
}

TEST_F(SessionTest, KeepsTheWindow) {
  bind();
  for (int i = 0; i < 3; ++i) submit();
  EXPECT_FALSE(session_->can_submit(now_));
  session_->receive(pdu(kSubmitResp, 0, 3, text_body("b")), now_);
  EXPECT_TRUE(session_->can_submit(now_));
  EXPECT_EQ(outcomes_, (std::vector<std::string>{"waiting", "b", "waiting"}));
}

TEST_F(SessionTest, MatchesAnswersInAnyOrder) {
  bind();
  for (int i = 0; i < 3; ++i) submit();
  session_->receive(pdu(kSubmitResp, 0, 4, text_body("c")), now_);
  session_->receive(pdu(kSubmitResp, 0, 2, text_body("a")), now_);
  session_->receive(pdu(kSubmitResp, 0, 3, text_body("b")), now_);
  EXPECT_EQ(outcomes_, (std::vector<std::string>{"a", "b", "c"}));
}

TEST_F(SessionTest, IgnoresAnswersToWhatItNeverAskedAndSecondOnes) {
  bind();
  submit();
  session_->receive(pdu(kSubmitResp, 0, 99, text_body("x")), now_);
  session_->receive(pdu(kSubmitResp, 0, 2, text_body("a")), now_);
  session_->receive(pdu(kSubmitResp, kEsmeRthrottled, 2), now_);
  EXPECT_EQ(outcomes_, std::vector<std::string>{"a"});
  EXPECT_TRUE(session_->can_submit(now_)) << "a repeated answer slows nobody down";
}

TEST_F(SessionTest, KeepsTheRate) {
  config_.per_second = 10;
  config_.window = 100;
  session_.emplace(config_, now_);
  bind();
  int sent = 0;
  for (int ms = 0; ms < 10'000; ++ms, now_ += milliseconds(1)) {
    while (session_->can_submit(now_)) {
      submit();
      ++sent;
    }
    session_->receive(pdu(kSubmitResp, 0, static_cast<std::uint32_t>(1 + sent), text_body("a")),
                      now_);
  }
  EXPECT_NEAR(sent, 100, 3);
}

TEST_F(SessionTest, SlowsDownWhenThrottledAndLongerEachTime) {
  bind();
  submit();
  session_->receive(pdu(kSubmitResp, kEsmeRthrottled, 2), now_);
  EXPECT_EQ(outcomes_[0], "smpp.throttled");
  EXPECT_FALSE(session_->can_submit(now_ + milliseconds(999)));
  now_ += milliseconds(1000);
  ASSERT_TRUE(session_->can_submit(now_));
  submit();
  session_->receive(pdu(kSubmitResp, kEsmeRmsgqful, 3), now_);
  EXPECT_FALSE(session_->can_submit(now_ + milliseconds(1999)));
  now_ += milliseconds(2000);
  ASSERT_TRUE(session_->can_submit(now_));
  submit();
  session_->receive(pdu(kSubmitResp, 0, 4, text_body("a")), now_);
  submit();
  session_->receive(pdu(kSubmitResp, kEsmeRthrottled, 5), now_);
  EXPECT_TRUE(session_->can_submit(now_ + milliseconds(1000))) << "a success forgets";
}

TEST_F(SessionTest, CountsABurstOfThrottlesOnce) {
  bind();
  for (int i = 0; i < 3; ++i) submit();
  for (std::uint32_t i = 2; i < 5; ++i) {
    session_->receive(pdu(kSubmitResp, kEsmeRthrottled, i), now_);
  }
  EXPECT_TRUE(session_->can_submit(now_ + milliseconds(1000)));
}

TEST_F(SessionTest, TellsTroubleFromRefusal) {
  bind();
  for (int i = 0; i < 3; ++i) submit();
  session_->receive(pdu(kSubmitResp, kEsmeRsyserr, 2), now_);
  session_->receive(pdu(kSubmitResp, 0x0B, 3), now_);
  session_->receive(pdu(0x80000000, 3, 4), now_);
  EXPECT_EQ(outcomes_, (std::vector<std::string>{"smpp.failed", "smpp.refused", "smpp.failed"}));
}

TEST_F(SessionTest, EndsAMessageThatIsNotAnswered) {
  bind();
  submit();
  pass(seconds(4));
  EXPECT_EQ(outcomes_[0], "waiting");
  pass(seconds(1));
  EXPECT_EQ(outcomes_[0], "smpp.timeout");
  session_->receive(pdu(kSubmitResp, 0, 2, text_body("late")), now_);
  EXPECT_EQ(outcomes_[0], "smpp.timeout");
}

TEST_F(SessionTest, EndsEverythingWhenTheLinkIsLost) {
  bind();
  for (int i = 0; i < 2; ++i) submit();
  session_->lose_link();
  EXPECT_EQ(outcomes_, (std::vector<std::string>{"smpp.link_lost", "smpp.link_lost"}));
}

TEST_F(SessionTest, AsksWhetherTheCentreLivesAfterSilence) {
  bind();
  pass(seconds(29));
  EXPECT_EQ(written(), "");
  pass(seconds(1));
  EXPECT_EQ(written(), "5#2") << "0x15, its last digit";
  session_->receive(pdu(0x80000015, 0, 2), now_);
  pass(seconds(29));
  EXPECT_EQ(failure(), "none");
}

TEST_F(SessionTest, EndsWhenTheCentreDoesNotSayThatItLives) {
  bind();
  pass(seconds(30));
  pass(milliseconds(4999));
  EXPECT_EQ(failure(), "none");
  pass(milliseconds(1));
  EXPECT_EQ(failure(), "smpp.silent");
}

TEST_F(SessionTest, AnswersTheCentresQuestions) {
  bind();
  session_->receive(pdu(0x15, 0, 77), now_);
  EXPECT_EQ(written(), "80000015#77");
  session_->receive(pdu(0x103, 0, 78, {1, 2, 3}), now_);
  EXPECT_EQ(written(), "80000000!3#78") << "generic_nack";
  session_->receive(pdu(kDeliver, 0, 79, {1, 2, 3}), now_);
  EXPECT_EQ(written(), "80000000!2#79");
  session_->receive(pdu(0x80000103, 0, 80), now_);
  EXPECT_EQ(written(), "") << "an answer is not answered";
}

TEST_F(SessionTest, EndsPolitelyWhenTheCentreUnbinds) {
  bind();
  submit();
  (void)session_->take_output();
  session_->receive(pdu(6, 0, 5), now_);
  EXPECT_EQ(written(), "80000006#5");
  EXPECT_EQ(failure(), "smpp.unbound");
  EXPECT_EQ(outcomes_[0], "smpp.link_lost");
}

TEST_F(SessionTest, HandsReceiptsOverAndAnswersThemWhenTheyAreKept) {
  bind();
  session_->receive(pdu(kDeliver, 0, 5, deliver_body(kEsmReceipt, "id:a stat:DELIVRD")), now_);
  session_->receive(pdu(kDeliver, 0, 6, deliver_body(kEsmReceipt, "id:b stat:UNDELIV")), now_);
  EXPECT_EQ(written(), "");
  const auto receipts = session_->take_receipts();
  ASSERT_EQ(receipts.size(), 2U);
  EXPECT_EQ(receipts[1].receipt.message_id, "b");
  session_->answer_receipt(5, true);
  session_->answer_receipt(6, false);
  EXPECT_EQ(written(), "80000005#5 80000005!100#6");
}

TEST_F(SessionTest, TakesWhatPeopleWriteBackAndForgetsIt) {
  bind();
  session_->receive(pdu(kDeliver, 0, 5, deliver_body(0, "hello?")), now_);
  EXPECT_EQ(written(), "80000005#5");
  EXPECT_TRUE(session_->take_receipts().empty());
}

TEST_F(SessionTest, EndsWhenTheStreamMakesNoSense) {
  bind();
  submit();
  session_->receive(core::Bytes{0, 0, 0, 3, 1, 2, 3}, now_);
  EXPECT_EQ(failure(), "smpp.length");
  EXPECT_EQ(outcomes_[0], "smpp.link_lost");
  session_->receive(pdu(kSubmitResp, 0, 2, text_body("a")), now_);
  EXPECT_EQ(outcomes_[0], "smpp.link_lost");
}

TEST_F(SessionTest, ReadsAnswersSplitAtEveryByte) {
  bind();
  submit();
  const auto answer = pdu(kSubmitResp, 0, 2, text_body("a"));
  for (const auto byte : answer) session_->receive(core::Bytes{byte}, now_);
  EXPECT_EQ(outcomes_[0], "a");
}

}  // namespace
}  // namespace edges::smpp
