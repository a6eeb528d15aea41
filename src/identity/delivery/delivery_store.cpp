#include "identity/delivery/delivery_store.h"

namespace identity::sql {
namespace {

constexpr store::Query kInsert{
    "delivery.insert",
    "INSERT INTO message_delivery (challenge_id, channel, state, reason, tried, rounds,"
    " message_sealed, updated_at_utc, expires_at_utc) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
    " ON CONFLICT (challenge_id) DO NOTHING"};
constexpr store::Query kFind{
    "delivery.find",
    "SELECT channel, state, reason, tried, rounds, message_sealed, updated_at_utc, expires_at_utc"
    " FROM message_delivery WHERE challenge_id = $1"};
constexpr store::Query kUpdate{
    "delivery.update",
    "UPDATE message_delivery SET channel = $2, state = $3, reason = $4, tried = $5, rounds = $6,"
    " updated_at_utc = $7 WHERE challenge_id = $1"};
constexpr store::Query kInsertPart{
    "delivery_part.insert",
    "INSERT INTO message_part (operator, message_id, challenge_id, delivered, expires_at_utc)"
    " VALUES ($1, $2, $3, 0, $4) ON CONFLICT (operator, message_id) DO NOTHING"};
constexpr store::Query kFindPart{
    "delivery_part.find",
    "SELECT challenge_id FROM message_part WHERE operator = $1 AND message_id = $2"};
constexpr store::Query kMarkPart{
    "delivery_part.mark",
    "UPDATE message_part SET delivered = 1 WHERE operator = $1 AND message_id = $2"};
constexpr store::Query kCountParts{"delivery_part.count",
                                   "SELECT CAST(COUNT(*) AS BIGINT) FROM message_part"
                                   " WHERE challenge_id = $1 AND operator = $2 AND delivered = 0"};
constexpr store::Query kPurge{"delivery.purge",
                              "DELETE FROM message_delivery WHERE expires_at_utc < $1"};
constexpr store::Query kPurgeParts{"delivery_part.purge",
                                   "DELETE FROM message_part WHERE expires_at_utc < $1"};

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const auto& name : names) text += (text.empty() ? "" : " ") + name;
  return text;
}

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> names;
  while (!text.empty()) {
    const auto space = std::min(text.find(' '), text.size());
    names.emplace_back(text.substr(0, space));
    text.remove_prefix(std::min(space + 1, text.size()));
  }
  return names;
}

}  // namespace

core::Status insert_delivery(store::UnitOfWork& unit, const DeliveryRow& row) {
  const auto& report = row.progress.report;
  TRY_VOID(unit.run(kInsert, {row.id, name_of(report.channel), name_of(report.state),
                              name_of(report.problem), joined(row.progress.tried), row.rounds,
                              row.message_sealed, row.updated_at, row.expires_at}));
  return {};
}

core::Result<std::optional<DeliveryRow>> find_delivery(store::UnitOfWork& unit,
                                                       const ChallengeId& id) {
  TRY(const auto rows, unit.run(kFind, {id}));
  if (rows.empty()) return std::optional<DeliveryRow>();
  const auto& row = rows.front();
  DeliveryRow found;
  found.id = id;
  found.progress = {{find_channel(row.text(0)).value_or(Channel::kSms),
                     find_delivery_state(row.text(1)).value_or(DeliveryState::kQueued),
                     delivery_problem_from(row.text(2))},
                    split(row.text(3))};
  found.rounds = row.int64(4);
  found.message_sealed = core::to_bytes(row.blob(5));
  found.updated_at = row.instant(6);
  found.expires_at = row.instant(7);
  return std::optional(std::move(found));
}

core::Status update_delivery(store::UnitOfWork& unit, const DeliveryRow& row) {
  const auto& report = row.progress.report;
  TRY_VOID(unit.run(
      kUpdate, {row.id, name_of(report.channel), name_of(report.state), name_of(report.problem),
                joined(row.progress.tried), row.rounds, row.updated_at}));
  return {};
}

core::Status insert_part(store::UnitOfWork& unit, const PartRow& row) {
  TRY_VOID(unit.run(kInsertPart, {row.operator_name, row.message_id, row.id, row.expires_at}));
  return {};
}

core::Result<std::optional<ChallengeId>> find_part(store::UnitOfWork& unit,
                                                   const DeliveryReceipt& receipt) {
  TRY(const auto rows, unit.run(kFindPart, {receipt.operator_name, receipt.message_id}));
  if (rows.empty()) return std::optional<ChallengeId>();
  return std::optional(rows.front().id<ChallengeId>(0));
}

core::Status mark_part_delivered(store::UnitOfWork& unit, const DeliveryReceipt& receipt) {
  TRY_VOID(unit.run(kMarkPart, {receipt.operator_name, receipt.message_id}));
  return {};
}

core::Result<std::int64_t> count_undelivered_parts(store::UnitOfWork& unit, const ChallengeId& id,
                                                   std::string_view operator_name) {
  TRY(const auto rows, unit.run(kCountParts, {id, operator_name}));
  return rows.front().int64(0);
}

core::Result<std::int64_t> purge_deliveries(store::UnitOfWork& unit, core::Instant before) {
  TRY(const auto deliveries, unit.run(kPurge, {before}));
  TRY(const auto parts, unit.run(kPurgeParts, {before}));
  return deliveries.affected() + parts.affected();
}

}  // namespace identity::sql
