#include "wallet/sql_store.h"

#include <algorithm>

#include "core/assert.h"

namespace wallet::sql {
namespace {

constexpr store::Query kListDocuments{
    "document.list",
    "SELECT kind, state, problem, fetch_number, requested_at_utc, received_at_utc,"
    " next_attempt_at_utc FROM document WHERE citizen_id = $1 ORDER BY kind"};
constexpr store::Query kFindDocument{
    "document.find",
    "SELECT kind, state, problem, fetch_number, requested_at_utc, received_at_utc,"
    " next_attempt_at_utc FROM document WHERE citizen_id = $1 AND kind = $2"};
constexpr store::Query kPutDocument{
    "document.put",
    "INSERT INTO document (citizen_id, kind, state, problem, fetch_number, requested_at_utc,"
    " received_at_utc, next_attempt_at_utc) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
    " ON CONFLICT (citizen_id, kind) DO UPDATE SET state = excluded.state,"
    " problem = excluded.problem, fetch_number = excluded.fetch_number,"
    " requested_at_utc = excluded.requested_at_utc, received_at_utc = excluded.received_at_utc,"
    " next_attempt_at_utc = excluded.next_attempt_at_utc"};
constexpr store::Query kDeleteDocument{"document.delete",
                                       "DELETE FROM document WHERE citizen_id = $1 AND kind = $2"};
constexpr store::Query kInsertDevice{
    "device.insert",
    "INSERT INTO device (citizen_id, device_id, name, public_key, made_at_utc)"
    " VALUES ($1, $2, $3, $4, $5)"};
constexpr store::Query kListDevices{
    "device.list",
    "SELECT device_id, name, public_key, made_at_utc FROM device WHERE citizen_id = $1"
    " ORDER BY device_id DESC"};
constexpr store::Query kDeleteDevice{"device.delete",
                                     "DELETE FROM device WHERE citizen_id = $1 AND device_id = $2"};
constexpr store::Query kInsertAttestation{
    "attestation.insert",
    "INSERT INTO attestation (citizen_id, attestation_digest, device_id, question,"
    " expires_at_utc) VALUES ($1, $2, $3, $4, $5)"};
constexpr store::Query kInsertPortraitIndex{
    "portrait_index.insert",
    "INSERT INTO portrait_index (attestation_digest, citizen_id, expires_at_utc)"
    " VALUES ($1, $2, $3)"};
constexpr store::Query kRevoke{
    "revoked_attestation.insert",
    "INSERT INTO revoked_attestation (attestation_digest, revoked_at_utc, expires_at_utc)"
    " SELECT attestation_digest, CAST($3 AS BIGINT), expires_at_utc FROM attestation"
    " WHERE citizen_id = $1 AND device_id = $2 AND expires_at_utc > $3"
    " ON CONFLICT (attestation_digest) DO NOTHING"};
constexpr store::Query kFindPortraitOwner{
    "portrait_index.find",
    "SELECT citizen_id FROM portrait_index WHERE attestation_digest = $1 AND expires_at_utc > $2"};
constexpr store::Query kListRevoked{
    "revoked_attestation.list_since",
    "SELECT attestation_digest, revoked_at_utc FROM revoked_attestation"
    " WHERE revoked_at_utc >= $1 AND expires_at_utc > $2 ORDER BY revoked_at_utc LIMIT 50000"};
constexpr store::Query kPurgeAttestations{"attestation.purge",
                                          "DELETE FROM attestation WHERE expires_at_utc < $1"};
constexpr store::Query kPurgePortraits{"portrait_index.purge",
                                       "DELETE FROM portrait_index WHERE expires_at_utc < $1"};
constexpr store::Query kPurgeRevoked{"revoked_attestation.purge",
                                     "DELETE FROM revoked_attestation WHERE expires_at_utc < $1"};

DocumentProgress read_progress(const store::Row& row) {
  const auto kind = find_document_kind(row.text(0));
  CORE_ASSERT(kind.has_value());
  return {.kind = *kind,
          .state = document_state_from(row.text(1)),
          .problem = std::string(row.text(2)),
          .fetch_number = row.int64(3),
          .requested_at = row.instant(4),
          .received_at = row.optional_instant(5),
          .next_attempt_at = row.optional_instant(6)};
}

crypto::Digest256 read_digest(core::ByteView bytes) {
  crypto::Digest256 digest{};
  CORE_ASSERT(bytes.size() == digest.size());
  std::copy(bytes.begin(), bytes.end(), digest.begin());
  return digest;
}

}  // namespace

core::Result<std::vector<DocumentProgress>> list_documents(store::UnitOfWork& unit,
                                                           const CitizenId& id) {
  TRY(const auto rows, unit.run(kListDocuments, {id}));
  std::vector<DocumentProgress> documents;
  for (const auto& row : rows) documents.push_back(read_progress(row));
  return documents;
}

core::Result<std::optional<DocumentProgress>> find_document(store::UnitOfWork& unit,
                                                            const CitizenId& id,
                                                            DocumentKind kind) {
  TRY(const auto rows, unit.run(kFindDocument, {id, name_of(kind)}));
  if (rows.empty()) return std::optional<DocumentProgress>();
  return std::optional(read_progress(rows.front()));
}

core::Status put_document(store::UnitOfWork& unit, const CitizenId& id,
                          const DocumentProgress& progress) {
  TRY_VOID(unit.run(kPutDocument, {id, name_of(progress.kind), name_of(progress.state),
                                   progress.problem, progress.fetch_number, progress.requested_at,
                                   progress.received_at, progress.next_attempt_at}));
  return {};
}

core::Result<bool> delete_document(store::UnitOfWork& unit, const CitizenId& id,
                                   DocumentKind kind) {
  TRY(const auto rows, unit.run(kDeleteDocument, {id, name_of(kind)}));
  return rows.affected() == 1;
}

core::Status insert_device(store::UnitOfWork& unit, const CitizenId& id, const Device& device) {
  TRY_VOID(
      unit.run(kInsertDevice, {id, device.id, device.name, device.public_key, device.made_at}));
  return {};
}

core::Result<std::vector<Device>> list_devices(store::UnitOfWork& unit, const CitizenId& id) {
  TRY(const auto rows, unit.run(kListDevices, {id}));
  std::vector<Device> devices;
  for (const auto& row : rows) {
    devices.push_back({row.id<DeviceId>(0), std::string(row.text(1)), core::to_bytes(row.blob(2)),
                       row.instant(3)});
  }
  return devices;
}

core::Result<bool> delete_device(store::UnitOfWork& unit, const CitizenId& id,
                                 const DeviceId& device_id) {
  TRY(const auto rows, unit.run(kDeleteDevice, {id, device_id}));
  return rows.affected() == 1;
}

core::Status insert_attestation(store::UnitOfWork& unit, const CitizenId& id,
                                const AttestationRow& row) {
  TRY_VOID(unit.run(kInsertAttestation,
                    {id, row.digest, row.device_id, name_of(row.question), row.expires_at}));
  if (row.question == Question::kIdentity) {
    TRY_VOID(unit.run(kInsertPortraitIndex, {row.digest, id, row.expires_at}));
  }
  return {};
}

core::Result<std::int64_t> revoke_attestations(store::UnitOfWork& unit, const CitizenId& id,
                                               const DeviceId& device_id, core::Instant now) {
  TRY(const auto rows, unit.run(kRevoke, {id, device_id, now}));
  return rows.affected();
}

core::Result<std::optional<CitizenId>> find_portrait_owner(store::UnitOfWork& unit,
                                                           const crypto::Digest256& digest,
                                                           core::Instant now) {
  TRY(const auto rows, unit.run(kFindPortraitOwner, {digest, now}));
  if (rows.empty()) return std::optional<CitizenId>();
  return std::optional(rows.front().id<CitizenId>(0));
}

core::Result<std::vector<RevokedRow>> list_revoked_since(store::UnitOfWork& unit,
                                                         core::Instant since, core::Instant now) {
  TRY(const auto rows, unit.run(kListRevoked, {since, now}));
  std::vector<RevokedRow> revoked;
  revoked.reserve(rows.size());
  for (const auto& row : rows) revoked.push_back({read_digest(row.blob(0)), row.instant(1)});
  return revoked;
}

core::Result<std::int64_t> purge_attestations(store::UnitOfWork& unit, core::Instant now) {
  TRY(const auto attestations, unit.run(kPurgeAttestations, {now}));
  TRY(const auto portraits, unit.run(kPurgePortraits, {now}));
  TRY(const auto revoked, unit.run(kPurgeRevoked, {now}));
  return attestations.affected() + portraits.affected() + revoked.affected();
}

}  // namespace wallet::sql
