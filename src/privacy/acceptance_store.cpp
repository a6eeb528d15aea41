#include "privacy/acceptance_store.h"

namespace privacy::sql {
namespace {

using AcceptanceId = core::StrongId<struct AcceptanceIdTag>;

constexpr store::Query kInsert{
    "acceptance.record",
    "INSERT INTO acceptance (citizen_id, acceptance_id, edition_kind, edition_number,"
    " edition_language, edition_sha256, how, accepted_at_utc)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"};
constexpr store::Query kNewest{
    "acceptance.newest",
    "SELECT CAST(COALESCE(MAX(edition_number), 0) AS BIGINT) FROM acceptance"
    " WHERE citizen_id = $1 AND edition_kind = $2"};
constexpr store::Query kRecords{
    "acceptance.records",
    "SELECT edition_kind, edition_number, edition_language, edition_sha256, how, accepted_at_utc"
    " FROM acceptance WHERE citizen_id = $1 ORDER BY acceptance_id DESC LIMIT 100"};

}  // namespace

core::Status insert_acceptance_record(store::UnitOfWork& unit, const core::CitizenId& citizen_id,
                                      const AcceptanceRecord& record, core::Rng& rng) {
  const auto& seen = record.seen;
  TRY_VOID(unit.run(kInsert,
                    {citizen_id, AcceptanceId::make(record.accepted_at, rng), name_of(seen.kind),
                     seen.number, seen.language, seen.sha256, record.how, record.accepted_at}));
  return {};
}

core::Result<int> newest_accepted(store::UnitOfWork& unit, const core::CitizenId& citizen_id,
                                  EditionKind kind) {
  TRY(const auto rows, unit.run(kNewest, {citizen_id, name_of(kind)}));
  return rows.empty() ? 0 : static_cast<int>(rows.front().int64(0));
}

core::Result<std::vector<AcceptanceRecord>> list_acceptance_records(
    store::UnitOfWork& unit, const core::CitizenId& citizen_id) {
  TRY(const auto rows, unit.run(kRecords, {citizen_id}));
  std::vector<AcceptanceRecord> records;
  for (const auto& row : rows) {
    const auto kind = find_edition_kind(row.text(0));
    if (!kind) continue;
    records.push_back({{*kind, static_cast<int>(row.int64(1)), std::string(row.text(2)),
                        std::string(row.text(3))},
                       std::string(row.text(4)),
                       row.instant(5)});
  }
  return records;
}

}  // namespace privacy::sql
