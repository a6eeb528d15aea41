#include "privacy/depersonalisation/lattice.h"

#include <algorithm>
#include <set>

#include "core/assert.h"

namespace privacy {
namespace {

constexpr std::uint64_t kKeyMax = 1ULL << 62U;

/// How many people have each finest word of each quasi column.
std::vector<std::vector<std::int64_t>> people_by_word(const PeopleTable& table) {
  std::vector<std::vector<std::int64_t>> people;
  for (std::size_t column = 0; column < table.quasi().size(); ++column) {
    people.emplace_back(table.columns()[column].words.size(), 0);
  }
  for (const auto& [codes, count] : table.cells()) {
    for (std::size_t column = 0; column < people.size(); ++column) {
      people[column][codes[column]] += count;
    }
  }
  return people;
}

}  // namespace

core::Result<Lattice> Lattice::make(const PeopleTable& table) {
  Lattice lattice(table);
  const auto people = people_by_word(table);
  for (std::size_t column = 0; column < table.quasi().size(); ++column) {
    lattice.add_column(column, people[column]);
  }
  TRY_VOID(lattice.check_size());
  lattice.find_groups();
  return lattice;
}

void Lattice::add_column(std::size_t column, const std::vector<std::int64_t>& people) {
  const auto& hierarchy = table_->quasi()[column];
  const auto& finest = table_->columns()[column].words;
  std::vector<std::vector<std::string>> by_step(hierarchy.steps.size());
  for (const auto& word : finest) {
    const auto chain = hierarchy.chain(word);
    CORE_ASSERT(chain.size() == hierarchy.steps.size());
    for (std::size_t step = 0; step < chain.size(); ++step) by_step[step].push_back(chain[step]);
  }
  columns_.emplace_back();
  for (const auto& coarse : by_step) columns_.back().push_back(step_words(coarse, people));
}

Lattice::StepWords Lattice::step_words(const std::vector<std::string>& coarse,
                                       const std::vector<std::int64_t>& people) const {
  StepWords made;
  made.words = coarse;
  std::sort(made.words.begin(), made.words.end());
  made.words.erase(std::unique(made.words.begin(), made.words.end()), made.words.end());
  std::vector<std::int64_t> joined(made.words.size(), 0);
  for (const auto& word : coarse) {
    const auto place = std::lower_bound(made.words.begin(), made.words.end(), word);
    made.up.push_back(static_cast<std::uint32_t>(place - made.words.begin()));
    ++joined[made.up.back()];
  }
  const auto others = static_cast<std::int64_t>(coarse.size()) - 1;
  if (others < 1 || table_->people() == 0) return made;
  std::int64_t lost = 0;
  for (std::size_t code = 0; code < coarse.size(); ++code) {
    lost += people[code] * (joined[made.up[code]] - 1);
  }
  const auto all = static_cast<double>(others) * static_cast<double>(table_->people());
  made.loss = static_cast<std::int64_t>(static_cast<double>(lost) / all * kWhole);
  return made;
}

core::Status Lattice::check_size() const {
  std::uint64_t nodes = 1;
  std::uint64_t keys = 1;
  for (const auto& steps : columns_) {
    nodes *= steps.size();
    std::uint64_t most = 1;
    for (const auto& step : steps) most = std::max<std::uint64_t>(most, step.words.size());
    if (nodes > kNodesMax || keys > kKeyMax / most) {
      return core::fail(core::ErrorCode::kLimited, "depersonalise.too_many_combinations");
    }
    keys *= most;
  }
  return {};
}

// The table's cells are in the order of their codes, quasi columns first: equal ones are
// neighbours.
void Lattice::find_groups() {
  const auto quasi = static_cast<std::ptrdiff_t>(columns_.size());
  for (auto cell = table_->cells().begin(); cell != table_->cells().end(); ++cell) {
    const auto& codes = cell->first;
    const bool same = !groups_.empty() && std::equal(codes.begin(), codes.begin() + quasi,
                                                     groups_.back().first->first.begin());
    if (!same) groups_.push_back({cell, 0, 0});
    ++groups_.back().cells;
    groups_.back().people += cell->second;
  }
}

std::int64_t Lattice::loss(std::size_t column, std::size_t step) const {
  return columns_[column][step].loss;
}

std::vector<Steps> Lattice::nodes() const {
  std::vector<std::pair<std::int64_t, Steps>> all{{0, {}}};
  for (const auto& column : columns_) {
    std::vector<std::pair<std::int64_t, Steps>> longer;
    for (const auto& [loss, steps] : all) {
      for (std::size_t step = 0; step < column.size(); ++step) {
        longer.emplace_back(loss + column[step].loss, steps).second.push_back(step);
      }
    }
    all = std::move(longer);
  }
  std::sort(all.begin(), all.end());
  std::vector<Steps> nodes;
  nodes.reserve(all.size());
  for (auto& [loss, steps] : all) nodes.push_back(std::move(steps));
  return nodes;
}

std::uint64_t Lattice::key_of(const Steps& steps, const Group& group) const {
  std::uint64_t key = 0;
  for (std::size_t column = 0; column < steps.size(); ++column) {
    const auto& step = columns_[column][steps[column]];
    key = key * step.words.size() + step.up[group.first->first[column]];
  }
  return key;
}

std::vector<PeopleClass> Lattice::classes(const Steps& steps, const ClassRule& rule) const {
  CORE_ASSERT(steps.size() == columns_.size() && rule.k >= 2);
  std::vector<std::pair<std::uint64_t, std::size_t>> order;
  order.reserve(groups_.size());
  for (std::size_t i = 0; i < groups_.size(); ++i) order.emplace_back(key_of(steps, groups_[i]), i);
  std::sort(order.begin(), order.end());
  std::vector<PeopleClass> classes;
  for (std::size_t i = 0; i < order.size(); ++i) {
    if (i == 0 || order[i].first != order[i - 1].first) classes.emplace_back();
    classes.back().groups.push_back(order[i].second);
    classes.back().people += groups_[order[i].second].people;
  }
  for (auto& one : classes) one.stays = holds(one, rule);
  return classes;
}

bool Lattice::holds(const PeopleClass& one, const ClassRule& rule) const {
  if (one.people < rule.k) return false;
  if (rule.diversity <= 1) return true;
  const auto diversity = diversity_of(one);
  return std::all_of(diversity.begin(), diversity.end(),
                     [&](std::int64_t distinct) { return distinct >= rule.diversity; });
}

std::vector<std::int64_t> Lattice::diversity_of(const PeopleClass& one) const {
  const auto quasi = columns_.size();
  std::vector<std::set<std::uint32_t>> seen(table_->columns().size() - quasi);
  for (const auto place : one.groups) {
    auto cell = groups_[place].first;
    for (std::size_t i = 0; i < groups_[place].cells; ++i, ++cell) {
      for (std::size_t s = 0; s < seen.size(); ++s) seen[s].insert(cell->first[quasi + s]);
    }
  }
  std::vector<std::int64_t> diversity;
  for (const auto& words : seen) diversity.push_back(static_cast<std::int64_t>(words.size()));
  return diversity;
}

}  // namespace privacy
