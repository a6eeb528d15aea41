#include "identity/account/deletion_store.h"

namespace identity::sql {
namespace {

constexpr store::Query kFind{
    "account_deletion.find",
    "SELECT citizen_id, state, challenge_id, confirmed_at_utc, due_at_utc, receipt_hash, sealed"
    " FROM account_deletion WHERE citizen_id = $1"};
constexpr store::Query kAsk{
    "account_deletion.ask",
    "INSERT INTO account_deletion (citizen_id, state, challenge_id, asked_at_utc)"
    " VALUES ($1, 'asked', $2, $3) ON CONFLICT (citizen_id) DO UPDATE"
    " SET challenge_id = excluded.challenge_id, asked_at_utc = excluded.asked_at_utc"
    " WHERE account_deletion.state = 'asked'"};
constexpr store::Query kFreeze{
    "account_deletion.freeze",
    "UPDATE account_deletion SET state = 'frozen', confirmed_at_utc = $3, due_at_utc = $4,"
    " receipt_hash = $5, sealed = $6"
    " WHERE citizen_id = $1 AND challenge_id = $2 AND state = 'asked'"};
constexpr store::Query kCancel{
    "account_deletion.cancel",
    "DELETE FROM account_deletion WHERE citizen_id = $1 AND state = 'frozen'"};
constexpr store::Query kListDue{
    "account_deletion.list_due",
    "SELECT citizen_id, state, challenge_id, confirmed_at_utc, due_at_utc, receipt_hash, sealed"
    " FROM account_deletion WHERE state <> 'asked' AND due_at_utc <= $1"
    " ORDER BY due_at_utc LIMIT $2"};
constexpr store::Query kClaim{"account_deletion.claim",
                              "UPDATE account_deletion SET state = 'erasing', due_at_utc = $3"
                              " WHERE citizen_id = $1 AND due_at_utc = $2 AND state <> 'asked'"};
constexpr store::Query kDelete{"account_deletion.delete",
                               "DELETE FROM account_deletion WHERE citizen_id = $1"};
constexpr store::Query kInsertReceipt{
    "deletion_receipt.insert",
    "INSERT INTO deletion_receipt (receipt_hash, state, confirmed_at_utc, due_at_utc, report)"
    " VALUES ($1, $2, $3, $4, '')"};
constexpr store::Query kEndReceipt{
    "deletion_receipt.end",
    "UPDATE deletion_receipt SET state = $2, ended_at_utc = $3, report = $4"
    " WHERE receipt_hash = $1"};
constexpr store::Query kFindReceipt{
    "deletion_receipt.find",
    "SELECT state, confirmed_at_utc, due_at_utc, ended_at_utc, report FROM deletion_receipt"
    " WHERE receipt_hash = $1"};
core::Bytes bytes_or_none(const store::Row& row, std::size_t column) {
  return row.is_null(column) ? core::Bytes() : core::to_bytes(row.blob(column));
}

DeletionRow read_deletion(const store::Row& row) {
  return {.citizen_id = row.id<CitizenId>(0),
          .state = std::string(row.text(1)),
          .challenge_id = row.id<ChallengeId>(2),
          .confirmed_at = row.optional_instant(3),
          .due_at = row.optional_instant(4),
          .receipt_hash = bytes_or_none(row, 5),
          .sealed = bytes_or_none(row, 6)};
}

}  // namespace

core::Result<std::optional<DeletionRow>> find_deletion(store::UnitOfWork& unit,
                                                       const CitizenId& id) {
  TRY(const auto rows, unit.run(kFind, {id}));
  if (rows.empty()) return std::optional<DeletionRow>();
  return std::optional(read_deletion(rows.front()));
}

core::Result<bool> ask_deletion(store::UnitOfWork& unit, const CitizenId& id,
                                const ChallengeId& challenge_id, core::Instant now) {
  TRY(const auto rows, unit.run(kAsk, {id, challenge_id, now}));
  return rows.affected() == 1;
}

core::Result<bool> freeze_account(store::UnitOfWork& unit, const DeletionRow& row) {
  TRY(const auto rows, unit.run(kFreeze, {row.citizen_id, row.challenge_id, row.confirmed_at,
                                          row.due_at, row.receipt_hash, row.sealed}));
  return rows.affected() == 1;
}

core::Result<bool> cancel_deletion(store::UnitOfWork& unit, const CitizenId& id) {
  TRY(const auto rows, unit.run(kCancel, {id}));
  return rows.affected() == 1;
}

core::Result<std::vector<DeletionRow>> list_due_deletions(store::UnitOfWork& unit,
                                                          core::Instant now, int rows_max) {
  TRY(const auto rows, unit.run(kListDue, {now, rows_max}));
  std::vector<DeletionRow> due;
  for (const auto& row : rows) due.push_back(read_deletion(row));
  return due;
}

core::Result<bool> claim_deletion(store::UnitOfWork& unit, const DeletionRow& row,
                                  core::Instant leased_until) {
  TRY(const auto rows, unit.run(kClaim, {row.citizen_id, row.due_at, leased_until}));
  return rows.affected() == 1;
}

core::Status delete_deletion(store::UnitOfWork& unit, const CitizenId& id) {
  TRY_VOID(unit.run(kDelete, {id}));
  return {};
}

core::Status insert_receipt(store::UnitOfWork& unit, const ReceiptRow& row) {
  TRY_VOID(unit.run(kInsertReceipt, {row.receipt_hash, row.state, row.confirmed_at, row.due_at}));
  return {};
}

core::Status end_receipt(store::UnitOfWork& unit, const ReceiptRow& row) {
  TRY_VOID(unit.run(kEndReceipt, {row.receipt_hash, row.state, row.ended_at, row.report}));
  return {};
}

core::Result<std::optional<ReceiptRow>> find_receipt(store::UnitOfWork& unit,
                                                     core::ByteView receipt_hash) {
  TRY(const auto rows, unit.run(kFindReceipt, {receipt_hash}));
  if (rows.empty()) return std::optional<ReceiptRow>();
  const auto& row = rows.front();
  return std::optional(ReceiptRow{.receipt_hash = core::to_bytes(receipt_hash),
                                  .state = std::string(row.text(0)),
                                  .confirmed_at = row.instant(1),
                                  .due_at = row.instant(2),
                                  .ended_at = row.optional_instant(3),
                                  .report = std::string(row.text(4))});
}

std::string deletion_place(const CitizenId& id) {
  return "account_deletion|sealed|" + id.to_string();
}

}  // namespace identity::sql
