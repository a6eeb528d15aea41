#include "identity/abuse/guess_ledger.h"

#include <algorithm>

#include "core/assert.h"
#include "crypto/digest.h"
#include "identity/abuse/counter_store.h"

namespace identity {
namespace {

constexpr std::string_view kShortKind = "guess_short";
constexpr std::string_view kLongKind = "guess_long";
constexpr std::string_view kDeviceKind = "guess_device";

static_assert(GuessLedger::kShortMax + GuessLedger::kLongMax <= GuessLedger::kCertain / 100'000);

struct Account {
  std::string_view kind;
  core::Bytes key;
  std::int64_t max = 0;

  [[nodiscard]] sql::CounterId counter() const { return {kind, key, GuessLedger::kWindow}; }
};

/// Of the budget of long codes those of ten digits may use half, twelve up to three quarters:
/// whoever uses them up has to guess at longer ones, which last a hundred times as long.
std::int64_t long_max(int digits) {
  if (digits < 12) return GuessLedger::kLongMax / 2;
  return digits < 14 ? GuessLedger::kLongMax / 4 * 3 : GuessLedger::kLongMax;
}

std::int64_t all_of(int digits) {
  CORE_ASSERT(digits >= 1 && digits <= GuessLedger::kLongDigitsMax);
  std::int64_t units = 1;
  for (int i = digits; i < GuessLedger::kLongDigitsMax; ++i) units *= 10;
  return units;
}

Account account_of(const Guesser& guesser, int digits) {
  if (digits >= GuessLedger::kLongDigitsMin) {
    return {kLongKind, guesser.phone_index, long_max(digits)};
  }
  if (guesser.device.empty()) return {kShortKind, guesser.phone_index, GuessLedger::kShortMax};
  return {kDeviceKind, core::to_bytes(crypto::sha256({guesser.phone_index, guesser.device})),
          GuessLedger::kDeviceMax};
}

}  // namespace

std::int64_t GuessLedger::cost(const Guesser& guesser, int digits) {
  const auto units = all_of(digits);
  if (!may_need_confirming(guesser, digits)) return units;
  return units / 1000 * (1000 - kConfirmedPerMille);
}

bool GuessLedger::may_need_confirming(const Guesser& guesser, int digits) {
  return guesser.device.empty() && all_of(digits) > kShortMax;
}

core::Result<std::int64_t> GuessLedger::guesses_left(store::UnitOfWork& unit,
                                                     const Guesser& guesser, int digits,
                                                     core::Instant now) {
  const auto account = account_of(guesser, digits);
  TRY(const auto spent, sql::find_spent(unit, account.counter(), now));
  return std::max<std::int64_t>(account.max - spent, 0) / cost(guesser, digits);
}

core::Status GuessLedger::book(store::UnitOfWork& unit, const Guesser& guesser, int digits,
                               core::Instant now) {
  const auto account = account_of(guesser, digits);
  TRY_VOID(sql::spend(unit, account.counter(), cost(guesser, digits), now));
  return {};
}

core::Result<int> GuessLedger::long_digits(store::UnitOfWork& unit, const core::Bytes& phone_index,
                                           core::Instant now) {
  TRY(const auto spent, sql::find_spent(unit, {kLongKind, phone_index, kWindow}, now));
  int digits = kLongDigitsMin;
  while (digits < kLongDigitsMax && spent >= long_max(digits)) digits += 2;
  return digits;
}

}  // namespace identity
