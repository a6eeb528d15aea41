// A data set that names nobody: each combination of quasi-identifying words in it stands for at
// least k people. Making it is pure; the same table and wish give the same bytes.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <string>
#include <vector>

#include "core/result.h"
#include "privacy/depersonalisation/lattice.h"

namespace privacy {

struct DatasetWish {
  ClassRule rule;
  int suppressed_percent_max = 5;  ///< of the people; more than that, and columns become coarser
};

/// What became of one column.
struct DatasetColumn {
  std::string name;
  bool sensitive = false;
  std::vector<std::string> steps;  ///< there are; none of a sensitive column
  std::size_t step = 0;            ///< taken
  std::int64_t loss = 0;           ///< millionths of its detail (Lattice::loss)
  std::vector<std::string> words;  ///< that occur, sorted
  // Of a sensitive column:
  std::int64_t diversity = 0;  ///< distinct words in the least diverse class
  std::int64_t alike = 0;      ///< people in classes where everybody has the same word
};

/// So many people who are alike in every column; codes are places in the columns' words.
struct DatasetLine {
  Codes codes;
  std::int64_t people = 0;
};

struct Dataset {
  std::vector<DatasetColumn> columns;  ///< quasi first
  std::vector<DatasetLine> lines;      ///< in the order of their words
  std::int64_t people = 0;             ///< counted
  std::int64_t kept = 0;
  std::int64_t suppressed = 0;
  std::int64_t classes = 0;
  std::int64_t smallest_class = 0;  ///< the k that was reached
  std::int64_t largest_class = 0;
  std::int64_t choices = 0;  ///< of steps that there are
};

/// The finest data set that keeps the rule and leaves out no more people than wished.
/// Errors: kConflict "depersonalise.too_few_people" fewer people than k;
///         kConflict "depersonalise.not_reachable" no choice of steps keeps the rule;
///         kLimited "depersonalise.too_many_combinations".
[[nodiscard]] core::Result<Dataset> make_dataset(const PeopleTable& table, const DatasetWish& wish);

/// One row a person, RFC 4180 with a header and LF; the order tells nothing of people.
void write_csv(const Dataset& dataset, std::ostream& out);
/// {"columns": [...], "rows": [[...], ...]}, one row a line.
void write_json(const Dataset& dataset, std::ostream& out);

}  // namespace privacy
