// PeopleTable: people counted by what is known of them, without their identities: one cell for each
// combination of finest words. However many people are added, only the combinations take memory.
// Not safe from several threads.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/result.h"
#include "privacy/depersonalisation/hierarchy.h"

namespace privacy {

using Codes = std::vector<std::uint32_t>;

/// The distinct finest words of one column; a code is a place in it.
struct WordList {
  std::string column;
  std::vector<std::string> words;
};

class PeopleTable {
 public:
  /// About a quarter of a gigabyte.
  static constexpr std::size_t kCellsMax = 2'000'000;

  /// @param quasi      columns by which somebody could be recognised, with their steps.
  /// @param sensitive  columns that are told of people and are not made coarser.
  PeopleTable(std::vector<Hierarchy> quasi, std::vector<std::string> sensitive,
              std::size_t cells_max = kCellsMax);

  /// One person; the words in the order of the columns, quasi first.
  /// Errors: kLimited "depersonalise.too_many_combinations".
  [[nodiscard]] core::Status add(const std::vector<std::string>& words);

  [[nodiscard]] std::int64_t people() const { return people_; }
  [[nodiscard]] const std::vector<Hierarchy>& quasi() const { return quasi_; }
  /// All columns, quasi first.
  [[nodiscard]] const std::vector<WordList>& columns() const { return columns_; }
  /// Combinations and how many people each stands for.
  [[nodiscard]] const std::map<Codes, std::int64_t>& cells() const { return cells_; }

 private:
  std::vector<Hierarchy> quasi_;
  std::vector<WordList> columns_;
  std::vector<std::map<std::string, std::uint32_t>> codes_;
  std::map<Codes, std::int64_t> cells_;
  std::size_t cells_max_;
  std::int64_t people_ = 0;
};

}  // namespace privacy
