#include "identity/account/email_store.h"

namespace identity::sql {
namespace {

constexpr store::Query kFind{
    "citizen_email.find",
    "SELECT email_index, email_masked, language, code_hash, attempts_left, first_sent_at_utc,"
    " sent_count, expires_at_utc, confirmed_at_utc FROM citizen_email"
    " WHERE citizen_id = $1 AND state = $2"};
constexpr store::Query kPut{
    "citizen_email.put",
    "INSERT INTO citizen_email (citizen_id, state, email_index, email_masked, language, code_hash,"
    " attempts_left, first_sent_at_utc, sent_count, expires_at_utc, confirmed_at_utc)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
    " ON CONFLICT (citizen_id, state) DO UPDATE SET email_index = excluded.email_index,"
    " email_masked = excluded.email_masked, language = excluded.language,"
    " code_hash = excluded.code_hash, attempts_left = excluded.attempts_left,"
    " first_sent_at_utc = excluded.first_sent_at_utc, sent_count = excluded.sent_count,"
    " expires_at_utc = excluded.expires_at_utc, confirmed_at_utc = excluded.confirmed_at_utc"};
constexpr store::Query kDelete{"citizen_email.delete",
                               "DELETE FROM citizen_email WHERE citizen_id = $1 AND state = $2"};
constexpr store::Query kSetAttempts{
    "citizen_email.set_attempts",
    "UPDATE citizen_email SET attempts_left = $2 WHERE citizen_id = $1 AND state = 'pending'"};
constexpr store::Query kCountCodes{
    "citizen_email.count_codes",
    "SELECT CAST(COALESCE(SUM(sent_count), 0) AS BIGINT) FROM citizen_email"
    " WHERE email_index = $1 AND first_sent_at_utc > $2"};

}  // namespace

core::Result<std::optional<EmailRow>> find_email(store::UnitOfWork& unit, const CitizenId& id,
                                                 std::string_view state) {
  TRY(const auto rows, unit.run(kFind, {id, state}));
  if (rows.empty()) return std::optional<EmailRow>();
  const auto& row = rows.front();
  return std::optional(EmailRow{.citizen_id = id,
                                .state = std::string(state),
                                .email_index = core::to_bytes(row.blob(0)),
                                .masked = std::string(row.text(1)),
                                .language = std::string(row.text(2)),
                                .code_hash = core::to_bytes(row.blob(3)),
                                .attempts_left = row.int64(4),
                                .first_sent_at = row.instant(5),
                                .sent_count = row.int64(6),
                                .expires_at = row.instant(7),
                                .confirmed_at = row.optional_instant(8)});
}

core::Status put_email(store::UnitOfWork& unit, const EmailRow& row) {
  TRY_VOID(unit.run(kPut, {row.citizen_id, row.state, row.email_index, row.masked, row.language,
                           row.code_hash, row.attempts_left, row.first_sent_at, row.sent_count,
                           row.expires_at, row.confirmed_at}));
  return {};
}

core::Result<bool> delete_email(store::UnitOfWork& unit, const CitizenId& id,
                                std::string_view state) {
  TRY(const auto rows, unit.run(kDelete, {id, state}));
  return rows.affected() == 1;
}

core::Status set_email_attempts(store::UnitOfWork& unit, const CitizenId& id,
                                std::int64_t attempts_left) {
  TRY_VOID(unit.run(kSetAttempts, {id, attempts_left}));
  return {};
}

core::Result<std::int64_t> count_email_codes(store::UnitOfWork& unit, core::ByteView email_index,
                                             core::Instant since) {
  TRY(const auto rows, unit.run(kCountCodes, {email_index, since}));
  return rows.front().int64(0);
}

}  // namespace identity::sql
