#include "identity/abuse/sign_in_guard.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "identity/testing/identity_world.h"

namespace identity {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using world::kNow;
using world::reason_of;

class SignInGuardTest : public testing::Test {
 protected:
  std::string charge(const SignInAttempt& attempt, core::Instant now = kNow) {
    return reason_of(guard_.charge(attempt, now));
  }
  core::Status forgive(const SignInAttempt& attempt, core::Instant now = kNow) {
    return world_.databases.data().write(
        [&](store::UnitOfWork& unit) { return guard_.forgive(unit, attempt, now); });
  }

  world::IdentityWorld world_;
  SignInGuard guard_{
      world_.databases.data(),
      {.device_failures_max = 2, .device_window = minutes(15), .strangers_failures_max = 4}};
  SignInAttempt stranger_{core::Bytes(32, 1), {}};
  SignInAttempt owner_{core::Bytes(32, 1), core::Bytes(16, 7)};
};

TEST_F(SignInGuardTest, LetsStrangersTryFourTimesADayTogether) {
  for (int i = 0; i < 4; ++i) EXPECT_EQ(charge(stranger_, kNow + hours(i)), "ok");
  EXPECT_EQ(charge(stranger_, kNow + hours(5)), "sign_in.code_needed");
  EXPECT_EQ(charge(stranger_, kNow + hours(23)), "sign_in.code_needed");
  EXPECT_EQ(charge(stranger_, kNow + hours(30)), "ok");
}

TEST_F(SignInGuardTest, KeepsTheOwnersTriesFromStrangers) {
  for (int i = 0; i < 9; ++i) static_cast<void>(charge(stranger_));
  EXPECT_EQ(charge(owner_), "ok");
  EXPECT_EQ(charge(owner_), "ok");
  EXPECT_EQ(charge(owner_), "sign_in.too_many");
  EXPECT_EQ(charge(owner_, kNow + minutes(17)), "ok");
}

TEST_F(SignInGuardTest, ForgetsARecognisedBrowsersMistakesOnceItIsRight) {
  EXPECT_EQ(charge(owner_), "ok");
  EXPECT_EQ(charge(owner_), "ok");
  ASSERT_TRUE(forgive(owner_));
  EXPECT_EQ(charge(owner_), "ok");
}

TEST_F(SignInGuardTest, GivesAStrangerBackOnlyTheTryThatWasRight) {
  for (int i = 0; i < 4; ++i) EXPECT_EQ(charge(stranger_), "ok");
  ASSERT_TRUE(forgive(stranger_));
  EXPECT_EQ(charge(stranger_), "ok");
  EXPECT_EQ(charge(stranger_), "sign_in.code_needed");
}

TEST_F(SignInGuardTest, IsNotOutrunByTriesAtOnce) {
  std::atomic<int> let_in = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 12; ++i) {
    threads.emplace_back([&] {
      if (guard_.charge(stranger_, kNow)) ++let_in;
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(let_in, 4);
}

TEST_F(SignInGuardTest, RemembersAcrossProcesses) {
  for (int i = 0; i < 4; ++i) EXPECT_EQ(charge(stranger_), "ok");
  SignInGuard other(world_.databases.data(), {.strangers_failures_max = 4});
  EXPECT_EQ(reason_of(other.charge(stranger_, kNow)), "sign_in.code_needed");
}

}  // namespace
}  // namespace identity
