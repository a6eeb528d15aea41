#include "app/adapters/operator_delivery.h"

#include <gtest/gtest.h>

#include "app/operators/testing/hand_operator.h"
#include "identity/challenge/operator_message.h"
#include "vault/testing/vault_world.h"

namespace app {
namespace {

using identity::Channel;
using std::chrono::minutes;
using std::chrono::seconds;
using world::kNow;

/// The handlers over a real database and operators that answer as they are told.
class OperatorDeliveryTest : public testing::Test {
 protected:
  OperatorDeliveryTest() {
    std::vector<RoutedOperator> operators;
    operators.push_back(routed("call", call_));
    operators.push_back(routed("first", first_, 1));
    operators.push_back(routed("second", second_, 2));
    router_ = std::make_unique<OperatorRouter>(
        std::move(operators), world_.databases.rng(), [] { return kNow; }, nullptr);
    service_ = std::make_unique<OperatorDelivery>(*router_, deliveries_, world_.vault, "Береста");
  }

  store::OutboxDelivery delivery(Channel channel, std::string_view language = "ru",
                                 std::string_view code = "48151") {
    const identity::OperatorMessage message{.id = id_,
                                            .channel = channel,
                                            .to = core::Secret<std::string>("+79175550142"),
                                            .code = core::Secret<std::string>(std::string(code)),
                                            .language = std::string(language),
                                            .expires_at = kNow + minutes(5)};
    store::OutboxDelivery made;
    made.kind = identity::kOperatorMessageKind;
    made.dedup_key = id_.to_string();
    made.payload = world_.vault.seal_transient(identity::operator_message_place(id_),
                                               identity::encode_operator_message(message));
    return made;
  }
  static std::string words_of(const store::OutboxOutcome& outcome) {
    if (const auto* again = std::get_if<store::RetryAfter>(&outcome)) {
      return "again: " + again->reason;
    }
    if (const auto* never = std::get_if<store::GiveUp>(&outcome)) return "never: " + never->reason;
    return "delivered";
  }
  /// "delivered", "again: reason" or "never: reason".
  std::string deliver(const store::OutboxDelivery& made, core::Instant now = kNow) {
    return words_of(service_->deliver(made, now).value());
  }
  std::string receive(std::string_view operator_name, std::string_view message_id, bool delivered,
                      core::Instant now = kNow) {
    store::OutboxDelivery made;
    made.payload =
        identity::receipt_message({std::string(operator_name), std::string(message_id), delivered})
            .payload;
    return words_of(service_->take_receipt(made, now).value());
  }
  /// "sms sent", "sms queued busy": what the person is told.
  std::string told() {
    const auto progress = deliveries_.begin(
        {.id = id_, .channel = Channel::kCall, .message_sealed = {}, .expires_at = kNow}, kNow);
    const auto& report = progress->report;
    std::string words(identity::name_of(report.channel));
    words += " " + std::string(identity::name_of(report.state));
    if (report.problem != identity::DeliveryProblem::kNone) {
      words += " " + std::string(identity::name_of(report.problem));
    }
    return words;
  }
  std::int64_t queued_again() {
    return world::number(world_.databases.data(),
                         "SELECT CAST(COUNT(*) AS BIGINT) FROM outbox WHERE kind = $1",
                         {identity::kOperatorMessageKind});
  }

