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
  WorkProof worked(const core::Bytes& login, int bits) {
    WorkProof proof{world_.work.make(login, bits, kNow).puzzle, 0};
    while (world_.work.bits_of(proof, login, kNow) == 0) ++proof.nonce;
    return proof;
  }
  core::Status forgive(const SignInAttempt& attempt, core::Instant now = kNow) {
    return world_.databases.data().write(
        [&](store::UnitOfWork& unit) { return guard_.forgive(unit, attempt, now); });
  }

  world::IdentityWorld world_;
  SignInGuard guard_{world_.databases.data(),
                     {.device_failures_max = 2,
                      .device_window = minutes(15),
                      .strangers_failures_max = 4,
                      .network_failures_free = 10,
                      .work_bits = 6},
                     world_.work};
  SignInAttempt stranger_{core::Bytes(32, 1), {}, core::Bytes(32, 9), {}};
  SignInAttempt owner_{core::Bytes(32, 1), core::Bytes(16, 7), core::Bytes(32, 9), {}};
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

TEST_F(SignInGuardTest, WantsWorkFromANetworkThatIsWrongALot) {
  for (std::uint8_t login = 10; login < 20; ++login) {
    EXPECT_EQ(charge({core::Bytes(32, login), {}, core::Bytes(32, 9), {}}), "ok");
  }
  EXPECT_EQ(charge(stranger_), "sign_in.work_needed");
  EXPECT_EQ(charge(owner_), "ok") << "a recognised browser";
  auto elsewhere = stranger_;
  elsewhere.network_index = core::Bytes(32, 8);
  EXPECT_EQ(charge(elsewhere), "ok") << "another network";

  auto lazy = stranger_;
  lazy.work = worked(core::Bytes(32, 1), 5);
  EXPECT_EQ(charge(lazy), "sign_in.work_needed") << "too little";
  lazy.work = worked(core::Bytes(32, 2), 6);
  EXPECT_EQ(charge(lazy), "sign_in.work_needed") << "for another login";
  auto diligent = stranger_;
  diligent.work = worked(core::Bytes(32, 1), 6);
  EXPECT_EQ(charge(diligent), "ok");
  EXPECT_EQ(charge(diligent), "sign_in.work_needed") << "used before";
  EXPECT_EQ(charge(stranger_, kNow + hours(2)), "ok") << "an hour without mistakes";
}

TEST_F(SignInGuardTest, CountsNoRightPasswordAgainstANetwork) {
  for (int i = 0; i < 30; ++i) {
    const SignInAttempt right{core::Bytes(32, 3), {}, core::Bytes(32, 9), {}};
    EXPECT_EQ(charge(right), "ok");
    ASSERT_TRUE(forgive(right));
  }
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
  SignInGuard other(world_.databases.data(), {.strangers_failures_max = 4}, world_.work);
  EXPECT_EQ(reason_of(other.charge(stranger_, kNow)), "sign_in.code_needed");
}

}  // namespace
}  // namespace identity
