// ChallengeGate: whether a code may be sent, how long it has to be and what the asker must do for
// it first. It keeps the budgets of codes: per number, block of numbers, country, network, server
// and money, all durable and shared by every process (docs/adr/0021, 0022). Its answers do not
// depend on whether a number has an account. Safe from any thread.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/result.h"
#include "crypto/key256.h"
#include "identity/abuse/counter_store.h"
#include "identity/abuse/guess_ledger.h"
#include "identity/types.h"

namespace identity {

struct GatePolicy {
  int call_digits = 5;
  int sms_digits = 6;
  int attempts = 3;
  /// Of a thousand calls to strangers; with fewer than the ledger reckons on its bound is lost.
  int calls_confirmed_per_mille = GuessLedger::kConfirmedPerMille;
  std::int64_t per_number_hour = 5;  ///< short codes; then long ones that browsers share
  std::int64_t per_number_day = 10;
  std::int64_t per_block_hour = 300;  ///< numbers that differ in the last four digits only
  std::int64_t per_country_hour = 20'000;
  std::int64_t per_network_hour = 300;  ///< codes asked for from a /24 or /64
  std::int64_t per_server_minute = 600;
  std::int64_t money_per_day_minor = 10'000'000;
  /// "RU.call" -> minor units; "*.sms" for countries without a price of their own.
  std::map<std::string, std::int64_t, std::less<>> prices_minor;
  /// From this share of a budget on strangers have to work for a code; percent.
  int work_from_percent = 50;
  /// The last part of the budgets of country, server and money is for recognised browsers; percent.
  int reserve_percent = 20;
  int work_bits_first = 17;
  int work_bits_max = 21;
};

/// Who asks for a code to which number, as the budgets see it. The keys are blind.
struct GateAsking {
  core::Bytes phone_index;
  core::Bytes block_index;
  std::string region;  ///< ISO 3166-1 alpha-2
  core::Bytes network_index;
  core::Bytes device;  ///< empty unless the browser is recognised for the number's account
  Channel channel = Channel::kCall;
  int work_bits = 0;  ///< what the asker has proven
};

/// What is to be sent.
struct GatePlan {
  Channel channel = Channel::kCall;
  int digits = 0;
  std::int64_t attempts = 0;
  /// A long code that all browsers asking for this number share.
  bool shared = false;

  friend bool operator==(const GatePlan&, const GatePlan&) = default;
};

class ChallengeGate {
 public:
  explicit ChallengeGate(GatePolicy policy) : policy_(std::move(policy)) {}

  /// What may be sent: a short code while the number's budgets last, else a long one. Never
  /// nothing, so that no stranger can close this way to its owner. Errors: the store's.
  [[nodiscard]] core::Result<GatePlan> plan(store::UnitOfWork& unit, const GateAsking& asking,
                                            core::Instant now) const;
  /// @param sent  whether a message would go out, not only a browser join those waiting for one.
  /// Errors: kForbidden "challenge.work_needed" asking.work_bits do not suffice;
  ///         kLimited "challenge.budget_spent" with retry_after_s; the store's.
  [[nodiscard]] core::Status check(store::UnitOfWork& unit, const GateAsking& asking,
                                   const GatePlan& plan, bool sent, core::Instant now) const;
  /// Books what check() let pass.
  [[nodiscard]] core::Status book(store::UnitOfWork& unit, const GateAsking& asking,
                                  const GatePlan& plan, bool sent, core::Instant now) const;
  /// Bits of work this asker has to show; 0 = none.
  [[nodiscard]] core::Result<int> work_bits(store::UnitOfWork& unit, const GateAsking& asking,
                                            core::Instant now) const;

  /// The rule of every budget: bits of work strangers have to show when so much of it is spent.
  [[nodiscard]] int bits_when(std::int64_t spent, std::int64_t limit) const;
  /// The same for all codes asked for from a network, by letter too. Errors: the store's.
  [[nodiscard]] core::Result<int> network_bits(store::UnitOfWork& unit, core::ByteView network,
                                               core::Instant now) const;
  /// Books a code by letter to the network that asked for it.
  /// Errors: kLimited "challenge.budget_spent" with retry_after_s; the store's.
  [[nodiscard]] core::Status book_letter(store::UnitOfWork& unit, core::ByteView network,
                                         core::Instant now) const;

  /// How full the fullest budget of a kind is: 1 = spent.
  struct Ratio {
    std::string_view kind;
    double spent = 0;
  };
  [[nodiscard]] core::Result<std::vector<Ratio>> ratios(store::UnitOfWork& unit,
                                                        core::Instant now) const;
  [[nodiscard]] const GatePolicy& policy() const { return policy_; }

 private:
  struct Budget;
  [[nodiscard]] std::vector<Budget> budgets(const GateAsking& asking, Channel channel) const;
  [[nodiscard]] std::int64_t price(std::string_view region, Channel channel) const;
  [[nodiscard]] core::Result<bool> may_be_short(store::UnitOfWork& unit, const GateAsking& asking,
                                                core::Instant now) const;

  GatePolicy policy_;
};

}  // namespace identity
