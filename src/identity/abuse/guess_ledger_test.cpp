#include "identity/abuse/guess_ledger.h"

#include <gtest/gtest.h>

#include "identity/testing/identity_world.h"

namespace identity {
namespace {

using std::chrono::hours;
using world::kNow;

/// The promise: 1e-5.
constexpr std::int64_t kMayWin = GuessLedger::kCertain / 100'000;

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
  std::int64_t guesses_left(const Guesser& guesser, int digits, core::Instant now) {
    return data_
        .read([&](store::UnitOfWork& unit) {
          return GuessLedger::guesses_left(unit, guesser, digits, now);
        })
        .value();
  }
  /// What a stranger's guess wins by the policy that holds where nobody set another, reckoned
  /// without the ledger: one of all codes, of which some calls are confirmed by a code of their
  /// own.
  static std::int64_t chance(int digits) {
    std::int64_t units = GuessLedger::kCertain;
    for (int i = 0; i < digits; ++i) units /= 10;
    const bool call = digits == GatePolicy().call_digits;
    return call ? units / 1000 * (1000 - GatePolicy().calls_confirmed_per_mille) : units;
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

TEST_F(GuessLedgerTest, BoundsWhatStrangersMayWinAtANumberWithinAWindow) {
  // Whatever short codes the day begins with, then what is left for shorter ones and long ones.
  for (const int first : {5, 6, 7}) {
    stranger_.phone_index = core::Bytes(32, static_cast<std::uint8_t>(10 + first));
    std::int64_t won = 0;
    for (const int digits : {first, 5, 6, 7, 8, 9, 10, 12}) {
      won += guess_all(stranger_, digits, kNow, 5000) * chance(digits);
    }
    won += guesses_left(stranger_, 14, kNow) * chance(14);
    EXPECT_LE(won, kMayWin) << "first with " << first << " digits";
    EXPECT_GT(won, kMayWin / 2) << "or the bound would be of no use";
  }
}

TEST_F(GuessLedgerTest, GivesACallItsOneGuessAndAnSmsNine) {
  EXPECT_EQ(guess_all(stranger_, 5, kNow), 1);
  EXPECT_EQ(guess_all(stranger_, 6, kNow + hours(1)), 0) << "the day is spent";
  stranger_.phone_index = core::Bytes(32, 9);
  EXPECT_EQ(guess_all(stranger_, 6, kNow), 9);
  EXPECT_EQ(guess_all(stranger_, 5, kNow), 0);
}

TEST_F(GuessLedgerTest, JudgesNoCallThatWouldWinMoreThanADayMay) {
  EXPECT_EQ(guess_all(stranger_, 4, kNow), 0);
  EXPECT_EQ(guess_all({core::Bytes(32, 1), core::Bytes(16, 2)}, 4, kNow), 3);
}

TEST_F(GuessLedgerTest, NeverAllowsMoreThanTheBudgetInAnyWindow) {
  // Somebody who guesses whenever a guess is free, every half an hour for five days.
  constexpr std::size_t kStepsOfWindow = 26 * 2;
  std::vector<std::int64_t> won;
  for (int step = 0; step < 5 * 24 * 2; ++step) {
    const auto at = kNow + std::chrono::minutes(30 * step);
    won.push_back(guess_all(stranger_, step % 2 ? 5 : 6, at) * chance(step % 2 ? 5 : 6));
    won.back() += guess_all(stranger_, 10, at) * chance(10);
    won.back() += guess_all(stranger_, 12, at, 100) * chance(12);
  }
  for (std::size_t from = 0; from + kStepsOfWindow <= won.size(); ++from) {
    std::int64_t sum = 0;
    for (std::size_t at = from; at < from + kStepsOfWindow; ++at) sum += won[at];
    ASSERT_LE(sum, kMayWin) << "from step " << from;
  }
}

TEST_F(GuessLedgerTest, KeepsARecognisedBrowserApart) {
  EXPECT_EQ(guess_all(stranger_, 5, kNow), 1);
  EXPECT_EQ(guess_all(device_, 5, kNow), 30);
  EXPECT_EQ(guess_all({core::Bytes(32, 1), core::Bytes(16, 3)}, 5, kNow), 30);
}

TEST_F(GuessLedgerTest, MakesCodesLongerInsteadOfClosingTheWay) {
  EXPECT_EQ(long_digits(kNow), 10);
  EXPECT_EQ(guess_all(stranger_, 10, kNow), 50);
  EXPECT_EQ(long_digits(kNow), 12);
  EXPECT_EQ(guess_all(stranger_, 12, kNow), 2500);
  EXPECT_EQ(long_digits(kNow), 14);
  EXPECT_EQ(guesses_left(stranger_, 14, kNow), 250'000);
  EXPECT_EQ(long_digits(kNow + hours(30)), 10);
}

}  // namespace
}  // namespace identity
