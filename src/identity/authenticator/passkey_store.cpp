#include "identity/authenticator/passkey_store.h"

#include "crypto/digest.h"

namespace identity::sql {
namespace {

constexpr store::Query kInsert{
    "passkey.insert",
    "INSERT INTO passkey (citizen_id, passkey_id, credential_id, cose_key, sign_count,"
    " backup_eligible, backed_up, aaguid, attestation, name, made_at_utc)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"};
constexpr store::Query kInsertIndex{
    "passkey_index.insert",
    "INSERT INTO passkey_index (credential_hash, citizen_id, passkey_id) VALUES ($1, $2, $3)"
    " ON CONFLICT (credential_hash) DO NOTHING"};
constexpr store::Query kFindIndex{
    "passkey_index.find",
    "SELECT citizen_id, passkey_id FROM passkey_index WHERE credential_hash = $1"};
constexpr store::Query kFind{
    "passkey.find",
    "SELECT citizen_id, passkey_id, credential_id, cose_key, sign_count, backup_eligible,"
    " backed_up, name, made_at_utc, last_used_at_utc FROM passkey"
    " WHERE citizen_id = $1 AND passkey_id = $2"};
constexpr store::Query kList{
    "passkey.list",
    "SELECT citizen_id, passkey_id, credential_id, cose_key, sign_count, backup_eligible,"
    " backed_up, name, made_at_utc, last_used_at_utc FROM passkey"
    " WHERE citizen_id = $1 ORDER BY passkey_id LIMIT 100"};
constexpr store::Query kUse{
    "passkey.use",
    "UPDATE passkey SET sign_count = $3, backed_up = $4, last_used_at_utc = $5"
    " WHERE citizen_id = $1 AND passkey_id = $2 AND sign_count = $6"};
constexpr store::Query kRename{
    "passkey.rename", "UPDATE passkey SET name = $3 WHERE citizen_id = $1 AND passkey_id = $2"};
constexpr store::Query kDeleteIndex{
    "passkey_index.delete",
    "DELETE FROM passkey_index WHERE credential_hash = $1 AND citizen_id = $2"};
constexpr store::Query kDelete{
    "passkey.delete",
    "DELETE FROM passkey WHERE citizen_id = $1 AND passkey_id = $2 RETURNING credential_id"};

PasskeyRow row_of(const store::Row& row) {
  return {.citizen_id = row.id<CitizenId>(0),
          .passkey = {.id = row.id<PasskeyId>(1),
                      .name = std::string(row.text(7)),
                      .made_at = row.instant(8),
                      .last_used_at = row.optional_instant(9),
                      .synced = row.boolean(6)},
          .credential_id = core::to_bytes(row.blob(2)),
          .known = {.cose_key = core::to_bytes(row.blob(3)),
                    .sign_count = static_cast<std::uint32_t>(row.int64(4)),
                    .backup_eligible = row.boolean(5)}};
}

}  // namespace

core::Result<bool> insert_passkey(store::UnitOfWork& unit, const CitizenId& citizen_id,
                                  const Passkey& passkey, const NewPasskey& made) {
  const auto hash = crypto::sha256(made.credential_id);
  TRY(const auto index, unit.run(kInsertIndex, {hash, citizen_id, passkey.id}));
  if (index.affected() != 1) return false;
  TRY_VOID(unit.run(
      kInsert, {citizen_id, passkey.id, made.credential_id, made.cose_key,
                static_cast<std::int64_t>(made.sign_count), made.backup_eligible, made.backed_up,
                made.aaguid, name_of(made.attestation), passkey.name, passkey.made_at}));
  return true;
}

core::Result<std::optional<PasskeyRow>> find_passkey(store::UnitOfWork& unit,
                                                     core::ByteView credential_id) {
  const auto hash = crypto::sha256(credential_id);
  TRY(const auto index, unit.run(kFindIndex, {hash}));
  if (index.empty()) return std::optional<PasskeyRow>();
  const auto citizen_id = index.front().id<CitizenId>(0);
  TRY(const auto rows, unit.run(kFind, {citizen_id, index.front().id<PasskeyId>(1)}));
  if (rows.empty()) return std::optional<PasskeyRow>();
  return std::optional(row_of(rows.front()));
}

core::Result<std::vector<PasskeyRow>> list_passkeys(store::UnitOfWork& unit,
                                                    const CitizenId& citizen_id) {
  TRY(const auto rows, unit.run(kList, {citizen_id}));
  std::vector<PasskeyRow> passkeys;
  for (const auto& row : rows) passkeys.push_back(row_of(row));
  return passkeys;
}

core::Result<bool> use_passkey(store::UnitOfWork& unit, const PasskeyRow& row,
                               const PasskeyProof& proof, core::Instant now) {
  TRY(const auto rows,
      unit.run(kUse, {row.citizen_id, row.passkey.id, static_cast<std::int64_t>(proof.sign_count),
                      proof.backed_up, now, static_cast<std::int64_t>(row.known.sign_count)}));
  return rows.affected() == 1;
}

core::Result<bool> rename_passkey(store::UnitOfWork& unit, const CitizenId& citizen_id,
                                  const PasskeyId& id, std::string_view name) {
  TRY(const auto rows, unit.run(kRename, {citizen_id, id, name}));
  return rows.affected() == 1;
}

core::Result<bool> delete_passkey(store::UnitOfWork& unit, const CitizenId& citizen_id,
                                  const PasskeyId& id) {
  TRY(const auto rows, unit.run(kDelete, {citizen_id, id}));
  if (rows.empty()) return false;
  const auto hash = crypto::sha256(rows.front().blob(0));
  TRY_VOID(unit.run(kDeleteIndex, {hash, citizen_id}));
  return true;
}

}  // namespace identity::sql
