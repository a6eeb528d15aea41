#include "privacy/depersonalisation/people_table.h"

#include "core/assert.h"

namespace privacy {

PeopleTable::PeopleTable(std::vector<Hierarchy> quasi, std::vector<std::string> sensitive,
                         std::size_t cells_max)
    : quasi_(std::move(quasi)), cells_max_(cells_max) {
  for (const auto& hierarchy : quasi_) columns_.push_back({hierarchy.column, {}});
  for (auto& name : sensitive) columns_.push_back({std::move(name), {}});
  codes_.resize(columns_.size());
}

core::Status PeopleTable::add(const std::vector<std::string>& words) {
  CORE_ASSERT(words.size() == columns_.size());
  Codes cell;
  cell.reserve(words.size());
  for (std::size_t i = 0; i < words.size(); ++i) {
    auto& list = columns_[i].words;
    const auto [known, fresh] =
        codes_[i].emplace(words[i], static_cast<std::uint32_t>(list.size()));
    if (fresh) list.push_back(words[i]);
    cell.push_back(known->second);
  }
  ++cells_[std::move(cell)];
  ++people_;
  if (cells_.size() <= cells_max_) return {};
  return core::fail(core::ErrorCode::kLimited, "depersonalise.too_many_combinations");
}

}  // namespace privacy
