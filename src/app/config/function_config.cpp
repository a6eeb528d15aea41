#include "app/config/function_config.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "vault/claims.h"

namespace app {
namespace {

using identity::AssuranceLevel;
using identity::Client;
using identity::Function;

constexpr std::array<std::string_view, 16> kAttributes{"phone",
                                                       "family_name",
                                                       "given_name",
                                                       "middle_name",
                                                       "birth_date",
                                                       "birth_place",
                                                       "sex",
                                                       "snils",
                                                       "inn",
                                                       "id_document",
                                                       "email",
                                                       "mobile",
                                                       "registration_address",
                                                       "living_address",
                                                       "organizations",
                                                       "preferred_name"};
constexpr std::array kSources{vault::kSelfSource, vault::kRegistrySource, vault::kPassportSource,
                              vault::kDeskSource, vault::kProviderSource};
constexpr std::array kLevels{vault::kAssertedLevel, vault::kPhoneLevel, vault::kVerifiedLevel};

template <std::size_t size>
std::optional<std::string> one_of(const std::array<std::string_view, size>& list,
                                  std::string_view text) {
  const bool known = std::find(list.begin(), list.end(), text) != list.end();
  return known ? std::optional(std::string(text)) : std::nullopt;
}

std::optional<std::string> parse_attribute(std::string_view text) {
  return one_of(kAttributes, text);
}

std::optional<AssuranceLevel> parse_level(std::string_view text) {
  if (text != "phone" && text != "verified") return std::nullopt;
  return identity::assurance_level_from(text);
}

identity::AttributeNeed read_need(TomlFields& fields) {
  identity::AttributeNeed need;
  need.name = fields.parsed<std::string>({"name", "name = \"snils\""}, "an attribute's name",
                                         parse_attribute);
  need.level =
      fields.parsed<std::string>({"level", "level = \"verified\""}, "asserted, phone or verified",
                                 [](std::string_view text) { return one_of(kLevels, text); });
  need.fresh = fields.optional_boolean({"fresh", "fresh = true"});
  need.undisputed = fields.optional_boolean({"undisputed", "undisputed = true"});
  fields.finish();
  return need;
}

std::vector<Client> read_clients(const toml::table& table, TomlFields& fields) {
  constexpr Wanted kClients{"clients", "clients = [\"web\", \"mobile\"]"};
  if (!table.contains(kClients.key)) {
    return {identity::kAllClients.begin(), identity::kAllClients.end()};
  }
  std::vector<Client> clients;
  for (const auto& name : fields.text_list(kClients)) {
    if (const auto client = identity::find_client(name)) {
      clients.push_back(*client);
    } else {
      fields.refuse(kClients, fields.key_name("clients") + " holds " + name,
                    "web, mobile and desk");
    }
  }
  return clients;
}

}  // namespace

identity::FunctionTable read_functions(TomlFields& root, FaultSink& sink) {
  constexpr Wanted kFunctions{"functions", "[[functions]]"};
  identity::FunctionTable functions;
  std::set<std::pair<Function, Client>> told;
  std::size_t row = 0;
  for (const auto* table : root.tables(kFunctions)) {
    const std::string name = fmt::format("functions[{}]", ++row);
    TomlFields fields(*table, name, sink);
    const auto function =
        fields.parsed<Function>({"function", "function = \"documents\""},
                                "account, documents or digital_id", identity::find_function);
    identity::FunctionNeed need;
    need.level = fields.parsed<AssuranceLevel>({"level", "level = \"verified\""},
                                               "phone or verified", parse_level);
    if (table->contains("attributes")) {
      for (const auto* one : fields.tables({"attributes", "attributes = [{ name = \"snils\" }]"})) {
        TomlFields wanted(*one, name + ".attributes", sink);
        need.attributes.push_back(read_need(wanted));
      }
    }
    for (const auto client : read_clients(*table, fields)) {
      if (!told.emplace(function, client).second) {
        fields.refuse({"function", ""},
                      fmt::format("{} for {} stands twice", identity::name_of(function),
                                  identity::name_of(client)),
                      "each function once for each client");
      }
      functions.set(function, client, need);
    }
    fields.finish();
  }
  if (told.size() != identity::kAllFunctions.size() * identity::kAllClients.size()) {
    root.refuse(kFunctions, "functions leaves a function out",
                "a row for each function and client");
  }
  return functions;
}

identity::Freshness read_freshness(TomlFields& root, FaultSink& sink) {
  std::vector<identity::FreshnessRule> rules;
  for (const auto* table : root.tables({"freshness", "[[freshness]]"})) {
    TomlFields fields(*table, fmt::format("freshness[{}]", rules.size() + 1), sink);
    identity::FreshnessRule rule;
    rule.source =
        fields.parsed<std::string>({"source", "source = \"identity_provider\""},
                                   "self, registry, e_passport, desk or identity_provider",
                                   [](std::string_view text) { return one_of(kSources, text); });
    rule.life = std::chrono::hours(24) * fields.integer({"days", "days = 365"}, 1, 36'500);
    constexpr Wanted kNames{"attributes", "attributes = [\"family_name\"]"};
    if (table->contains(kNames.key)) {
      rule.attributes = fields.text_list(kNames);
      for (const auto& one : rule.attributes) {
        if (!parse_attribute(one)) {
          fields.refuse(kNames, fields.key_name("attributes") + " holds " + one,
                        "attributes' names");
        }
      }
    }
    fields.finish();
    rules.push_back(std::move(rule));
  }
  return identity::Freshness(std::move(rules));
}

}  // namespace app
