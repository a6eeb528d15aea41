// GuessLedger: how likely codes of a number have been guessed lately, in units of probability. A
// guess costs what it could win, so that the sum bounds what an attacker wins with any number of
// challenges, addresses and parallel requests (docs/adr/0021). Durable; functions over an open unit
// of work, whose errors they pass on.
#pragma once

#include "core/instant.h"
#include "store/unit_of_work.h"

namespace identity {

/// Whose guesses: a number's, or those of one recognised browser for a number.
struct Guesser {
  core::Bytes phone_index;
  core::Bytes device;  ///< empty = strangers
};

class GuessLedger {
 public:
  /// One unit: the chance to guess a code of 14 digits at once.
  static constexpr std::int64_t kCertain = 100'000'000'000'000;
  /// What strangers may win at one number within a window, by whatever codes: 1e-5.
  static constexpr std::int64_t kStrangersMax = kCertain / 100'000;
  /// The thousandth part of it is kept for long codes, so that there always is a way: 1e-8.
  static constexpr std::int64_t kLongMax = kStrangersMax / 1000;
  static constexpr std::int64_t kShortMax = kStrangersMax - kLongMax;
  /// Of a thousand calls to strangers so many have to be confirmed by an SMS after the right
  /// digits: one guess at five digits would win kStrangersMax and leave nothing for long codes.
  static constexpr int kConfirmedPerMille = 1;
  /// A recognised browser's own short guesses: thirty of five digits.
  static constexpr std::int64_t kDeviceMax = 30 * kStrangersMax;
  /// Longer than a day, so that no day has a part of two windows' budgets.
  static constexpr core::Duration kWindow = std::chrono::hours(26);
  static constexpr int kLongDigitsMin = 10;
  static constexpr int kLongDigitsMax = 14;

  /// What one guess of a code can win. @param digits  1..14.
  [[nodiscard]] static std::int64_t cost(const Guesser& guesser, int digits);
  /// Whether such a code is one of those that have to be confirmed now and then.
  [[nodiscard]] static bool may_need_confirming(const Guesser& guesser, int digits);

  /// How many more guesses of such codes the guesser may make now. Shorter long codes stop being
  /// judged while there is budget left for longer ones.
  [[nodiscard]] static core::Result<std::int64_t> guesses_left(store::UnitOfWork& unit,
                                                               const Guesser& guesser, int digits,
                                                               core::Instant now);
  /// Books a wrong guess.
  [[nodiscard]] static core::Status book(store::UnitOfWork& unit, const Guesser& guesser,
                                         int digits, core::Instant now);
  /// Digits for a long code of this number: more of them the more has been tried, so that guessing
  /// never closes the way to its owner.
  [[nodiscard]] static core::Result<int> long_digits(store::UnitOfWork& unit,
                                                     const core::Bytes& phone_index,
                                                     core::Instant now);
};

}  // namespace identity
