#include "identity/authenticator/totp_store.h"

namespace identity::sql {
namespace {

constexpr store::Query kPutTotp{
    "totp.put",
    "INSERT INTO totp_authenticator (citizen_id, made_at_utc, confirmed_at_utc, last_used_step,"
    " failures, blocked_until_utc) VALUES ($1, $2, NULL, 0, 0, 0)"
    " ON CONFLICT (citizen_id) DO UPDATE SET made_at_utc = excluded.made_at_utc,"
    " failures = 0, blocked_until_utc = 0"
    " WHERE totp_authenticator.confirmed_at_utc IS NULL"};
constexpr store::Query kFindTotp{
    "totp.find",
    "SELECT made_at_utc, confirmed_at_utc, last_used_step, failures, blocked_until_utc"
    " FROM totp_authenticator WHERE citizen_id = $1"};
constexpr store::Query kUseStep{
    "totp.use_step",
    "UPDATE totp_authenticator SET last_used_step = $2, failures = 0, blocked_until_utc = 0"
    " WHERE citizen_id = $1 AND last_used_step < $2"};
constexpr store::Query kConfirm{
    "totp.confirm", "UPDATE totp_authenticator SET confirmed_at_utc = $2 WHERE citizen_id = $1"};
constexpr store::Query kCountFailure{
    "totp.count_failure",
    "UPDATE totp_authenticator SET failures = failures + 1 WHERE citizen_id = $1"
    " RETURNING failures"};
constexpr store::Query kBlock{
    "totp.block", "UPDATE totp_authenticator SET blocked_until_utc = $2 WHERE citizen_id = $1"};
constexpr store::Query kDeleteTotp{"totp.delete",
                                   "DELETE FROM totp_authenticator WHERE citizen_id = $1"};
constexpr store::Query kInsertCode{
    "recovery_code.insert",
    "INSERT INTO recovery_code (citizen_id, code_hash, made_at_utc) VALUES ($1, $2, $3)"};
constexpr store::Query kTakeCode{
    "recovery_code.take", "DELETE FROM recovery_code WHERE citizen_id = $1 AND code_hash = $2"};
constexpr store::Query kDeleteCodes{"recovery_code.delete",
                                    "DELETE FROM recovery_code WHERE citizen_id = $1"};
constexpr store::Query kFindOwn{
    "authenticator.find_own",
    "SELECT (SELECT CAST(COUNT(*) AS BIGINT) FROM passkey WHERE citizen_id = $1),"
    " (SELECT CAST(COUNT(*) AS BIGINT) FROM totp_authenticator"
    " WHERE citizen_id = $1 AND confirmed_at_utc IS NOT NULL),"
    " (SELECT CAST(COUNT(*) AS BIGINT) FROM recovery_code WHERE citizen_id = $1)"};

}  // namespace

core::Result<bool> put_totp(store::UnitOfWork& unit, const CitizenId& citizen_id,
                            core::Instant now) {
  TRY(const auto rows, unit.run(kPutTotp, {citizen_id, now}));
  return rows.affected() == 1;
}

core::Result<std::optional<TotpRow>> find_totp(store::UnitOfWork& unit,
                                               const CitizenId& citizen_id) {
  TRY(const auto rows, unit.run(kFindTotp, {citizen_id}));
  if (rows.empty()) return std::optional<TotpRow>();
  const auto& row = rows.front();
  return std::optional(
      TotpRow{row.instant(0), row.optional_instant(1), row.int64(2), row.int64(3), row.instant(4)});
}

core::Result<bool> use_totp_step(store::UnitOfWork& unit, const CitizenId& citizen_id,
                                 std::int64_t step) {
  TRY(const auto rows, unit.run(kUseStep, {citizen_id, step}));
  return rows.affected() == 1;
}

core::Status confirm_totp(store::UnitOfWork& unit, const CitizenId& citizen_id, core::Instant now) {
  TRY_VOID(unit.run(kConfirm, {citizen_id, now}));
  return {};
}

core::Result<std::int64_t> count_totp_failure(store::UnitOfWork& unit,
                                              const CitizenId& citizen_id) {
  TRY(const auto rows, unit.run(kCountFailure, {citizen_id}));
  return rows.empty() ? 0 : rows.front().int64(0);
}

core::Status block_totp(store::UnitOfWork& unit, const CitizenId& citizen_id, core::Instant until) {
  TRY_VOID(unit.run(kBlock, {citizen_id, until}));
  return {};
}

core::Result<bool> delete_totp(store::UnitOfWork& unit, const CitizenId& citizen_id) {
  TRY(const auto rows, unit.run(kDeleteTotp, {citizen_id}));
  return rows.affected() == 1;
}

core::Status put_recovery_codes(store::UnitOfWork& unit, const CitizenId& citizen_id,
                                const std::vector<core::Bytes>& hashes, core::Instant now) {
  TRY_VOID(delete_recovery_codes(unit, citizen_id));
  for (const auto& hash : hashes) {
    TRY_VOID(unit.run(kInsertCode, {citizen_id, hash, now}));
  }
  return {};
}

core::Result<bool> take_recovery_code(store::UnitOfWork& unit, const CitizenId& citizen_id,
                                      core::ByteView hash) {
  TRY(const auto rows, unit.run(kTakeCode, {citizen_id, hash}));
  return rows.affected() == 1;
}

core::Status delete_recovery_codes(store::UnitOfWork& unit, const CitizenId& citizen_id) {
  TRY_VOID(unit.run(kDeleteCodes, {citizen_id}));
  return {};
}

core::Result<OwnAuthenticators> find_authenticators(store::UnitOfWork& unit,
                                                    const CitizenId& citizen_id) {
  TRY(const auto rows, unit.run(kFindOwn, {citizen_id}));
  const auto& row = rows.front();
  return OwnAuthenticators{row.boolean(0), row.boolean(1), row.int64(2)};
}

}  // namespace identity::sql
