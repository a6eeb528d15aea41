#include "app/config/consent_config.h"

#include <fmt/format.h>

#include <algorithm>

namespace app {
namespace {

constexpr Wanted kFields{"fields", "[[consents.fields]]"};
constexpr Wanted kRules{"rules", "[[consents.rules]]"};
constexpr int kDaysMax = 36'500;

std::optional<std::string> known_purpose(std::string_view name) {
  const bool known =
      name == privacy::ConsentRules::kPartyRule || privacy::find_consent_purpose(name).has_value();
  return known ? std::optional(std::string(name)) : std::nullopt;
}

privacy::RequiredField read_field(const toml::table& table, std::string name, FaultSink& sink) {
  TomlFields fields(table, std::move(name), sink);
  privacy::RequiredField required;
  required.field = fields.parsed<privacy::ConsentField>(
      {"field", "field = \"operator\""},
      "operator, purpose, categories, operations, recipients, term, withdrawal",
      privacy::find_consent_field);
  constexpr Wanted kHeadings{"headings", "headings = { ru = [\"Кому\"], en = [\"To whom\"] }"};
  if (const auto* rows = fields.table(kHeadings)) {
    TomlFields languages(*rows, fields.key_name("headings"), sink);
    for (const auto& language : languages.all_keys()) {
      required.headings[language] = languages.text_list({language, kHeadings.example});
    }
  }
  fields.finish();
  return required;
}

void read_rule(const toml::table& table, std::string name, FaultSink& sink,
               privacy::ConsentRules& into) {
  TomlFields fields(table, std::move(name), sink);
  constexpr Wanted kPurpose{"purpose", "purpose = \"account\""};
  const auto purpose =
      fields.parsed<std::string>(kPurpose, "a purpose of a consent, or party", known_purpose);
  privacy::ConsentRule rule;
  rule.basis = fields.text({"basis", "basis = \"152-ФЗ, ст. 9\""});
  if (const auto days = fields.optional_integer({"days", "days = 365"}, 1, kDaysMax)) {
    rule.days = static_cast<int>(*days);
  }
  if (!into.rules.emplace(purpose, std::move(rule)).second) {
    fields.refuse(kPurpose, fmt::format("{} stands twice", purpose), "each purpose once");
  }
  fields.finish();
}

void check_complete(TomlFields& fields, const privacy::ConsentRules& rules) {
  for (const auto purpose : privacy::kAllConsentPurposes) {
    if (rules.find(name_of(purpose)) != nullptr) continue;
    fields.refuse(kRules, fmt::format("no rule for {}", name_of(purpose)), "one for each purpose");
  }
  if (rules.find(privacy::ConsentRules::kPartyRule) == nullptr) {
    fields.refuse(kRules, "no rule for party", "one for each purpose");
  }
  // The account rests on its consent: one that ends by itself would leave an account without any.
  const auto* account = rules.find(name_of(privacy::ConsentPurpose::kAccount));
  if (account != nullptr && account->days) {
    fields.refuse(kRules, "the consent of the account has a term",
                  "none: it ends with the account");
  }
}

}  // namespace

privacy::ConsentRules read_consent_rules(TomlFields& fields, FaultSink& sink) {
  privacy::ConsentRules rules;
  rules.document_basis = fields.text({"document_basis", "document_basis = \"152-ФЗ, ст. 9\""});
  for (const auto* table : fields.tables(kFields)) {
    rules.fields.push_back(
        read_field(*table, fmt::format("consents.fields[{}]", rules.fields.size() + 1), sink));
  }
  std::size_t number = 0;
  for (const auto* table : fields.tables(kRules)) {
    read_rule(*table, fmt::format("consents.rules[{}]", ++number), sink, rules);
  }
  check_complete(fields, rules);
  return rules;
}

}  // namespace app
