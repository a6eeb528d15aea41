#include "edges/sip_call/flash_call.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace edges::sip_call {
namespace {

using std::chrono::seconds;

/// A call, its trunk and the clock, all in the test's hands.
class FlashCallTest : public testing::Test {
 protected:
  FlashCallTest() {
    profile_.domain = "trunk.example";
    profile_.transport = "UDP";
    profile_.local = "192.0.2.1:5070";
    profile_.credentials = {"beresta", core::Secret<std::string>("secret")};
    call_.emplace(profile_,
                  CallPlan{core::Secret<std::string>("+79175550142"), "+78432041736",
                           "0123456789abcdef01234567"},
                  now_);
    invite_ = take().front();
  }
  std::vector<std::string> take() { return call_->take_output(); }
  /// The methods of what was sent since the last call: "ACK BYE".
  std::string sent() {
    std::string words;
    for (const auto& message : take()) {
      words += (words.empty() ? "" : " ") + message.substr(0, message.find(' '));
      last_ = message;
    }
    return words;
  }
  static std::string line(const std::string& message, std::string_view name) {
    const auto at = message.find("\r\n" + std::string(name) + ": ");
    if (at == std::string::npos) return {};
    const auto begin = at + name.size() + 4;
    return message.substr(begin, message.find("\r\n", begin) - begin);
  }
  /// An answer to `request`, as a trunk makes it from its headers.
  void answer(const std::string& request, std::string_view status, std::string_view extra = "",
              std::string_view tag = "callee") {
    const auto text = fmt::format(
        "SIP/2.0 {}\r\nVia: {}\r\nFrom: {}\r\nTo: {};tag={}\r\nCall-ID: {}\r\nCSeq: {}\r\n{}"
        "Content-Length: 0\r\n\r\n",
        status, line(request, "Via"), line(request, "From"), line(request, "To"), tag,
        line(request, "Call-ID"), line(request, "CSeq"), extra);
    const auto message = parse_sip(text);
    ASSERT_TRUE(message) << text;
    call_->on_message(*message, now_);
  }
  void answer(std::string_view status) { answer(invite_, status); }
  void pass(milliseconds time) {
    now_ += time;
    call_->tick(now_);
  }
  /// "", "rang" or the reason.
  std::string outcome() {
    if (!call_->outcome()) return {};
    return call_->outcome()->has_value() ? "rang" : call_->outcome()->error().reason;
  }
  void expect(std::string_view status, std::string_view reason) {
    answer(status);
    EXPECT_EQ(outcome(), reason) << status;
    EXPECT_EQ(sent(), "ACK") << status;
  }

