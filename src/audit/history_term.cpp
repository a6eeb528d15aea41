#include "audit/history_term.h"

namespace audit {
namespace {

constexpr store::Query kCountOperations{
    "operation.count_past_term",
    "SELECT CAST(COUNT(*) AS BIGINT) FROM operation"
    " WHERE at_utc < $1 AND (at_utc < $2 OR kind <> 'session.opened')"};
constexpr store::Query kEraseOperations{
    "operation.erase_past_term",
    "DELETE FROM operation WHERE (citizen_id, operation_id) IN"
    " (SELECT citizen_id, operation_id FROM operation"
    " WHERE at_utc < $1 AND (at_utc < $2 OR kind <> 'session.opened')"
    " ORDER BY at_utc LIMIT $3)"};
constexpr store::Query kCountEntries{
    "log_entry.count_past_term",
    "SELECT CAST(COUNT(*) AS BIGINT) FROM log_entry WHERE entry_id < $1 AND NOT EXISTS"
    " (SELECT 1 FROM log_dispute d WHERE d.citizen_id = log_entry.citizen_id"
    " AND d.entry_id = log_entry.entry_id AND (d.state = 'open' OR d.answered_at_utc >= $2))"};
constexpr store::Query kListEntries{
    "log_entry.list_past_term",
    "SELECT citizen_id, entry_id FROM log_entry WHERE entry_id < $1 AND NOT EXISTS"
    " (SELECT 1 FROM log_dispute d WHERE d.citizen_id = log_entry.citizen_id"
    " AND d.entry_id = log_entry.entry_id AND (d.state = 'open' OR d.answered_at_utc >= $2))"
    " ORDER BY entry_id LIMIT $3"};
constexpr store::Query kForgetEntry{
    "log_entry.forget_one", "DELETE FROM log_entry WHERE citizen_id = $1 AND entry_id = $2"};
constexpr store::Query kForgetDispute{
    "log_dispute.forget_one", "DELETE FROM log_dispute WHERE citizen_id = $1 AND entry_id = $2"};

/// Lower than every id made at the moment or later: an id begins with 48 bits of milliseconds.
EntryId lowest_id_at(core::Instant moment) {
  core::UuidBytes bytes{};
  auto millis = static_cast<std::uint64_t>(moment.micros() / 1000);
  for (std::size_t i = 6; i > 0; --i, millis >>= 8U) {
    bytes.at(i - 1) = static_cast<std::uint8_t>(millis & 0xffU);
  }
  return EntryId(bytes);
}

}  // namespace

core::Result<std::int64_t> count_operations_before(store::UnitOfWork& unit,
                                                   const HistoryCutoff& cutoff) {
  TRY(const auto rows, unit.run(kCountOperations, {cutoff.lines, cutoff.sign_ins}));
  return rows.front().int64(0);
}

core::Result<std::int64_t> erase_operations_before(store::UnitOfWork& unit,
                                                   const HistoryCutoff& cutoff, int rows_max) {
  TRY(const auto rows, unit.run(kEraseOperations, {cutoff.lines, cutoff.sign_ins, rows_max}));
  return rows.affected();
}

core::Result<std::int64_t> count_entries_before(store::UnitOfWork& unit, core::Instant cutoff) {
  TRY(const auto rows, unit.run(kCountEntries, {lowest_id_at(cutoff), cutoff}));
  return rows.front().int64(0);
}

core::Result<std::vector<PastEntry>> list_entries_before(store::UnitOfWork& unit,
                                                         core::Instant cutoff, int rows_max) {
  TRY(const auto rows, unit.run(kListEntries, {lowest_id_at(cutoff), cutoff, rows_max}));
  std::vector<PastEntry> entries;
  entries.reserve(rows.size());
  for (const auto& row : rows) {
    entries.push_back({row.id<core::CitizenId>(0), row.id<EntryId>(1)});
  }
  return entries;
}

core::Result<bool> forget_log_entry(store::UnitOfWork& unit, const PastEntry& entry) {
  TRY_VOID(unit.run(kForgetEntry, {entry.citizen_id, entry.entry_id}));
  TRY(const auto disputes, unit.run(kForgetDispute, {entry.citizen_id, entry.entry_id}));
  return disputes.affected() == 1;
}

}  // namespace audit
