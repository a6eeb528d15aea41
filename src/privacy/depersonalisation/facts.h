// What a data set may tell of a person, as words from closed lists: years, "male", declared
// regions, kinds of documents. Nothing that somebody wrote freely becomes a word. Value types and
// pure functions; safe from any thread.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "privacy/depersonalisation/hierarchy.h"
#include "vault/types.h"

namespace privacy {

/// What the installation declares (processing/depersonalisation.toml).
struct DepersonalisationRules {
  int people_min = 5;              ///< the smallest k that may be asked for
  int suppressed_percent_max = 5;  ///< unless asked otherwise
  std::vector<int> birth_years;    ///< widths of spans, as privacy::years takes them
  std::vector<int> registered_years;
  std::vector<Region> regions;
};

inline constexpr std::array<std::string_view, 7> kDatasetColumns = {
    "sex", "birth_year", "region", "assurance_level", "registered_year", "documents", "consents"};

/// The words of one person, by column.
struct PersonFacts {
  std::string sex{kUnknownWord};
  std::string birth_year{kUnknownWord};
  std::string region{kUnknownWord};
  std::string assurance_level{kUnknownWord};
  std::string registered_year{kUnknownWord};
  std::string documents{"none"};  ///< kinds of ready cards joined by "+", sorted
  std::string consents{"none"};   ///< purposes of live consents, likewise
};

/// Takes year of birth, sex and region from records of the profile; what cannot be read is unknown.
void take_records(PersonFacts& facts, const vault::PersonalRecords& records,
                  const std::vector<Region>& regions);
/// The declared region an address lies in: the longest name among its first three parts, from the
/// first part that has one. The unknown word if there is none.
[[nodiscard]] std::string region_of(std::string_view address, const std::vector<Region>& regions);
/// "a+b", sorted, each once; "none" of nothing.
[[nodiscard]] std::string joined_parts(std::vector<std::string> names);

/// @param column  one of kDatasetColumns.
[[nodiscard]] const std::string& word_of(const PersonFacts& facts, std::string_view column);
[[nodiscard]] Hierarchy hierarchy_of(std::string_view column, const DepersonalisationRules& rules);

/// Which columns make people recognisable, and which are told of them.
struct ColumnChoice {
  std::vector<std::string> quasi;
  std::vector<std::string> sensitive;
};
/// From two lists with commas. Errors: kInvalidInput "depersonalise.column_unknown",
///   "depersonalise.column_twice"; "depersonalise.no_columns" none by which people are alike.
[[nodiscard]] core::Result<ColumnChoice> parse_columns(std::string_view quasi,
                                                       std::string_view sensitive);

}  // namespace privacy
