#include "app/wiring/abuse_parts.h"

#include <string>

namespace app {
namespace {

identity::GatePolicy gate_policy(const Config& config, const Jurisdiction& jurisdiction) {
  identity::GatePolicy policy;
  policy.call_digits = jurisdiction.phone.call_code_digits;
  policy.sms_digits = jurisdiction.phone.sms_code_digits;
  policy.attempts = config.limits.attempts;
  policy.per_number_hour = config.limits.per_number_hour;
  policy.per_number_day = config.limits.per_number_day;
  policy.per_server_minute = config.limits.per_server_minute;
  policy.per_block_hour = config.budgets.per_block_hour;
  policy.per_country_hour = config.budgets.per_country_hour;
  policy.per_network_hour = config.budgets.per_network_hour;
  policy.money_per_day_minor = config.budgets.money_per_day_minor;
  for (const auto& [name, price] : config.budgets.prices_minor) {
    policy.prices_minor.emplace(name, std::stoll(price));
  }
  policy.calls_confirmed_per_mille = config.budgets.calls_confirmed_per_mille;
  policy.work_from_percent = config.budgets.work_from_percent;
  policy.reserve_percent = config.budgets.reserve_percent;
  policy.work_bits_first = config.budgets.work_bits_first;
  policy.work_bits_max = std::max(config.budgets.work_bits_max, config.budgets.work_bits_first);
  return policy;
}

}  // namespace

AbuseParts::AbuseParts(const Config& config, const Jurisdiction& jurisdiction,
                       store::Database& data, const crypto::KeyProvider& root, core::Rng& rng)
    : marks(root.derive("device_mark"), rng),
      work(root.derive("challenge_work"), rng),
      sign_ins(data,
               {.strangers_failures_max = config.budgets.passwords_per_day,
                .network_failures_free = config.budgets.passwords_per_network_hour,
                .work_bits = config.budgets.work_bits_first},
               work),
      gate(gate_policy(config, jurisdiction)),
      data_(data) {}

core::Status AbuseParts::measure_into(Metrics& metrics, core::Instant now) {
  TRY(const auto ratios,
      data_.read([&](store::UnitOfWork& unit) { return gate.ratios(unit, now); }));
  for (const auto& [kind, spent] : ratios) metrics.budget_ratio(kind, spent);
  return {};
}

}  // namespace app