  TrunkProfile profile_;
  Moment now_{std::chrono::hours(1)};
  std::optional<FlashCall> call_;
  std::string invite_;
  std::string last_;
};

TEST_F(FlashCallTest, IsHungUpWhenWeLeave) {
  answer("180 Ringing");
  call_->hang_up(now_);
  EXPECT_EQ(sent(), "CANCEL");
  answer(last_, "200 OK");
  answer("487 Request Terminated");
  EXPECT_EQ(sent(), "ACK");
  EXPECT_EQ(outcome(), "rang") << "the number was seen";
}

TEST_F(FlashCallTest, IsGivenUpWhenWeLeaveBeforeTheTrunkSaidAnything) {
  call_->hang_up(now_);
  EXPECT_EQ(sent(), "") << "RFC 3261, section 9.1";
  EXPECT_EQ(outcome(), "sip.unreachable");
  EXPECT_TRUE(call_->is_over());
}

TEST_F(FlashCallTest, InvitesFromTheNumberThatIsTheCode) {
  EXPECT_TRUE(invite_.starts_with("INVITE sip:+79175550142@trunk.example;user=phone SIP/2.0\r\n"));
  EXPECT_EQ(line(invite_, "From"), "<sip:+78432041736@trunk.example;user=phone>;tag=0123456789");
  EXPECT_EQ(line(invite_, "P-Asserted-Identity"), "<sip:+78432041736@trunk.example;user=phone>");
  EXPECT_EQ(line(invite_, "CSeq"), "1 INVITE");
  EXPECT_TRUE(line(invite_, "Via").starts_with("SIP/2.0/UDP 192.0.2.1:5070;branch=z9hG4bK"));
  const auto body = invite_.substr(invite_.find("\r\n\r\n") + 4);
  EXPECT_EQ(line(invite_, "Content-Length"), std::to_string(body.size()));
  EXPECT_NE(body.find("a=inactive"), std::string::npos);
}

TEST_F(FlashCallTest, RingsAndHangsUp) {
  answer("100 Trying");
  answer("180 Ringing");
  pass(milliseconds(1499));
  EXPECT_EQ(sent(), "");
  pass(milliseconds(1));
  EXPECT_EQ(sent(), "CANCEL");
  EXPECT_EQ(line(last_, "Via"), line(invite_, "Via")) << "the same transaction";
  EXPECT_EQ(line(last_, "CSeq"), "1 CANCEL");
  EXPECT_EQ(outcome(), "");
  answer(last_, "200 OK");
  answer("487 Request Terminated");
  EXPECT_EQ(sent(), "ACK");
  EXPECT_EQ(line(last_, "To"), line(invite_, "To") + ";tag=callee");
  EXPECT_EQ(outcome(), "rang");
}

TEST_F(FlashCallTest, UnderstandsTheEndBeforeTheAnswerToCancel) {
  answer("180 Ringing");
  pass(milliseconds(1500));
  EXPECT_EQ(sent(), "CANCEL");
  const auto cancel = last_;
  answer("487 Request Terminated");
  EXPECT_EQ(outcome(), "rang");
  EXPECT_EQ(sent(), "ACK");
  answer(cancel, "200 OK");
  EXPECT_EQ(sent(), "");
}

TEST_F(FlashCallTest, HangsUpWhenSomebodyIsQuicker) {
  answer("180 Ringing");
  answer(invite_, "200 OK",
         "Contact: <sip:callee@192.0.2.9:5080>\r\nRecord-Route: <sip:p1;lr>\r\n"
         "Record-Route: <sip:p2;lr>\r\n");
  const auto messages = take();
  ASSERT_EQ(messages.size(), 2U);
  EXPECT_TRUE(messages[0].starts_with("ACK sip:callee@192.0.2.9:5080 SIP/2.0\r\n"));
  EXPECT_TRUE(messages[1].starts_with("BYE sip:callee@192.0.2.9:5080 SIP/2.0\r\n"));
  EXPECT_NE(line(messages[0], "Via"), line(invite_, "Via")) << "a transaction of its own";
  EXPECT_EQ(line(messages[1], "CSeq"), "2 BYE");
  EXPECT_NE(messages[1].find("Route: <sip:p2;lr>\r\nRoute: <sip:p1;lr>\r\n"), std::string::npos);
  EXPECT_EQ(outcome(), "rang");
  answer(messages[1], "200 OK");
  pass(seconds(32));
  EXPECT_TRUE(call_->is_over());
}

TEST_F(FlashCallTest, HangsUpWhenTheAnswerCrossesTheCancel) {
  answer("180 Ringing");
  pass(milliseconds(1500));
  EXPECT_EQ(sent(), "CANCEL");
  answer(last_, "481 Call/Transaction Does Not Exist");
  answer("200 OK");
  EXPECT_EQ(sent(), "ACK BYE");
  EXPECT_EQ(outcome(), "rang");
}

TEST_F(FlashCallTest, AnswersARepeatedAnswerAgainButHangsUpOnce) {
  answer("200 OK");
  EXPECT_EQ(sent(), "ACK BYE");
  answer("200 OK");
  EXPECT_EQ(sent(), "ACK");
  answer(invite_, "200 OK", "", "another-phone");
  EXPECT_EQ(sent(), "ACK BYE") << "a forked call has two ends";
}

TEST_F(FlashCallTest, TellsFailuresApart) {
  const std::vector<std::pair<std::string, std::string>> meanings{
      {"486 Busy Here", "callee.busy"},
      {"600 Busy Everywhere", "callee.busy"},
      {"603 Decline", "callee.declined"},
      {"607 Unwanted", "callee.declined"},
      {"404 Not Found", "callee.not_found"},
      {"604 Does Not Exist Anywhere", "callee.not_found"},
      {"480 Temporarily Unavailable", "callee.no_answer"},
      {"408 Request Timeout", "callee.no_answer"},
      {"487 Request Terminated", "callee.no_answer"},
      {"403 Forbidden", "sip.refused"},
      {"302 Moved Temporarily", "sip.failed"},
      {"500 Server Internal Error", "sip.failed"},
      {"503 Service Unavailable", "sip.failed"}};
  for (const auto& [status, reason] : meanings) {
    call_.emplace(profile_,
                  CallPlan{core::Secret<std::string>("+79175550142"), "+78432041736",
                           "0123456789abcdef01234567"},
                  now_);
    invite_ = take().front();
    expect(status, reason);
    EXPECT_EQ(call_->outcome()->error().detail, "status " + status.substr(0, 3));
  }
}

TEST_F(FlashCallTest, AcknowledgesARepeatedRefusalEachTime) {
  expect("486 Busy Here", "callee.busy");
  answer("486 Busy Here");
  EXPECT_EQ(sent(), "ACK");
  answer("180 Ringing");
  EXPECT_EQ(sent(), "") << "late and out of order";
  pass(seconds(32));
  EXPECT_TRUE(call_->is_over());
  EXPECT_EQ(outcome(), "callee.busy");
}

TEST_F(FlashCallTest, RepeatsTheInviteUntilTheTrunkSpeaks) {
  pass(milliseconds(500));
  EXPECT_EQ(sent(), "INVITE");
  pass(milliseconds(999));
  EXPECT_EQ(sent(), "");
  pass(milliseconds(1));
  EXPECT_EQ(sent(), "INVITE");
  answer("100 Trying");
  pass(seconds(3));
  EXPECT_EQ(sent(), "");
}

TEST_F(FlashCallTest, GivesATrunkUpThatDoesNotSpeak) {
  pass(milliseconds(3999));
  EXPECT_EQ(outcome(), "");
  pass(milliseconds(1));
  EXPECT_EQ(outcome(), "sip.silent");
  (void)take();
  pass(seconds(10));
  EXPECT_EQ(sent(), "") << "neither INVITE again nor a CANCEL nobody may send yet";
}

TEST_F(FlashCallTest, CancelsWhenATrunkThatWasGivenUpSpeaksAfterAll) {
  pass(milliseconds(4000));
  (void)take();
  answer("180 Ringing");
  EXPECT_EQ(sent(), "CANCEL");
  answer("487 Request Terminated");
  EXPECT_EQ(sent(), "ACK");
  EXPECT_EQ(outcome(), "sip.silent") << "what was said is not unsaid";
}

TEST_F(FlashCallTest, GivesUpACallThatNeverRings) {
  answer("100 Trying");
  pass(milliseconds(14'999));
  EXPECT_EQ(outcome(), "");
  pass(milliseconds(1));
  EXPECT_EQ(outcome(), "callee.no_answer");
  EXPECT_EQ(sent(), "CANCEL");
  answer("487 Request Terminated");
  EXPECT_EQ(outcome(), "callee.no_answer");
}

TEST_F(FlashCallTest, SaysThatItRangEvenIfTheCancelIsNeverAnswered) {
  answer("180 Ringing");
  pass(milliseconds(1500));
  pass(seconds(32));
  EXPECT_EQ(outcome(), "rang");
  EXPECT_TRUE(call_->is_over());
}

TEST_F(FlashCallTest, RepeatsTheCancelWithinBounds) {
  answer("180 Ringing");
  pass(milliseconds(1500));
  int cancels = static_cast<int>(take().size());
  for (int i = 0; i < 320; ++i) {
    pass(milliseconds(100));
    cancels += static_cast<int>(take().size());
  }
  EXPECT_GE(cancels, 8);
  EXPECT_LE(cancels, 12);
}

TEST_F(FlashCallTest, AuthenticatesAtTheTrunk) {
  answer(invite_, "401 Unauthorized",
         "WWW-Authenticate: Digest realm=\"trunk\", nonce=\"n1\", qop=\"auth\"\r\n");
  const auto messages = take();
  ASSERT_EQ(messages.size(), 2U);
  EXPECT_TRUE(messages[0].starts_with("ACK "));
  EXPECT_EQ(line(messages[1], "CSeq"), "2 INVITE");
  EXPECT_NE(line(messages[1], "Via"), line(invite_, "Via"));
  EXPECT_TRUE(line(messages[1], "Authorization").starts_with("Digest username=\"beresta\""));
  invite_ = messages[1];
  answer("180 Ringing");
  pass(milliseconds(1500));
  EXPECT_EQ(sent(), "CANCEL");
  EXPECT_EQ(line(last_, "CSeq"), "2 CANCEL");
}

TEST_F(FlashCallTest, EndsWhenThePasswordIsWrong) {
  constexpr std::string_view kChallenge =
      "Proxy-Authenticate: Digest realm=\"trunk\", nonce=\"n1\", qop=\"auth\"\r\n";
  answer(invite_, "407 Proxy Authentication Required", kChallenge);
  invite_ = take().back();
  EXPECT_FALSE(line(invite_, "Proxy-Authorization").empty());
  answer(invite_, "407 Proxy Authentication Required", kChallenge);
  EXPECT_EQ(sent(), "ACK");
  EXPECT_EQ(outcome(), "sip.unauthorised");
}

TEST_F(FlashCallTest, TriesOnceMoreWhenOnlyTheNonceWasOld) {
  constexpr std::string_view kStale =
      "WWW-Authenticate: Digest realm=\"t\", nonce=\"n2\", stale=true\r\n";
  for (int i = 0; i < 2; ++i) {
    answer(invite_, "401 Unauthorized", kStale);
    invite_ = take().back();
    EXPECT_TRUE(invite_.starts_with("INVITE "));
  }
  answer(invite_, "401 Unauthorized", kStale);
  EXPECT_EQ(outcome(), "sip.unauthorised") << "not for ever";
}

TEST_F(FlashCallTest, DoesNotAnswerChallengesItCannotOrWithoutAName) {
  answer(invite_, "401 Unauthorized", "WWW-Authenticate: Basic realm=\"t\"\r\n");
  EXPECT_EQ(outcome(), "sip.unauthorised");
}

TEST_F(FlashCallTest, IgnoresWhatBelongsToAnotherTransaction) {
  auto other = invite_;
  other.replace(other.find("z9hG4bK"), 7, "z9hG4bX");
  answer(other, "486 Busy Here");
  EXPECT_EQ(outcome(), "");
  other = invite_;
  other.replace(other.find("CSeq: 1"), 7, "CSeq: 9");
  answer(other, "200 OK");
  EXPECT_EQ(outcome(), "");
  EXPECT_EQ(sent(), "");
}

TEST_F(FlashCallTest, AnswersTheOtherSidesGoodbye) {
  const auto bye = [&] {
    const auto message = parse_sip(fmt::format(
        "BYE sip:x SIP/2.0\r\nVia: SIP/2.0/UDP h;branch=z9hG4bKb\r\nFrom: <sip:a>;tag=callee\r\n"
        "To: <sip:b>;tag=0123456789\r\nCall-ID: {}\r\nCSeq: 7 BYE\r\n\r\n",
        call_->call_id()));
    call_->on_message(*message, now_);
    return take().back();
  };
  EXPECT_TRUE(bye().starts_with("SIP/2.0 481 "));
  answer("200 OK");
  EXPECT_TRUE(bye().starts_with("SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP h;branch=z9hG4bKb\r\n"));
}

TEST_F(FlashCallTest, EndsWithTheTrunk) {
  call_->lose_trunk();
  EXPECT_EQ(outcome(), "sip.unreachable");
  EXPECT_TRUE(call_->is_over());
}

}  // namespace
}  // namespace edges::sip_call
