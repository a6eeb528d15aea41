// Lattice: every way of choosing one step for each quasi-identifying column, ordered by how much it
// loses, and how many people have to be left out at each. Pure; not safe from several threads.
#pragma once

#include <cstdint>
#include <vector>

#include "core/result.h"
#include "privacy/depersonalisation/people_table.h"

namespace privacy {

/// What a class of people alike must be to stay.
struct ClassRule {
  std::int64_t k = 5;          ///< people at least; 2 or more
  std::int64_t diversity = 1;  ///< distinct words of each sensitive column at least
};

/// A step for each quasi column, in their order.
using Steps = std::vector<std::size_t>;

/// People who are alike in every quasi column at some steps.
struct PeopleClass {
  std::vector<std::size_t> groups;  ///< places in Lattice::groups
  std::int64_t people = 0;
  bool stays = false;
};

class Lattice {
 public:
  static constexpr std::size_t kNodesMax = 4096;
  static constexpr std::int64_t kWhole = 1'000'000;

  /// Cells that share their finest quasi words; the table's cells from `first`, `cells` of them.
  struct Group {
    std::map<Codes, std::int64_t>::const_iterator first;
    std::size_t cells = 0;
    std::int64_t people = 0;
  };

  /// The table must outlive it and stay as it is.
  /// Errors: kLimited "depersonalise.too_many_combinations" too many steps or words altogether.
  [[nodiscard]] static core::Result<Lattice> make(const PeopleTable& table);

  /// All choices: what loses least stands first; of two that lose the same, the one whose first
  /// differing column is finer. The same table gives the same order.
  [[nodiscard]] std::vector<Steps> nodes() const;
  /// The classes at these steps, each judged by the rule.
  [[nodiscard]] std::vector<PeopleClass> classes(const Steps& steps, const ClassRule& rule) const;

  /// How many distinct words of each sensitive column there are in a class.
  [[nodiscard]] std::vector<std::int64_t> diversity_of(const PeopleClass& one) const;

  /// Millionths of a column's detail that a step loses: for each person, how many of the other
  /// finest words that occur have become one with theirs; 0 nothing, kWhole all.
  [[nodiscard]] std::int64_t loss(std::size_t column, std::size_t step) const;
  [[nodiscard]] const std::vector<Group>& groups() const { return groups_; }
  /// The words of a column at a step, sorted.
  [[nodiscard]] const std::vector<std::string>& words(std::size_t column, std::size_t step) const {
    return columns_[column][step].words;
  }
  /// The place in `words` of a finest code of the table.
  [[nodiscard]] std::uint32_t up(std::size_t column, std::size_t step, std::uint32_t code) const {
    return columns_[column][step].up[code];
  }

 private:
  struct StepWords {
    std::vector<std::string> words;
    std::vector<std::uint32_t> up;
    std::int64_t loss = 0;
  };
  explicit Lattice(const PeopleTable& table) : table_(&table) {}
  void add_column(std::size_t column, const std::vector<std::int64_t>& people);
  [[nodiscard]] StepWords step_words(const std::vector<std::string>& coarse,
                                     const std::vector<std::int64_t>& people) const;
  void find_groups();
  [[nodiscard]] core::Status check_size() const;
  [[nodiscard]] std::uint64_t key_of(const Steps& steps, const Group& group) const;
  [[nodiscard]] bool holds(const PeopleClass& one, const ClassRule& rule) const;

  const PeopleTable* table_;
  std::vector<std::vector<StepWords>> columns_;  ///< by column, by step
  std::vector<Group> groups_;
};

}  // namespace privacy
