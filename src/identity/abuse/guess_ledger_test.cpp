#include "identity/abuse/guess_ledger.h"

#include <gtest/gtest.h>

#include "identity/testing/identity_world.h"

namespace identity {
namespace {

using std::chrono::hours;
using world::kNow;

class GuessLedgerTest : public testing::Test {
 protected:
  /// Guesses until none is left. @return how many were allowed.
  int guess_all(const Guesser& guesser, int digits, core::Instant now, int most = 1'000'000) {
    int made = 0;
    const core::Status done = data_.write([&](store::UnitOfWork& unit) -> core::Status {
      for (; made < most; ++made) {
        TRY(const auto left, GuessLedger::guesses_left(unit, guesser, digits, now));
        if (left < 1) break;
        TRY_VOID(GuessLedger::book(unit, guesser, digits, now));
      }
      return {};
    });
    EXPECT_TRUE(done);
    return made;
  }
  int long_digits(core::Instant now) {
    return data_
        .read([&](store::UnitOfWork& unit) {
          return GuessLedger::long_digits(unit, stranger_.phone_index, now);
        })
        .value();
  }

  world::IdentityWorld world_;
  store::Database& data_ = world_.databases.data();
  Guesser stranger_{core::Bytes(32, 1), {}};
  Guesser device_{core::Bytes(32, 1), core::Bytes(16, 2)};
};

TEST_F(GuessLedgerTest, BoundsWhatStrangersMayWinAtANumberInADay) {
  EXPECT_EQ(guess_all(stranger_, 5, kNow), 1);
  EXPECT_EQ(guess_all(stranger_, 6, kNow + hours(1)), 0) << "the day is spent";
  EXPECT_EQ(guess_all(stranger_, 10, kNow, 5000), 1000);
  const double won = 1 * 1e-5 + 1000 * 1e-10;
  EXPECT_LE(won * 24 / 26, 1e-5) << "on average a day, since the window is 26 hours";
}

TEST_F(GuessLedgerTest, CountsGuessesByTheirChance) {
  EXPECT_EQ(guess_all(stranger_, 6, kNow), 10);
  EXPECT_EQ(guess_all(stranger_, 5, kNow), 0);
}

TEST_F(GuessLedgerTest, NeverAllowsMoreThanTheBudgetInAnyDay) {
  // Somebody who guesses whenever a guess is free, every ten minutes for ten days.
  std::vector<int> made;
  for (int step = 0; step < 10 * 24 * 6; ++step) {
    made.push_back(guess_all(stranger_, 6, kNow + std::chrono::minutes(10 * step)));
  }
  for (std::size_t from = 0; from + 144 <= made.size(); ++from) {
    int day = 0;
    for (std::size_t at = from; at < from + 144; ++at) day += made[at];
    ASSERT_LE(day, 10) << "1e-5 in guesses of six digits, from step " << from;
  }
}

TEST_F(GuessLedgerTest, KeepsARecognisedBrowserApart) {
  EXPECT_EQ(guess_all(stranger_, 5, kNow), 1);
  EXPECT_EQ(guess_all(device_, 5, kNow), 30);
  EXPECT_EQ(guess_all({core::Bytes(32, 1), core::Bytes(16, 3)}, 5, kNow), 30);
}

TEST_F(GuessLedgerTest, MakesCodesLongerInsteadOfClosingTheWay) {
  EXPECT_EQ(long_digits(kNow), 10);
  guess_all(stranger_, 10, kNow, 850);
  EXPECT_EQ(long_digits(kNow), 12);
  guess_all(stranger_, 10, kNow, 149);
  EXPECT_EQ(long_digits(kNow), 14);
  EXPECT_EQ(long_digits(kNow + hours(30)), 10);
}

}  // namespace
}  // namespace identity
