// Hierarchy: the declared ways in which the words of one column become coarser, from the finest
// step to "*", which says nothing. Every word that can leave in a data set comes out of one of
// these. Value types and pure functions; safe from any thread.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace privacy {

/// The last step of every hierarchy.
inline constexpr std::string_view kAnyWord = "*";
/// What is not known of somebody; it stays so at every step but the last.
inline constexpr std::string_view kUnknownWord = "not stated";

struct Hierarchy {
  std::string column;
  std::vector<std::string> steps;  ///< names for the report: "5 years"; the last is "any"
  /// The word of each step for a finest word; as many as there are steps.
  std::function<std::vector<std::string>(const std::string&)> chain;
};

/// The word itself, then "*".
[[nodiscard]] Hierarchy word_or_any(std::string column);
/// Years as words ("1987"), then spans that begin at a multiple of their width ("1985-1989").
/// @param widths  ascending, each a multiple of the one before; 1 is the year itself.
[[nodiscard]] Hierarchy years(std::string column, const std::vector<int>& widths);
/// Parts joined by "+" ("inn+passport", or "none"), then how many there are, then "*".
[[nodiscard]] Hierarchy parts(std::string column);

/// A place in its district.
struct Region {
  std::string name;  ///< as it leaves, and as it stands in an address
  std::string district;
};
/// Region, district, "*".
[[nodiscard]] Hierarchy regions(std::string column, const std::vector<Region>& known);

/// How many parts a word of `parts` has.
[[nodiscard]] std::size_t count_parts(std::string_view word);

}  // namespace privacy
