#include "identity/abuse/challenge_gate.h"

#include <algorithm>
#include <array>

#include "crypto/digest.h"

namespace identity {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr std::string_view kNumberHour = "number_hour";
constexpr std::string_view kNumberDay = "number_day";
constexpr std::string_view kAskedNumber = "number_asked";
constexpr std::string_view kBlock = "block_hour";
constexpr std::string_view kCountry = "country_hour";
constexpr std::string_view kNetwork = "network_hour";
constexpr std::string_view kServer = "server_minute";
constexpr std::string_view kMoney = "money_day";
constexpr core::Duration kHour = hours(1);
constexpr core::Duration kDay = hours(24);

/// The counter of what belongs to nobody in particular.
core::Bytes key_of(std::string_view name) {
  return core::to_bytes(crypto::sha256(core::as_bytes(name)));
}

/// The number's own sends, or those one recognised browser may cause beside them.
core::Bytes sends_key(const GateAsking& asking) {
  if (asking.device.empty()) return asking.phone_index;
  return core::to_bytes(crypto::sha256({asking.phone_index, asking.device}));
}

core::Error budget_spent(core::Duration window) {
  core::Error error{core::ErrorCode::kLimited, "challenge.budget_spent", {}};
  // Spending thins out slice by slice: an hour's budget has room again after some minutes.
  error.retry_after_s = static_cast<int>(std::max<std::int64_t>(window.count() / 6'000'000, 10));
  return error;
}

}  // namespace

struct ChallengeGate::Budget {
  std::string_view kind;
  core::Bytes key;
  core::Duration window{};
  std::int64_t limit = 0;
  std::int64_t amount = 1;
  bool sends_only = true;  ///< spent by messages, not by asking
  bool reserved = false;   ///< has a part that only recognised browsers may spend

  [[nodiscard]] sql::CounterId counter() const { return {kind, key, window}; }
};

std::vector<ChallengeGate::Budget> ChallengeGate::budgets(const GateAsking& asking,
                                                          Channel channel) const {
  return {{kBlock, asking.block_index, kHour, policy_.per_block_hour},
          {kCountry, key_of(asking.region), kHour, policy_.per_country_hour, 1, true, true},
          {kNetwork, asking.network_index, kHour, policy_.per_network_hour, 1, false},
          {kServer, key_of(kServer), minutes(1), policy_.per_server_minute, 1, true, true},
          {kMoney, key_of(kMoney), kDay, policy_.money_per_day_minor, price(asking.region, channel),
           true, true}};
}

std::int64_t ChallengeGate::price(std::string_view region, Channel channel) const {
  const auto suffix = "." + std::string(name_of(channel));
  auto found = policy_.prices_minor.find(std::string(region) + suffix);
  if (found == policy_.prices_minor.end()) found = policy_.prices_minor.find("*" + suffix);
  return found == policy_.prices_minor.end() ? 0 : found->second;
}

core::Result<bool> ChallengeGate::may_be_short(store::UnitOfWork& unit, const GateAsking& asking,
                                               core::Instant now) const {
  const auto key = sends_key(asking);
  TRY(const auto hour, sql::find_spent(unit, {kNumberHour, key, kHour}, now));
  TRY(const auto day, sql::find_spent(unit, {kNumberDay, key, kDay}, now));
  return hour < policy_.per_number_hour && day < policy_.per_number_day;
}

core::Result<GatePlan> ChallengeGate::plan(store::UnitOfWork& unit, const GateAsking& asking,
                                           core::Instant now) const {
  TRY(const bool sends_left, may_be_short(unit, asking, now));
  const Guesser guesser{asking.phone_index, asking.device};
  const auto plan_for = [&](Channel channel) -> core::Result<GatePlan> {
    GatePlan plan{channel, channel == Channel::kCall ? policy_.call_digits : policy_.sms_digits};
    TRY(const auto left, GuessLedger::guesses_left(unit, guesser, plan.digits, now));
    plan.attempts = std::min<std::int64_t>(left, policy_.attempts);
    return plan;
  };
  TRY(auto asked, plan_for(asking.channel));
  TRY(auto text, plan_for(Channel::kSms));
  if (sends_left && asked.attempts > 0) return asked;
  if (sends_left && text.attempts > 0) return text;
  GatePlan shared{Channel::kSms, 0, policy_.attempts, true};
  TRY(shared.digits, GuessLedger::long_digits(unit, asking.phone_index, now));
  return shared;
}

