#include "app/adapters/operator_delivery.h"

#include <gtest/gtest.h>

#include "identity/challenge/operator_message.h"
#include "vault/testing/vault_world.h"

namespace app {
namespace {

using std::chrono::minutes;
using world::kNow;

/// An operator that notes what it is given and answers as it is told.
class HandGateway final : public edges::sms_http::Gateway {
 public:
  [[nodiscard]] core::Result<edges::sms_http::Accepted> send(
      const edges::sms_http::OutgoingMessage& message) override {
    sent.push_back(message);
    if (refusal) return core::fail(*refusal);
    return edges::sms_http::Accepted{"op-1"};
  }

  std::optional<core::Error> refusal;
  std::vector<edges::sms_http::OutgoingMessage> sent;
};

class OperatorDeliveryTest : public testing::Test {
 protected:
  store::OutboxDelivery delivery(identity::Channel channel, std::string_view language = "ru") {
    const identity::OperatorMessage message{.id = id_,
                                            .channel = channel,
                                            .to = core::Secret<std::string>("+79175550142"),
                                            .code = core::Secret<std::string>("481516"),
                                            .language = std::string(language),
                                            .expires_at = kNow + minutes(5)};
    store::OutboxDelivery made;
    made.kind = identity::kOperatorMessageKind;
    made.dedup_key = id_.to_string();
    made.payload = world_.vault.seal_transient(identity::operator_message_place(id_),
                                               identity::encode_operator_message(message));
    return made;
  }
  /// "delivered", "again: reason" or "never: reason".
  std::string deliver(const store::OutboxDelivery& made, core::Instant now = kNow) {
    const auto outcome = service_.deliver(made, now).value();
    if (const auto* again = std::get_if<store::RetryAfter>(&outcome)) {
      return "again: " + again->reason;
    }
    if (const auto* never = std::get_if<store::GiveUp>(&outcome)) return "never: " + never->reason;
    return "delivered";
  }

  world::VaultWorld world_;
  HandGateway gateway_;
  OperatorDelivery service_{&gateway_, world_.vault, "Береста"};
  identity::ChallengeId id_ = identity::ChallengeId::make(kNow, world_.databases.rng());
};

TEST_F(OperatorDeliveryTest, TextsTheCodeInThePersonsLanguage) {
  EXPECT_EQ(deliver(delivery(identity::Channel::kSms)), "delivered");
  EXPECT_EQ(deliver(delivery(identity::Channel::kSms, "en")), "delivered");
  ASSERT_EQ(gateway_.sent.size(), 2U);
  EXPECT_EQ(gateway_.sent[0].to.reveal(), "+79175550142");
  EXPECT_EQ(gateway_.sent[0].text.reveal(), "Береста: ваш код 481516. Никому его не называйте.");
  EXPECT_EQ(gateway_.sent[1].text.reveal(), "Береста: your code is 481516. Tell it to nobody.");
}

TEST_F(OperatorDeliveryTest, RingsWithTheDigitsOfTheCode) {
  EXPECT_EQ(deliver(delivery(identity::Channel::kCall)), "delivered");
  EXPECT_EQ(gateway_.sent[0].channel, edges::sms_http::Channel::kCall);
  EXPECT_EQ(gateway_.sent[0].code.reveal(), "481516");
  EXPECT_EQ(gateway_.sent[0].id, id_.to_string()) << "the operator delivers it once";
}

TEST_F(OperatorDeliveryTest, SendsNoCodeThatHasExpired) {
  EXPECT_EQ(deliver(delivery(identity::Channel::kSms), kNow + minutes(5)),
            "never: challenge.expired");
  EXPECT_TRUE(gateway_.sent.empty());
}

TEST_F(OperatorDeliveryTest, TriesAgainWhenTheOperatorDoesNotAnswer) {
  gateway_.refusal = core::Error{core::ErrorCode::kUnavailable, "gateway.unavailable", {}};
  EXPECT_EQ(deliver(delivery(identity::Channel::kSms)), "again: gateway.unavailable");
  gateway_.refusal.reset();
  EXPECT_EQ(deliver(delivery(identity::Channel::kSms)), "delivered");
}

TEST_F(OperatorDeliveryTest, GivesUpWhenTheOperatorSaysNo) {
  gateway_.refusal = core::Error{core::ErrorCode::kForbidden, "gateway.refused", {}};
  EXPECT_EQ(deliver(delivery(identity::Channel::kSms)), "never: gateway.refused");
  gateway_.refusal = core::Error{core::ErrorCode::kInvalidInput, "gateway.no_channel", {}};
  EXPECT_EQ(deliver(delivery(identity::Channel::kCall)), "never: gateway.no_channel");
}

TEST_F(OperatorDeliveryTest, WaitsWhileNoOperatorIsConfigured) {
  OperatorDelivery nobody(nullptr, world_.vault, "Береста");
  const auto outcome = nobody.deliver(delivery(identity::Channel::kSms), kNow).value();
  ASSERT_TRUE(std::holds_alternative<store::RetryAfter>(outcome));
  EXPECT_EQ(std::get<store::RetryAfter>(outcome).reason, "gateway.no_channel");
}

TEST_F(OperatorDeliveryTest, SendsNothingThatWasAlteredOrBelongsElsewhere) {
  auto altered = delivery(identity::Channel::kSms);
  altered.payload.back() ^= 1U;
  EXPECT_EQ(deliver(altered), "never: crypto.open_failed");
  auto moved = delivery(identity::Channel::kSms);
  moved.dedup_key = identity::ChallengeId::make(kNow, world_.databases.rng()).to_string();
  EXPECT_EQ(deliver(moved), "never: crypto.open_failed");
  auto nameless = delivery(identity::Channel::kSms);
  nameless.dedup_key = "x";
  EXPECT_EQ(deliver(nameless), "never: operator_message.malformed");
  EXPECT_TRUE(gateway_.sent.empty());
}

TEST_F(OperatorDeliveryTest, IsRetriedForAboutAsLongAsACodeLives) {
  const auto policy = OperatorDelivery::policy();
  EXPECT_LE(policy.backoff_max, minutes(1));
  EXPECT_GE(policy.attempts_max, 5);
}

}  // namespace
}  // namespace app
