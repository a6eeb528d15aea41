#include <gtest/gtest.h>

#include "http/circuit_breaker.h"
#include "http/rate_limiter.h"
#include "http/retry.h"

namespace http {
namespace {

using core::ErrorCode;
using core::Instant;
using std::chrono::milliseconds;
using std::chrono::seconds;

const RateLimit kLimit{.name = "test", .burst = 3, .per_second = 1.0};

ClientPrefix prefix_of(std::string_view address) {
  return ClientAddress::parse(address)->prefix_key();
}

TEST(RateLimiter, LetsABurstThroughAndThenTellsWhenToComeBack) {
  RateLimiter limiter(1.0);
  const auto client = prefix_of("203.0.113.1");
  const auto now = Instant::from_seconds(1000);
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(limiter.take(kLimit, client, now));
  const auto refused = limiter.take(kLimit, client, now);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().reason, "http.rate_limited");
  EXPECT_EQ(refused.error().retry_after_s, 1);
  EXPECT_TRUE(limiter.take(kLimit, client, now + seconds(1)));
  EXPECT_FALSE(limiter.take(kLimit, client, now + seconds(1)));
}

TEST(RateLimiter, KeepsNetworksAndNamesApart) {
  RateLimiter limiter(1.0);
  const auto now = Instant::from_seconds(1000);
  const RateLimit other{.name = "other", .burst = 1, .per_second = 1.0};
  for (int i = 0; i < 4; ++i) (void)limiter.take(kLimit, prefix_of("203.0.113.1"), now);
  EXPECT_FALSE(limiter.take(kLimit, prefix_of("203.0.113.200"), now));
  EXPECT_TRUE(limiter.take(kLimit, prefix_of("203.0.114.1"), now));
  EXPECT_TRUE(limiter.take(other, prefix_of("203.0.113.1"), now));
}

TEST(RateLimiter, GivesNothingWhenTheClockStepsBack) {
  RateLimiter limiter(1.0);
  const auto client = prefix_of("203.0.113.1");
  for (int i = 0; i < 3; ++i) (void)limiter.take(kLimit, client, Instant::from_seconds(1000));
  EXPECT_FALSE(limiter.take(kLimit, client, Instant::from_seconds(10)));
}

TEST(RateLimiter, StaysWithinItsMemory) {
  RateLimiter limiter(1.0, 100);
  for (int i = 0; i < 1000; ++i) {
    const auto address = "10." + std::to_string(i / 250) + "." + std::to_string(i % 250) + ".1";
    EXPECT_TRUE(limiter.take(kLimit, prefix_of(address), Instant::from_seconds(1)));
  }
  EXPECT_EQ(limiter.size(), 100U);
}

TEST(RateLimiter, IsOffAtScaleZero) {
  RateLimiter limiter(0.0);
  for (int i = 0; i < 100; ++i) EXPECT_TRUE(limiter.take(kLimit, {}, Instant::from_seconds(1)));
  EXPECT_EQ(limiter.size(), 0U);
}

class Breaker : public testing::Test {
 protected:
  void fail_times(int times) {
    for (int i = 0; i < times; ++i) breaker_.report(false, now_);
  }
  Instant now_ = Instant::from_seconds(1000);
  CircuitBreaker breaker_{{.failures_max = 3, .open_for = seconds(10)}};
};

TEST_F(Breaker, OpensAfterFailuresInARow) {
  fail_times(2);
  breaker_.report(true, now_);
  fail_times(2);
  EXPECT_TRUE(breaker_.admit(now_));
  fail_times(1);
  const auto refused = breaker_.admit(now_ + seconds(4));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().reason, "client.circuit_open");
  EXPECT_EQ(refused.error().retry_after_s, 6);
}

TEST_F(Breaker, LetsOneTrialThroughAfterThePause) {
  fail_times(3);
  EXPECT_TRUE(breaker_.admit(now_ + seconds(10)));
  EXPECT_EQ(breaker_.state(), CircuitBreaker::State::kHalfOpen);
  EXPECT_FALSE(breaker_.admit(now_ + seconds(10)));
}

TEST_F(Breaker, TrialDecides) {
  fail_times(3);
  (void)breaker_.admit(now_ + seconds(10));
  breaker_.report(false, now_ + seconds(11));
  EXPECT_FALSE(breaker_.admit(now_ + seconds(20)));
  EXPECT_TRUE(breaker_.admit(now_ + seconds(21)));
  breaker_.report(true, now_ + seconds(21));
  EXPECT_EQ(breaker_.state(), CircuitBreaker::State::kClosed);
  EXPECT_TRUE(breaker_.admit(now_ + seconds(21)));
}

TEST_F(Breaker, GivesUpOnATrialThatNeverReports) {
  fail_times(3);
  (void)breaker_.admit(now_ + seconds(10));
  EXPECT_FALSE(breaker_.admit(now_ + seconds(19)));
  EXPECT_TRUE(breaker_.admit(now_ + seconds(20)));
}

core::Result<int> failing(ErrorCode code) { return core::fail(code, "test.failing"); }

TEST(Retry, StopsAtTheBound) {
  int calls = 0;
  std::vector<milliseconds> waits;
  const auto result = with_retry(
      {.attempts_max = 4, .first_wait = milliseconds(100), .wait_max = milliseconds(250)},
      [&](milliseconds wait) { waits.push_back(wait); },
      [&] {
        ++calls;
        return failing(ErrorCode::kUnavailable);
      });
  EXPECT_FALSE(result);
  EXPECT_EQ(calls, 4);
  EXPECT_EQ(waits,
            (std::vector<milliseconds>{milliseconds(100), milliseconds(200), milliseconds(250)}));
}

TEST(Retry, DoesNotRepeatWhatCannotHelp) {
  int calls = 0;
  const auto result = with_retry(
      {}, [](milliseconds) {},
      [&] {
        ++calls;
        return failing(ErrorCode::kNotFound);
      });
  EXPECT_FALSE(result);
  EXPECT_EQ(calls, 1);
}

TEST(Retry, EndsWithTheFirstSuccess) {
  int calls = 0;
  const auto result = with_retry(
      {}, [](milliseconds) {},
      [&]() -> core::Result<int> {
        if (++calls < 2) return failing(ErrorCode::kUnavailable);
        return 7;
      });
  EXPECT_EQ(*result, 7);
  EXPECT_EQ(calls, 2);
}

}  // namespace
}  // namespace http
