#include "vault/claims.h"

#include <algorithm>
#include <array>
#include <tuple>

namespace vault {
namespace {

constexpr store::Query kDeleteClaim{
    "personal_record.delete_claim",
    "DELETE FROM personal_record WHERE citizen_id = $1 AND category = $2 AND name = $3"
    " AND source = $4"};
constexpr store::Query kDeleteSource{
    "personal_record.delete_source",
    "DELETE FROM personal_record WHERE citizen_id = $1 AND category = $2 AND source = $3"};

constexpr std::array kLevels{kAssertedLevel, kPhoneLevel, kVerifiedLevel};
constexpr std::array kSources{kRegistrySource, kPassportSource, kDeskSource, kProviderSource,
                              kSelfSource};

template <std::size_t size>
std::size_t place_in(const std::array<std::string_view, size>& list, std::string_view word) {
  return static_cast<std::size_t>(std::find(list.begin(), list.end(), word) - list.begin());
}

std::string_view kind_of(std::string_view source) { return source.substr(0, source.find(':')); }

}  // namespace

int rank_of_level(std::string_view level) {
  const auto place = place_in(kLevels, level);
  return place == kLevels.size() ? 0 : static_cast<int>(place);
}

bool holds_before(const Provenance& a, const Provenance& b) {
  // Swapped where more is better.
  const auto place = [](const Provenance& one) { return place_in(kSources, kind_of(one.source)); };
  return std::tuple(rank_of_level(b.assurance_level), b.proven_at, place(a),
                    std::string_view(a.source)) < std::tuple(rank_of_level(a.assurance_level),
                                                             a.proven_at, place(b),
                                                             std::string_view(b.source));
}

void put_in_force_order(PersonalRecords& records) {
  std::stable_sort(records.begin(), records.end(), [](const auto& a, const auto& b) {
    if (a.name != b.name) return a.name < b.name;
    return holds_before(a.provenance, b.provenance);
  });
}

core::Status delete_claim(store::UnitOfWork& unit, const core::CitizenId& citizen_id,
                          std::string_view name, std::string_view source) {
  TRY_VOID(unit.run(kDeleteClaim, {citizen_id, name_of(Category::kProfile), name, source}));
  return {};
}

core::Status delete_source(store::UnitOfWork& unit, const core::CitizenId& citizen_id,
                           std::string_view source) {
  TRY_VOID(unit.run(kDeleteSource, {citizen_id, name_of(Category::kProfile), source}));
  return {};
}

}  // namespace vault
