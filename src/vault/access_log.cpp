#include "vault/access_log.h"

namespace vault {
namespace {

constexpr store::Query kList{
    "access_record.list",
    "SELECT at_utc, actor, purpose, category FROM access_record WHERE citizen_id = $1"
    " ORDER BY access_id DESC LIMIT $2"};
constexpr store::Query kCountBefore{
    "access_record.count_past_term",
    "SELECT CAST(COUNT(*) AS BIGINT) FROM access_record WHERE at_utc < $1"};
constexpr store::Query kEraseBefore{
    "access_record.erase_past_term",
    "DELETE FROM access_record WHERE (citizen_id, access_id) IN"
    " (SELECT citizen_id, access_id FROM access_record WHERE at_utc < $1"
    " ORDER BY at_utc LIMIT $2)"};

}  // namespace

core::Result<std::vector<AccessRecord>> list_accesses(store::UnitOfWork& unit,
                                                      const core::CitizenId& citizen_id,
                                                      int rows_max) {
  TRY(const auto rows, unit.run(kList, {citizen_id, rows_max}));
  std::vector<AccessRecord> accesses;
  for (const auto& row : rows) {
    accesses.push_back({row.instant(0), std::string(row.text(1)), std::string(row.text(2)),
                        std::string(row.text(3))});
  }
  return accesses;
}

core::Result<std::int64_t> count_accesses_before(store::UnitOfWork& unit, core::Instant cutoff) {
  TRY(const auto rows, unit.run(kCountBefore, {cutoff}));
  return rows.front().int64(0);
}

core::Result<std::int64_t> erase_accesses_before(store::UnitOfWork& unit, core::Instant cutoff,
                                                 int rows_max) {
  TRY(const auto rows, unit.run(kEraseBefore, {cutoff, rows_max}));
  return rows.affected();
}

}  // namespace vault