  world::VaultWorld world_;
  HandOperator call_{Channel::kCall};
  HandOperator first_{Channel::kSms};
  HandOperator second_{Channel::kSms};
  identity::DeliveryService deliveries_{world_.databases.data(), world_.databases.rng()};
  std::unique_ptr<OperatorRouter> router_;
  std::unique_ptr<OperatorDelivery> service_;
  identity::ChallengeId id_ = identity::ChallengeId::make(kNow, world_.databases.rng());
};

TEST_F(OperatorDeliveryTest, TextsTheCodeInThePersonsLanguage) {
  EXPECT_EQ(deliver(delivery(Channel::kSms)), "delivered");
  ASSERT_EQ(first_.sent.size(), 1U);
  EXPECT_EQ(first_.sent[0].to.reveal(), "+79175550142");
  EXPECT_EQ(first_.sent[0].text.reveal(), "Береста: ваш код 48151. Никому его не называйте.");
  EXPECT_EQ(told(), "sms sent");
}

TEST_F(OperatorDeliveryTest, TextsALongCodeInGroups) {
  for (const auto& [code, shown] :
       {std::pair{"481516", "481516"}, std::pair{"5220609779", "5220 609 779"},
        std::pair{"522060977901", "5220 6097 7901"},
        std::pair{"52206097790123", "5220 6097 790 123"}}) {
    id_ = identity::ChallengeId::make(kNow, world_.databases.rng());
    EXPECT_EQ(deliver(delivery(Channel::kSms, "en", code)), "delivered");
    EXPECT_EQ(first_.sent.back().text.reveal(),
              "Береста: your code is " + std::string(shown) + ". Tell it to nobody.");
  }
}

TEST_F(OperatorDeliveryTest, TextsInEnglishWhenThatIsThePersonsLanguage) {
  EXPECT_EQ(deliver(delivery(Channel::kSms, "en")), "delivered");
  EXPECT_EQ(first_.sent[0].text.reveal(), "Береста: your code is 48151. Tell it to nobody.");
}

TEST_F(OperatorDeliveryTest, RingsWithTheDigitsOfTheCode) {
  call_.handover.final = true;
  EXPECT_EQ(deliver(delivery(Channel::kCall)), "delivered");
  EXPECT_EQ(call_.sent[0].code.reveal(), "48151");
  EXPECT_EQ(call_.sent[0].id, id_.to_string()) << "the operator delivers it once";
  EXPECT_EQ(told(), "call delivered");
  EXPECT_TRUE(first_.sent.empty());
}

TEST_F(OperatorDeliveryTest, HandsOverOnceEvenIfTheOutboxForgotThatItDid) {
  EXPECT_EQ(deliver(delivery(Channel::kSms)), "delivered");
  EXPECT_EQ(deliver(delivery(Channel::kSms)), "delivered");
  EXPECT_EQ(first_.sent.size(), 1U);
}

TEST_F(OperatorDeliveryTest, TurnsACallThatFailsIntoAnSmsWithTheSameDigits) {
  for (const auto* problem : {"busy", "declined", "not_found", "no_answer"}) {
    id_ = identity::ChallengeId::make(kNow, world_.databases.rng());
    call_.refusal = core::Error{core::ErrorCode::kConflict, "callee." + std::string(problem), {}};
    EXPECT_EQ(deliver(delivery(Channel::kCall)), "delivered");
    EXPECT_EQ(told(), "sms sent " + std::string(problem));
    EXPECT_EQ(first_.sent.back().text.reveal(), "Береста: ваш код 48151. Никому его не называйте.");
  }
  EXPECT_EQ(call_.sent.size(), 4U) << "nobody is rung twice";
}

TEST_F(OperatorDeliveryTest, TextsAtOnceWhenNobodyCanRing) {
  call_.refusal = core::Error{core::ErrorCode::kUnavailable, "sip.unreachable", {}};
  EXPECT_EQ(deliver(delivery(Channel::kCall)), "delivered");
  EXPECT_EQ(told(), "sms sent operator");
}

TEST_F(OperatorDeliveryTest, DoesNotRingAgainAfterTheSmsHadToWait) {
  call_.refusal = core::Error{core::ErrorCode::kConflict, "callee.busy", {}};
  first_.refusal = second_.refusal =
      core::Error{core::ErrorCode::kUnavailable, "gateway.unavailable", {}};
  EXPECT_EQ(deliver(delivery(Channel::kCall)), "again: gateway.unavailable");
  EXPECT_EQ(told(), "sms queued busy");
  first_.refusal.reset();
  EXPECT_EQ(deliver(delivery(Channel::kCall)), "delivered");
  EXPECT_EQ(call_.sent.size(), 1U);
}

TEST_F(OperatorDeliveryTest, SendsNoCodeThatHasExpired) {
  EXPECT_EQ(deliver(delivery(Channel::kSms), kNow + minutes(5)), "never: challenge.expired");
  EXPECT_TRUE(first_.sent.empty());
  EXPECT_EQ(told(), "sms failed operator");
}

TEST_F(OperatorDeliveryTest, AsksTheNextOperatorWhenOneRefuses) {
  first_.refusal = core::Error{core::ErrorCode::kForbidden, "gateway.refused", {}};
  EXPECT_EQ(deliver(delivery(Channel::kSms)), "delivered");
  EXPECT_EQ(second_.sent.size(), 1U);
}

TEST_F(OperatorDeliveryTest, GivesUpWhenEveryOperatorRefuses) {
  first_.refusal = second_.refusal =
      core::Error{core::ErrorCode::kForbidden, "gateway.refused", {}};
  EXPECT_EQ(deliver(delivery(Channel::kSms)), "never: gateway.refused");
  EXPECT_EQ(told(), "sms failed operator");
}

TEST_F(OperatorDeliveryTest, TellsThatAnSmsArrivedOnlyWhenAllItsPartsDid) {
  first_.handover.message_ids = {"a", "b"};
  EXPECT_EQ(deliver(delivery(Channel::kSms)), "delivered");
  EXPECT_EQ(receive("first", "b", true), "delivered");
  EXPECT_EQ(told(), "sms sent");
  EXPECT_EQ(receive("first", "a", true), "delivered");
  EXPECT_EQ(told(), "sms delivered");
}

TEST_F(OperatorDeliveryTest, SendsWhatDidNotArriveByAnotherOperator) {
  first_.handover.message_ids = {"a", "b"};
  EXPECT_EQ(deliver(delivery(Channel::kSms)), "delivered");
  EXPECT_EQ(receive("first", "a", false), "delivered");
  EXPECT_EQ(receive("first", "b", false), "delivered");
  EXPECT_EQ(told(), "sms queued undelivered");
  EXPECT_EQ(queued_again(), 1) << "once, though two parts failed";
  auto again = delivery(Channel::kSms);
  again.dedup_key += ".1";
  EXPECT_EQ(deliver(again), "delivered");
  EXPECT_EQ(first_.sent.size(), 1U);
  EXPECT_EQ(second_.sent.size(), 1U);
}

TEST_F(OperatorDeliveryTest, EndsWhenNoOperatorIsLeft) {
  first_.handover.message_ids = {"a"};
  second_.handover.message_ids = {"a"};
  EXPECT_EQ(deliver(delivery(Channel::kSms)), "delivered");
  EXPECT_EQ(receive("first", "a", false), "delivered");
  EXPECT_EQ(deliver(delivery(Channel::kSms)), "delivered");
  EXPECT_EQ(receive("second", "a", false), "delivered");
  EXPECT_EQ(deliver(delivery(Channel::kSms)), "never: operator.none_left");
  EXPECT_EQ(told(), "sms failed undelivered");
}

TEST_F(OperatorDeliveryTest, LetsABadReceiptBeOnceTheCodeHasExpired) {
  first_.handover.message_ids = {"a"};
  EXPECT_EQ(deliver(delivery(Channel::kSms)), "delivered");
  EXPECT_EQ(receive("first", "a", false, kNow + minutes(6)), "delivered");
  EXPECT_EQ(told(), "sms failed undelivered");
  EXPECT_EQ(queued_again(), 0);
}

TEST_F(OperatorDeliveryTest, AsksLaterForReceiptsItCannotPlaceYet) {
  EXPECT_EQ(receive("first", "unknown", true), "again: delivery.unknown");
  store::OutboxDelivery nonsense;
  nonsense.payload = {1, 2, 3};
  EXPECT_EQ(words_of(service_->take_receipt(nonsense, kNow).value()),
            "never: operator_receipt.malformed");
}

TEST_F(OperatorDeliveryTest, WaitsWhileNoOperatorIsConfigured) {
  OperatorRouter nobody(
      {}, world_.databases.rng(), [] { return kNow; }, nullptr);
  OperatorDelivery waiting(nobody, deliveries_, world_.vault, "Береста");
  EXPECT_EQ(words_of(waiting.deliver(delivery(Channel::kCall), kNow).value()),
            "again: operator.none");
}

TEST_F(OperatorDeliveryTest, SendsNothingThatWasAlteredOrBelongsElsewhere) {
  auto altered = delivery(Channel::kSms);
  altered.payload.back() ^= 1U;
  EXPECT_EQ(deliver(altered), "never: crypto.open_failed");
  auto moved = delivery(Channel::kSms);
  moved.dedup_key = identity::ChallengeId::make(kNow, world_.databases.rng()).to_string();
  EXPECT_EQ(deliver(moved), "never: crypto.open_failed");
  for (const auto* key : {"x", "", "018f3c2e-0000-7000-8000-0000000000001"}) {
    auto nameless = delivery(Channel::kSms);
    nameless.dedup_key = key;
    EXPECT_EQ(deliver(nameless), "never: operator_message.malformed");
  }
  EXPECT_TRUE(first_.sent.empty());
}

TEST_F(OperatorDeliveryTest, IsRetriedForAboutAsLongAsACodeLives) {
  const auto policy = OperatorDelivery::policy();
  EXPECT_LE(policy.backoff_max, minutes(1));
  EXPECT_GE(policy.attempts_max, 5);
}

}  // namespace
}  // namespace app
