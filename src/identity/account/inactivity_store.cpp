#include "identity/account/inactivity_store.h"

namespace identity::sql {
namespace {

// Reading one's sessions is being here too; without either, the registration was the last visit. A
// frozen account is on its way out already.
constexpr store::Query kListSeen{
    "account_inactivity.list_seen",
    "SELECT c.citizen_id, c.registered_at_utc,"
    " (SELECT max(o.at_utc) FROM operation o WHERE o.citizen_id = c.citizen_id"
    "  AND o.kind = 'session.opened'),"
    " (SELECT max(s.last_used_at_utc) FROM session s WHERE s.citizen_id = c.citizen_id)"
    " FROM citizen c WHERE c.citizen_id > $1 AND c.registered_at_utc <= $2"
    " AND NOT EXISTS (SELECT 1 FROM account_deletion d WHERE d.citizen_id = c.citizen_id"
    "  AND d.state <> 'asked')"
    " ORDER BY c.citizen_id LIMIT $3"};
constexpr store::Query kLastSeen{
    "account_inactivity.last_seen",
    "SELECT c.citizen_id, c.registered_at_utc,"
    " (SELECT max(o.at_utc) FROM operation o WHERE o.citizen_id = c.citizen_id"
    "  AND o.kind = 'session.opened'),"
    " (SELECT max(s.last_used_at_utc) FROM session s WHERE s.citizen_id = c.citizen_id)"
    " FROM citizen c WHERE c.citizen_id = $1"};
constexpr store::Query kInsert{
    "account_inactivity.insert",
    "INSERT INTO account_inactivity"
    " (citizen_id, last_seen_at_utc, warnings, closes_at_utc, next_at_utc)"
    " VALUES ($1, $2, $3, $4, $5) ON CONFLICT (citizen_id) DO NOTHING"};
constexpr store::Query kListDue{
    "account_inactivity.list_due",
    "SELECT citizen_id, last_seen_at_utc, warnings, closes_at_utc, next_at_utc"
    " FROM account_inactivity WHERE next_at_utc <= $1 ORDER BY next_at_utc LIMIT $2"};
constexpr store::Query kWarnAgain{
    "account_inactivity.warn_again",
    "UPDATE account_inactivity SET warnings = warnings + 1, next_at_utc = $3"
    " WHERE citizen_id = $1 AND warnings = $2"};
constexpr store::Query kDelete{"account_inactivity.delete",
                               "DELETE FROM account_inactivity WHERE citizen_id = $1"};
constexpr store::Query kCount{
    "account_inactivity.count",
    "SELECT count(*), coalesce(sum(CASE WHEN closes_at_utc <= $1 THEN 1 ELSE 0 END), 0)"
    " FROM account_inactivity"};

Seen read_seen(const store::Row& row) {
  auto at = row.instant(1);
  for (const std::size_t column : {2U, 3U}) {
    const auto moment = row.optional_instant(column);
    if (moment && *moment > at) at = *moment;
  }
  return {row.id<CitizenId>(0), at};
}

}  // namespace

core::Result<std::vector<Seen>> list_seen(store::UnitOfWork& unit, const CitizenId& after,
                                          core::Instant registered_before, int rows_max) {
  TRY(const auto rows, unit.run(kListSeen, {after, registered_before, rows_max}));
  std::vector<Seen> seen;
  for (const auto& row : rows) seen.push_back(read_seen(row));
  return seen;
}

core::Result<std::optional<core::Instant>> find_last_seen(store::UnitOfWork& unit,
                                                          const CitizenId& id) {
  TRY(const auto rows, unit.run(kLastSeen, {id}));
  if (rows.empty()) return std::optional<core::Instant>();
  return std::optional(read_seen(rows.front()).at);
}

core::Result<bool> insert_inactivity(store::UnitOfWork& unit, const InactivityRow& row) {
  TRY(const auto rows, unit.run(kInsert, {row.citizen_id, row.last_seen_at, row.warnings,
                                          row.closes_at, row.next_at}));
  return rows.affected() == 1;
}

core::Result<std::vector<InactivityRow>> list_due_inactivity(store::UnitOfWork& unit,
                                                             core::Instant now, int rows_max) {
  TRY(const auto rows, unit.run(kListDue, {now, rows_max}));
  std::vector<InactivityRow> due;
  for (const auto& row : rows) {
    due.push_back({.citizen_id = row.id<CitizenId>(0),
                   .last_seen_at = row.instant(1),
                   .warnings = row.int64(2),
                   .closes_at = row.instant(3),
                   .next_at = row.instant(4)});
  }
  return due;
}

core::Result<bool> warn_again(store::UnitOfWork& unit, const InactivityRow& row,
                              core::Instant next_at) {
  TRY(const auto rows, unit.run(kWarnAgain, {row.citizen_id, row.warnings, next_at}));
  return rows.affected() == 1;
}

core::Result<bool> delete_inactivity(store::UnitOfWork& unit, const CitizenId& id) {
  TRY(const auto rows, unit.run(kDelete, {id}));
  return rows.affected() == 1;
}

core::Result<InactivityCounts> count_inactivity(store::UnitOfWork& unit, core::Instant now) {
  TRY(const auto rows, unit.run(kCount, {now}));
  return InactivityCounts{rows.front().int64(0), rows.front().int64(1)};
}

}  // namespace identity::sql
