#include "app/config/budget_config.h"

#include <charconv>

#include "app/config/config_setting.h"

namespace app {
namespace {

using B = BudgetSettings;

const SectionOf<B> kBudgets{"budgets",
                            [](ConfigDraft& draft) -> B& { return draft.config.budgets; }};
constexpr Range kCodes{1, 100'000'000};
constexpr Range kPercent{0, 100};
constexpr Range kBits{1, 30};

/// "RU.call", "KZ.sms", "*.sms".
bool is_price_name(std::string_view name) {
  const auto dot = name.find('.');
  if (dot == std::string_view::npos) return false;
  const auto country = name.substr(0, dot);
  const auto channel = name.substr(dot + 1);
  const bool letters = country.size() == 2 && country[0] >= 'A' && country[0] <= 'Z' &&
                       country[1] >= 'A' && country[1] <= 'Z';
  return (letters || country == "*") && (channel == "call" || channel == "sms");
}

bool is_price(std::string_view text) {
  std::int64_t price = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), price);
  return read.ec == std::errc{} && read.ptr == text.data() + text.size() && price >= 0 &&
         price <= 1'000'000;
}

Setting prices() {
  Setting setting{
      .key = "budgets.prices_minor",
      .expected = "a table of COUNTRY.call and COUNTRY.sms (or *) and whole minor units",
      .example = "{ \"RU.call\" = \"60\", \"*.sms\" = \"400\" }",
      .is_table = true,
      .apply = {},
      .show = {}};
  setting.apply = [](const RawSetting& raw, const std::string&, ConfigDraft& draft) {
    auto table = as_text_table(raw);
    if (!table) return false;
    for (const auto& [name, price] : *table) {
      if (!is_price_name(name) || !is_price(price)) return false;
    }
    draft.config.budgets.prices_minor = std::move(*table);
    return true;
  };
  setting.show = [](ConfigDraft& draft) {
    std::string rows;
    for (const auto& [name, price] : draft.config.budgets.prices_minor) {
      rows += (rows.empty() ? "" : ", ") + toml_text(name) + " = " + toml_text(price);
    }
    return "{ " + rows + " }";
  };
  return setting;
}

}  // namespace

std::vector<Setting> budget_settings() {
  return {
      integer(kBudgets, &B::per_block_hour, kCodes, {"per_block_hour", "300"}),
      integer(kBudgets, &B::per_country_hour, kCodes, {"per_country_hour", "20000"}),
      integer(kBudgets, &B::per_network_hour, kCodes, {"per_network_hour", "300"}),
      integer(kBudgets, &B::money_per_day_minor, {1, 1'000'000'000'000},
              {"money_per_day_minor", "10000000"}),
      prices(),
      integer(kBudgets, &B::reserve_percent, kPercent, {"reserve_percent", "20"}),
      integer(kBudgets, &B::work_from_percent, kPercent, {"work_from_percent", "50"}),
      integer(kBudgets, &B::work_bits_first, kBits, {"work_bits_first", "17"}),
      integer(kBudgets, &B::work_bits_max, kBits, {"work_bits_max", "20"}),
      integer(kBudgets, &B::shared_code_life_s, {300, 86'400}, {"shared_code_life_s", "3600"}),
      integer(kBudgets, &B::calls_confirmed_per_mille, {0, 1000},
              {"calls_confirmed_per_mille", "1"}),
      integer(kBudgets, &B::passwords_per_day, {1, 100}, {"passwords_per_day", "20"}),
      integer(kBudgets, &B::passwords_per_network_hour, {0, 1'000'000},
              {"passwords_per_network_hour", "30"}),
  };
}

}  // namespace app
