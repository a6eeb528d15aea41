#include "privacy/depersonalisation/facts.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/instant.h"

namespace privacy {
namespace {

using core::ErrorCode;
using core::fail;

/// An address goes from the large to the small: post code, region, town.
constexpr int kAddressPartsMax = 3;

std::string sex_word(std::string_view text) {
  if (text == "F" || text == "female") return "female";
  if (text == "M" || text == "male") return "male";
  return std::string(kUnknownWord);
}

std::string year_word(std::string_view date) {
  const auto day = core::Date::parse(date);
  return day ? fmt::format("{}", day->year) : std::string(kUnknownWord);
}

const Region* longest_in(std::string_view part, const std::vector<Region>& regions) {
  const Region* best = nullptr;
  for (const auto& region : regions) {
    if (part.find(region.name) == std::string_view::npos) continue;
    if (best == nullptr || region.name.size() > best->name.size()) best = &region;
  }
  return best;
}

core::Status add_columns(std::string_view list, std::vector<std::string>& to,
                         std::vector<std::string>& all) {
  while (!list.empty()) {
    const auto end = std::min(list.find(','), list.size());
    const std::string name(list.substr(0, end));
    list.remove_prefix(std::min(end + 1, list.size()));
    if (std::find(kDatasetColumns.begin(), kDatasetColumns.end(), name) == kDatasetColumns.end()) {
      return fail(ErrorCode::kInvalidInput, "depersonalise.column_unknown",
                  fmt::format("\"{}\"; there are {}", name, fmt::join(kDatasetColumns, ", ")));
    }
    if (std::find(all.begin(), all.end(), name) != all.end()) {
      return fail(ErrorCode::kInvalidInput, "depersonalise.column_twice", name);
    }
    to.push_back(name);
    all.push_back(name);
  }
  return {};
}

}  // namespace

void take_records(PersonFacts& facts, const vault::PersonalRecords& records,
                  const std::vector<Region>& regions) {
  if (const auto* one = vault::find_record(records, "sex")) {
    facts.sex = sex_word(one->value.reveal());
  }
  if (const auto* one = vault::find_record(records, "birth_date")) {
    facts.birth_year = year_word(one->value.reveal());
  }
  if (const auto* one = vault::find_record(records, "registration_address")) {
    facts.region = region_of(one->value.reveal(), regions);
  }
}

std::string region_of(std::string_view address, const std::vector<Region>& regions) {
  for (int i = 0; i < kAddressPartsMax && !address.empty(); ++i) {
    const auto end = std::min(address.find(','), address.size());
    if (const auto* found = longest_in(address.substr(0, end), regions)) return found->name;
    address.remove_prefix(std::min(end + 1, address.size()));
  }
  return std::string(kUnknownWord);
}

std::string joined_parts(std::vector<std::string> names) {
  if (names.empty()) return "none";
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return fmt::format("{}", fmt::join(names, "+"));
}

const std::string& word_of(const PersonFacts& facts, std::string_view column) {
  if (column == "sex") return facts.sex;
  if (column == "birth_year") return facts.birth_year;
  if (column == "region") return facts.region;
  if (column == "assurance_level") return facts.assurance_level;
  if (column == "registered_year") return facts.registered_year;
  return column == "documents" ? facts.documents : facts.consents;
}

Hierarchy hierarchy_of(std::string_view column, const DepersonalisationRules& rules) {
  const std::string name(column);
  if (column == "birth_year") return years(name, rules.birth_years);
  if (column == "registered_year") return years(name, rules.registered_years);
  if (column == "region") return regions(name, rules.regions);
  if (column == "documents" || column == "consents") return parts(name);
  return word_or_any(name);
}

core::Result<ColumnChoice> parse_columns(std::string_view quasi, std::string_view sensitive) {
  ColumnChoice choice;
  std::vector<std::string> all;
  TRY_VOID(add_columns(quasi, choice.quasi, all));
  TRY_VOID(add_columns(sensitive, choice.sensitive, all));
  if (choice.quasi.empty()) return fail(ErrorCode::kInvalidInput, "depersonalise.no_columns");
  return choice;
}

}  // namespace privacy
