// The section [budgets]: what codes and guesses may cost, and from when on strangers have to work
// for a code. packaging/beresta.toml explains each setting. Plain data.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace app {

struct Setting;

struct BudgetSettings {
  int per_block_hour = 300;
  int per_country_hour = 20'000;
  int per_network_hour = 300;
  std::int64_t money_per_day_minor = 10'000'000;
  /// "RU.call" = "60": minor units of the jurisdiction's currency; "*.sms" where a country has
  /// none.
  std::map<std::string, std::string> prices_minor{{"*.call", "100"}, {"*.sms", "400"}};
  int reserve_percent = 20;
  int work_from_percent = 50;
  int work_bits_first = 17;
  int work_bits_max = 20;
  int shared_code_life_s = 3600;
  int calls_confirmed_per_mille = 1;
  int passwords_per_day = 20;
  int passwords_per_network_hour = 30;
};

/// The section's part of the schema.
[[nodiscard]] std::vector<Setting> budget_settings();

}  // namespace app