core::Result<int> ChallengeGate::work_bits(store::UnitOfWork& unit, const GateAsking& asking,
                                           core::Instant now) const {
  if (!asking.device.empty()) return 0;
  int bits = 0;
  for (const auto& budget : budgets(asking, asking.channel)) {
    TRY(const auto spent, sql::find_spent(unit, budget.counter(), now));
    bits = std::max(bits, bits_when(spent, budget.limit));
  }
  TRY(const auto asked, sql::find_spent(unit, {kAskedNumber, asking.phone_index, kHour}, now));
  if (asked >= policy_.per_number_hour) {
    const int steps = policy_.work_bits_max - policy_.work_bits_first;
    const auto above = asked / std::max<std::int64_t>(policy_.per_number_hour, 1) - 1;
    bits = std::max(
        bits, policy_.work_bits_first + static_cast<int>(std::min<std::int64_t>(above, steps)));
  }
  return std::min(bits, policy_.work_bits_max);
}

int ChallengeGate::bits_when(std::int64_t spent, std::int64_t limit) const {
  const auto percent = spent * 100 / std::max<std::int64_t>(limit, 1);
  if (percent < policy_.work_from_percent) return 0;
  const int steps = policy_.work_bits_max - policy_.work_bits_first;
  const auto above =
      (percent - policy_.work_from_percent) * steps / std::max(100 - policy_.work_from_percent, 1);
  return std::min<int>(policy_.work_bits_first + static_cast<int>(above), policy_.work_bits_max);
}

core::Result<int> ChallengeGate::network_bits(store::UnitOfWork& unit, core::ByteView network,
                                              core::Instant now) const {
  TRY(const auto spent, sql::find_spent(unit, {kNetwork, network, kHour}, now));
  return bits_when(spent, policy_.per_network_hour);
}

core::Status ChallengeGate::book_letter(store::UnitOfWork& unit, core::ByteView network,
                                        core::Instant now) const {
  const sql::CounterId counter{kNetwork, network, kHour};
  TRY(const auto spent, sql::find_spent(unit, counter, now));
  if (spent >= policy_.per_network_hour) return core::fail(budget_spent(kHour));
  TRY_VOID(sql::spend(unit, counter, 1, now));
  return {};
}

core::Status ChallengeGate::check(store::UnitOfWork& unit, const GateAsking& asking,
                                  const GatePlan& plan, bool sent, core::Instant now) const {
  TRY(const int bits, work_bits(unit, asking, now));
  if (asking.work_bits < bits) {
    return core::fail(core::ErrorCode::kForbidden, "challenge.work_needed");
  }
  for (const auto& budget : budgets(asking, plan.channel)) {
    if (budget.sends_only && !sent) continue;
    const bool held_back = budget.reserved && asking.device.empty();
    const auto limit =
        held_back ? budget.limit * (100 - policy_.reserve_percent) / 100 : budget.limit;
    TRY(const auto spent, sql::find_spent(unit, budget.counter(), now));
    if (spent + budget.amount > limit) {
      auto error = budget_spent(budget.window);
      error.detail = budget.kind;
      return core::fail(std::move(error));
    }
  }
  return {};
}

core::Status ChallengeGate::book(store::UnitOfWork& unit, const GateAsking& asking,
                                 const GatePlan& plan, bool sent, core::Instant now) const {
  TRY_VOID(sql::spend(unit, {kAskedNumber, asking.phone_index, kHour}, 1, now));
  for (const auto& budget : budgets(asking, plan.channel)) {
    if (budget.sends_only && !sent) continue;
    TRY_VOID(sql::spend(unit, budget.counter(), budget.amount, now));
  }
  if (!sent || plan.shared) return {};
  const auto key = sends_key(asking);
  TRY_VOID(sql::spend(unit, {kNumberHour, key, kHour}, 1, now));
  TRY_VOID(sql::spend(unit, {kNumberDay, key, kDay}, 1, now));
  return {};
}

core::Result<std::vector<ChallengeGate::Ratio>> ChallengeGate::ratios(store::UnitOfWork& unit,
                                                                      core::Instant now) const {
  struct Watched {
    std::string_view kind;
    core::Duration window;
    std::int64_t limit;
  };
  const std::array watched{Watched{kNumberHour, kHour, policy_.per_number_hour},
                           Watched{kNumberDay, kDay, policy_.per_number_day},
                           Watched{kBlock, kHour, policy_.per_block_hour},
                           Watched{kCountry, kHour, policy_.per_country_hour},
                           Watched{kNetwork, kHour, policy_.per_network_hour},
                           Watched{kServer, minutes(1), policy_.per_server_minute},
                           Watched{kMoney, kDay, policy_.money_per_day_minor}};
  std::vector<Ratio> ratios;
  for (const auto& [kind, window, limit] : watched) {
    TRY(const auto most, sql::find_most_spent(unit, kind, window, now));
    ratios.push_back(
        {kind, static_cast<double>(most) / static_cast<double>(std::max<std::int64_t>(limit, 1))});
  }
  return ratios;
}

}  // namespace identity
