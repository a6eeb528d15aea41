#include "identity/account/inactivity_service.h"

#include <gtest/gtest.h>

#include "identity/testing/identity_world.h"

namespace identity {
namespace {

using world::kNow;

core::Instant day(int days) { return kNow + std::chrono::hours(24 * days); }

/// A term of 100 days, warnings 30 and 7 days before; the account was made on day 0.
class Inactivity : public ::testing::Test, public world::IdentityWorld {
 protected:
  [[nodiscard]] InactivityOutcome step(int days) { return service.step(day(days)).value(); }
  [[nodiscard]] InactivityOutcome foreseen(int days) {
    return foresee_inactivity(databases.data(), service.policy(), day(days)).value();
  }
  [[nodiscard]] bool is_frozen() {
    return deletions.state(id).value().step == DeletionStep::kFrozen;
  }

  const CitizenId id = account();
  FrozenAccounts frozen{databases.data()};
  DeletionService deletions{{databases.data(), vault, challenges, databases.rng()}, frozen, {}, {}};
  InactivityService service{databases.data(),
                            deletions,
                            databases.rng(),
                            {.after = std::chrono::hours(24 * 100),
                             .first_warning = std::chrono::hours(24 * 30),
                             .second_warning = std::chrono::hours(24 * 7)}};
};

TEST_F(Inactivity, WarnsTwiceAndThenFreezes) {
  EXPECT_EQ(step(69).warned, 0);
  EXPECT_EQ(step(70).warned, 1);
  EXPECT_EQ(step(71).warned, 0);
  EXPECT_EQ(step(92).warned_again, 0);
  EXPECT_EQ(step(93).warned_again, 1);
  EXPECT_EQ(step(94).warned_again, 0);
  EXPECT_EQ(notices(id), "inactive inactive");
  EXPECT_EQ(step(99).closed, 0);
  EXPECT_FALSE(is_frozen());
  EXPECT_EQ(step(100).closed, 1);
  EXPECT_TRUE(is_frozen());
  EXPECT_TRUE(frozen.contains(id));
  EXPECT_EQ(notices(id), "inactive inactive closing");
  EXPECT_EQ(history(id), "account.closed_inactive account.inactivity_warned");
  EXPECT_EQ(step(200).warned + step(300).closed, 0) << "what is on its way out is let go";
}

TEST_F(Inactivity, EndsWithOneSignIn) {
  EXPECT_EQ(step(70).warned, 1);
  (void)session(id, day(80));
  EXPECT_EQ(step(93).came_back, 1);
  EXPECT_EQ(step(100).closed, 0);
  EXPECT_FALSE(is_frozen());
  EXPECT_EQ(step(150).warned, 1) << "the term has begun anew";
}

TEST_F(Inactivity, IsUndoneAfterFreezingToo) {
  (void)step(70);
  (void)step(93);
  ASSERT_EQ(step(100).closed, 1);
  ASSERT_TRUE(deletions.cancel(id, day(105)));
  (void)session(id, day(105));
  EXPECT_EQ(step(106).warned, 0);
  EXPECT_FALSE(is_frozen());
}

TEST_F(Inactivity, WarnsFirstHoweverLongItWasSilentBefore) {
  EXPECT_EQ(step(5000).warned, 1);
  EXPECT_EQ(step(5023).warned_again, 1);
  EXPECT_EQ(step(5029).closed, 0);
  EXPECT_EQ(step(5030).closed, 1);
}

TEST_F(Inactivity, IsForeseenWithoutBeingDone) {
  EXPECT_EQ(foreseen(70).warned, 1);
  EXPECT_EQ(foreseen(70).warned, 1);
  EXPECT_EQ(notices(id), "");
  (void)step(70);
  EXPECT_EQ(foreseen(71).warned, 0);
  EXPECT_EQ(foreseen(71).warned_again, 1);
  EXPECT_EQ(foreseen(100).closed, 1);
  EXPECT_FALSE(is_frozen());
}

TEST_F(Inactivity, IsOffWhereThereIsNoTerm) {
  InactivityService off(databases.data(), deletions, databases.rng(), {});
  EXPECT_EQ(off.step(day(10'000)).value().warned, 0);
  EXPECT_EQ(foresee_inactivity(databases.data(), {}, day(10'000)).value().warned, 0);
}

}  // namespace
}  // namespace identity
