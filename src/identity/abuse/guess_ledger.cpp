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
/// A long code is worth sending while at least so many guesses of it are left.
constexpr std::int64_t kGuessesWorthWhile = 200;

struct Account {
  std::string_view kind;
  core::Bytes key;
  std::int64_t max = 0;

  [[nodiscard]] sql::CounterId counter() const { return {kind, key, GuessLedger::kWindow}; }
};

Account account_of(const Guesser& guesser, int digits) {
  if (digits >= GuessLedger::kLongDigitsMin) {
    return {kLongKind, guesser.phone_index, GuessLedger::kLongMax};
  }
  if (guesser.device.empty()) return {kShortKind, guesser.phone_index, GuessLedger::kShortMax};
  return {kDeviceKind, core::to_bytes(crypto::sha256({guesser.phone_index, guesser.device})),
          GuessLedger::kDeviceMax};
}

}  // namespace

std::int64_t GuessLedger::cost(int digits) {
  CORE_ASSERT(digits >= 1 && digits <= kLongDigitsMax);
  std::int64_t units = 1;
  for (int i = digits; i < kLongDigitsMax; ++i) units *= 10;
  return units;
}

core::Result<std::int64_t> GuessLedger::guesses_left(store::UnitOfWork& unit,
                                                     const Guesser& guesser, int digits,
                                                     core::Instant now) {
  const auto account = account_of(guesser, digits);
  TRY(const auto spent, sql::find_spent(unit, account.counter(), now));
  return std::max<std::int64_t>(account.max - spent, 0) / cost(digits);
}

core::Status GuessLedger::book(store::UnitOfWork& unit, const Guesser& guesser, int digits,
                               core::Instant now) {
  const auto account = account_of(guesser, digits);
  TRY_VOID(sql::spend(unit, account.counter(), cost(digits), now));
  return {};
}

core::Result<int> GuessLedger::long_digits(store::UnitOfWork& unit, const core::Bytes& phone_index,
                                           core::Instant now) {
  TRY(const auto spent, sql::find_spent(unit, {kLongKind, phone_index, kWindow}, now));
  int digits = kLongDigitsMin;
  while (digits < kLongDigitsMax && (kLongMax - spent) / cost(digits) < kGuessesWorthWhile) {
    digits += 2;
  }
  return digits;
}

}  // namespace identity
