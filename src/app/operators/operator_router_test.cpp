#include "app/operators/operator_router.h"

#include <gtest/gtest.h>

#include <map>

#include "app/operators/testing/hand_operator.h"
#include "audit/testing/databases.h"

namespace app {
namespace {

using identity::Channel;
using std::chrono::seconds;

const core::Error kDown{core::ErrorCode::kUnavailable, "gateway.unavailable", {}};
const core::Error kRefused{core::ErrorCode::kForbidden, "gateway.refused", {}};

class CountingMeter final : public OperatorMeter {
 public:
  void operator_answered(std::string_view name, std::string_view outcome) override {
    ++counts[std::string(name) + " " + std::string(outcome)];
  }
  std::map<std::string, int> counts;
};

class OperatorRouterTest : public testing::Test {
 protected:
  void route(std::vector<std::pair<HandOperator*, std::pair<int, int>>> hands) {
    std::vector<RoutedOperator> operators;
    char name = 'a';
    for (const auto& [hand, place] : hands) {
      operators.push_back(routed(std::string(1, name++), *hand, place.first, place.second));
    }
    router_ = std::make_unique<OperatorRouter>(
        std::move(operators), rng_, [this] { return now_; }, &meter_,
        http::CircuitPolicy{2, seconds(10)});
  }
  /// Who took it, or the reason why nobody did.
  std::string send(Channel channel = Channel::kSms, std::vector<std::string> tried = {}) {
    const auto outcome = router_->send(channel, order_, tried);
    return outcome.handover ? outcome.operator_name : outcome.handover.error().reason;
  }

  world::SeededRng rng_;
  core::Instant now_ = core::Instant::from_seconds(1'000'000);
  CountingMeter meter_;
  HandOperator one_{Channel::kSms};
  HandOperator two_{Channel::kSms};
  HandOperator ring_{Channel::kCall};
  PhoneOrder order_{"id", {}, {}, core::Secret<std::string>("00042")};
  std::unique_ptr<OperatorRouter> router_;
};

TEST_F(OperatorRouterTest, AsksTheLowerPriorityFirst) {
  route({{&one_, {2, 100}}, {&two_, {1, 100}}});
  for (int i = 0; i < 20; ++i) EXPECT_EQ(send(), "b");
}

TEST_F(OperatorRouterTest, SharesAmongEquals) {
  route({{&one_, {1, 75}}, {&two_, {1, 25}}});
  std::map<std::string, int> taken;
  for (int i = 0; i < 4000; ++i) ++taken[send()];
  EXPECT_NEAR(taken["a"], 3000, 150);
  EXPECT_EQ(taken["a"] + taken["b"], 4000);
}

TEST_F(OperatorRouterTest, GoesOnToTheNextWhenOneDoesNotAnswer) {
  route({{&one_, {1, 100}}, {&two_, {2, 100}}});
  one_.refusal = kDown;
  EXPECT_EQ(send(), "b");
  EXPECT_EQ(meter_.counts["a unavailable"], 1);
  EXPECT_EQ(meter_.counts["b accepted"], 1);
}

TEST_F(OperatorRouterTest, LeavesOutOneThatKeepsFailingUntilATrialSucceeds) {
  route({{&one_, {1, 100}}, {&two_, {2, 100}}});
  one_.refusal = kDown;
  for (int i = 0; i < 5; ++i) EXPECT_EQ(send(), "b");
  EXPECT_EQ(one_.sent.size(), 2U) << "two failures open its circuit";
  now_ = now_ + seconds(11);
  EXPECT_EQ(send(), "b");
  EXPECT_EQ(one_.sent.size(), 3U) << "one trial";
  EXPECT_EQ(send(), "b");
  EXPECT_EQ(one_.sent.size(), 3U);
  now_ = now_ + seconds(11);
  one_.refusal.reset();
  EXPECT_EQ(send(), "a");
  EXPECT_EQ(send(), "a");
}

TEST_F(OperatorRouterTest, RefusalsOfSingleMessagesSwitchNobodyOff) {
  route({{&one_, {1, 100}}});
  one_.refusal = kRefused;
  for (int i = 0; i < 10; ++i) EXPECT_EQ(send(), "gateway.refused");
  one_.refusal = core::Error{core::ErrorCode::kConflict, "callee.not_found", {}};
  for (int i = 0; i < 10; ++i) EXPECT_EQ(send(), "callee.not_found");
  EXPECT_EQ(one_.sent.size(), 20U);
}

TEST_F(OperatorRouterTest, SaysWhetherAskingLaterMakesSense) {
  route({{&one_, {1, 100}}, {&two_, {2, 100}}});
  one_.refusal = kDown;
  two_.refusal = kRefused;
  EXPECT_EQ(send(), "gateway.unavailable") << "the first may recover";
  one_.ready = false;
  EXPECT_EQ(send(), "operator.none") << "so it may now";
  EXPECT_EQ(send(Channel::kSms, {"a", "b"}), "operator.none_left");
  EXPECT_EQ(send(Channel::kCall), "operator.none") << "somebody may be configured";
}

TEST_F(OperatorRouterTest, AsksNobodyTwiceAboutOneOrder) {
  route({{&one_, {1, 100}}, {&two_, {2, 100}}});
  EXPECT_EQ(send(Channel::kSms, {"a"}), "b");
  EXPECT_TRUE(one_.sent.empty());
}

TEST_F(OperatorRouterTest, StopsWhenThePersonsPhoneHasTheLastWord) {
  HandOperator other{Channel::kCall};
  route({{&ring_, {1, 100}}, {&other, {2, 100}}});
  ring_.refusal = core::Error{core::ErrorCode::kConflict, "callee.busy", {}};
  EXPECT_EQ(send(Channel::kCall), "callee.busy");
  EXPECT_TRUE(other.sent.empty());
}

TEST_F(OperatorRouterTest, RingsOnlyWithNumbersThatEndInTheCode) {
  HandOperator other{Channel::kCall};
  route({{&ring_, {1, 100}}, {&other, {2, 100}}});
  ring_.code = "11111";
  EXPECT_EQ(send(Channel::kCall), "b");
  other.code = "22222";
  EXPECT_EQ(send(Channel::kCall), "operator.none_left");
}

TEST_F(OperatorRouterTest, DrawsACodeThatSomebodyCanRingWithNow) {
  HandOperator other{Channel::kCall};
  route({{&ring_, {1, 100}}, {&other, {2, 100}}});
  ring_.code = "11111";
  other.code = "22222";
  EXPECT_EQ(router_->draw(rng_, 5), "11111");
  ring_.ready = false;
  EXPECT_EQ(router_->draw(rng_, 5), "22222");
  other.ready = false;
  EXPECT_EQ(router_->draw(rng_, 5).size(), 5U);
}

TEST_F(OperatorRouterTest, TellsHowEachOneIs) {
  route({{&one_, {1, 100}}, {&two_, {2, 100}}});
  one_.refusal = kDown;
  (void)send();
  (void)send();
  std::map<std::string, double> health;
  router_->tell_health(
      [&](std::string_view name, double open) { health[std::string(name)] = open; });
  EXPECT_EQ(health, (std::map<std::string, double>{{"a", 1.0}, {"b", 0.0}}));
}

}  // namespace
}  // namespace app
