#include "privacy/depersonalisation/hierarchy.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>

namespace privacy {
namespace {

std::optional<int> year_of(const std::string& word) {
  int year = 0;
  const auto read = std::from_chars(word.data(), word.data() + word.size(), year);
  const bool whole = read.ec == std::errc{} && read.ptr == word.data() + word.size();
  return whole ? std::optional(year) : std::nullopt;
}

std::string span_of(int year, int width) {
  if (width == 1) return fmt::format("{}", year);
  const int first = year / width * width;
  return fmt::format("{}-{}", first, first + width - 1);
}

/// The unknown word at every step but the last.
std::vector<std::string> unknown_chain(std::size_t steps) {
  std::vector<std::string> words(steps, std::string(kUnknownWord));
  words.back() = kAnyWord;
  return words;
}

}  // namespace

Hierarchy word_or_any(std::string column) {
  return {std::move(column), {"as it is", "any"}, [](const std::string& word) {
            return std::vector<std::string>{word, std::string(kAnyWord)};
          }};
}

Hierarchy years(std::string column, const std::vector<int>& widths) {
  Hierarchy made{std::move(column), {}, {}};
  for (const int width : widths) {
    made.steps.push_back(width == 1 ? "year" : fmt::format("{} years", width));
  }
  made.steps.emplace_back("any");
  made.chain = [widths](const std::string& word) {
    const auto year = year_of(word);
    if (!year) return unknown_chain(widths.size() + 1);
    std::vector<std::string> words;
    for (const int width : widths) words.push_back(span_of(*year, width));
    words.emplace_back(kAnyWord);
    return words;
  };
  return made;
}

Hierarchy parts(std::string column) {
  return {std::move(column), {"which", "how many", "any"}, [](const std::string& word) {
            return std::vector<std::string>{word, fmt::format("{}", count_parts(word)),
                                            std::string(kAnyWord)};
          }};
}

Hierarchy regions(std::string column, const std::vector<Region>& known) {
  std::map<std::string, std::string> districts;
  for (const auto& region : known) districts.emplace(region.name, region.district);
  return {std::move(column),
          {"region", "district", "any"},
          [districts = std::move(districts)](const std::string& word) {
            const auto found = districts.find(word);
            if (found == districts.end()) return unknown_chain(3);
            return std::vector<std::string>{word, found->second, std::string(kAnyWord)};
          }};
}

std::size_t count_parts(std::string_view word) {
  if (word == "none") return 0;
  return static_cast<std::size_t>(std::count(word.begin(), word.end(), '+')) + 1;
}

}  // namespace privacy
