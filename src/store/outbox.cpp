#include "store/outbox.h"

namespace store {
namespace {

using core::ErrorCode;

constexpr Query kInsert{
    "outbox.insert",
    "INSERT INTO outbox (outbox_id, kind, dedup_key, payload, state, attempts, "
    "next_attempt_at_utc, created_at_utc) VALUES ($1, $2, $3, $4, 'pending', 0, $5, $6) "
    "ON CONFLICT (kind, dedup_key) DO NOTHING"};
constexpr Query kFind{"outbox.find",
                      "SELECT state, attempts, last_error_reason FROM outbox "
                      "WHERE kind = $1 AND dedup_key = $2"};
constexpr Query kCount{"outbox.count",
                       "SELECT kind, state, CAST(count(*) AS BIGINT) FROM outbox "
                       "GROUP BY kind, state ORDER BY kind, state"};
constexpr Query kRevive{
    "outbox.revive",
    "UPDATE outbox SET state = 'pending', attempts = 0, next_attempt_at_utc = $3, "
    "finished_at_utc = NULL WHERE kind = $1 AND dedup_key = $2 AND state = 'dead'"};
constexpr Query kPurge{
    "outbox.purge",
    "DELETE FROM outbox WHERE outbox_id IN (SELECT outbox_id FROM outbox "
    "WHERE state <> 'pending' AND finished_at_utc < $1 ORDER BY finished_at_utc LIMIT $2)"};

bool fits(std::string_view text, std::size_t bytes_max) {
  return !text.empty() && text.size() <= bytes_max;
}

}  // namespace

core::Result<EnqueueOutcome> enqueue(UnitOfWork& unit, const OutboxMessage& message,
                                     core::Instant now, core::Rng& rng) {
  if (!fits(message.kind, kOutboxKindBytesMax) ||
      !fits(message.dedup_key, kOutboxDedupKeyBytesMax)) {
    return core::fail(ErrorCode::kInvalidInput, "outbox.malformed");
  }
  if (message.payload.size() > kOutboxPayloadBytesMax) {
    return core::fail(ErrorCode::kInvalidInput, "outbox.too_large");
  }
  const core::Instant first = std::max(now, message.not_before);
  TRY(const Rows inserted, unit.run(kInsert, {OutboxId::make(now, rng), message.kind,
                                              message.dedup_key, message.payload, first, now}));
  if (inserted.affected() == 0) return EnqueueOutcome::kAlreadyThere;
  unit.announce(kOutboxTopic);
  return EnqueueOutcome::kNew;
}

core::Result<OutboxStatus> find_outbox(UnitOfWork& unit, std::string_view kind,
                                       std::string_view dedup_key) {
  TRY(const Rows rows, unit.run(kFind, {kind, dedup_key}));
  if (rows.empty()) return core::fail(ErrorCode::kNotFound, "outbox.not_found");
  const Row& row = rows.front();
  OutboxStatus status{
      .state = std::string(row.text(0)), .attempts = row.int64(1), .last_error_reason = {}};
  if (!row.is_null(2)) status.last_error_reason = row.text(2);
  return status;
}

core::Result<std::vector<OutboxCount>> count_outbox(UnitOfWork& unit) {
  TRY(const Rows rows, unit.run(kCount));
  std::vector<OutboxCount> counts;
  for (const Row& row : rows) {
    counts.push_back({std::string(row.text(0)), std::string(row.text(1)), row.int64(2)});
  }
  return counts;
}

core::Status revive_outbox(UnitOfWork& unit, std::string_view kind, std::string_view dedup_key,
                           core::Instant now) {
  TRY(const Rows revived, unit.run(kRevive, {kind, dedup_key, now}));
  if (revived.affected() == 0) return core::fail(ErrorCode::kNotFound, "outbox.not_found");
  unit.announce(kOutboxTopic);
  return {};
}

core::Result<std::int64_t> purge_outbox(UnitOfWork& unit, core::Instant before,
                                        std::int64_t rows_max) {
  TRY(const Rows purged, unit.run(kPurge, {before, rows_max}));
  return purged.affected();
}

}  // namespace store
