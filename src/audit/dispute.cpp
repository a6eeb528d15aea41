#include "audit/dispute.h"

#include <algorithm>
#include <array>

namespace audit {
namespace {

constexpr std::array<std::string_view, 4> kReasons{"not_me", "unknown_party", "no_need", "other"};
constexpr std::array<std::string_view, 2> kOutcomes{"rightful", "wrongful"};

constexpr store::Query kPut{
    "log_dispute.put",
    "INSERT INTO log_dispute (citizen_id, entry_id, reason, state, disputed_at_utc)"
    " VALUES ($1, $2, $3, 'open', $4) ON CONFLICT (citizen_id, entry_id) DO NOTHING"};
constexpr store::Query kListOpen{
    "log_dispute.list_open",
    "SELECT citizen_id, entry_id, reason, disputed_at_utc, answered_at_utc, outcome"
    " FROM log_dispute WHERE state = 'open'"
    " AND (disputed_at_utc > $1 OR (disputed_at_utc = $1 AND entry_id > $2))"
    " ORDER BY disputed_at_utc, entry_id LIMIT $3"};
constexpr store::Query kListAnswered{
    "log_dispute.list_answered",
    "SELECT citizen_id, entry_id, reason, disputed_at_utc, answered_at_utc, outcome"
    " FROM log_dispute WHERE state = 'answered'"
    " AND (answered_at_utc < $1 OR (answered_at_utc = $1 AND entry_id < $2))"
    " ORDER BY answered_at_utc DESC, entry_id DESC LIMIT $3"};
constexpr store::Query kFind{
    "log_dispute.find",
    "SELECT citizen_id, entry_id, reason, disputed_at_utc, answered_at_utc, outcome"
    " FROM log_dispute WHERE entry_id = $1"};
constexpr store::Query kAnswer{
    "log_dispute.answer",
    "UPDATE log_dispute SET state = 'answered', answered_at_utc = $3, outcome = $4"
    " WHERE citizen_id = $1 AND entry_id = $2 AND state = 'open'"};

Dispute dispute_from(const store::Row& row) {
  Dispute dispute{row.id<core::CitizenId>(0), row.id<EntryId>(1),
                  std::string(row.text(2)),   row.instant(3),
                  row.optional_instant(4),    {}};
  if (dispute.answered_at) dispute.outcome = std::string(row.text(5));
  return dispute;
}

/// Where a list begins: before everything, or after everything.
sql::DisputeCursor beginning(bool open) {
  core::UuidBytes bytes{};
  if (!open) bytes.fill(0xff);
  constexpr std::int64_t kFarMicros = std::int64_t{1} << 62U;
  return {core::Instant::from_micros(open ? 0 : kFarMicros), EntryId(bytes)};
}

}  // namespace

bool is_dispute_reason(std::string_view reason) {
  return std::find(kReasons.begin(), kReasons.end(), reason) != kReasons.end();
}

bool is_dispute_outcome(std::string_view outcome) {
  return std::find(kOutcomes.begin(), kOutcomes.end(), outcome) != kOutcomes.end();
}

namespace sql {

core::Result<bool> put_dispute(store::UnitOfWork& unit, const Dispute& dispute) {
  TRY(const auto rows,
      unit.run(kPut, {dispute.citizen_id, dispute.entry_id, dispute.reason, dispute.disputed_at}));
  return rows.affected() == 1;
}

core::Result<std::vector<Dispute>> list_disputes(store::UnitOfWork& unit, bool open,
                                                 const std::optional<DisputeCursor>& after,
                                                 int rows_max) {
  const auto from = after.value_or(beginning(open));
  TRY(const auto rows,
      unit.run(open ? kListOpen : kListAnswered, {from.at, from.entry_id, rows_max}));
  std::vector<Dispute> disputes;
  for (const auto& row : rows) disputes.push_back(dispute_from(row));
  return disputes;
}

core::Result<std::optional<Dispute>> find_dispute(store::UnitOfWork& unit,
                                                  const EntryId& entry_id) {
  TRY(const auto rows, unit.run(kFind, {entry_id}));
  if (rows.empty()) return std::optional<Dispute>();
  return std::optional(dispute_from(rows.front()));
}

core::Result<bool> answer_dispute(store::UnitOfWork& unit, const Dispute& answered) {
  TRY(const auto rows, unit.run(kAnswer, {answered.citizen_id, answered.entry_id,
                                          *answered.answered_at, answered.outcome}));
  return rows.affected() == 1;
}

}  // namespace sql

}  // namespace audit
