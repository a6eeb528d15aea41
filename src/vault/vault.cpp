#include "vault/vault.h"

#include "audit/log_entry.h"
#include "core/assert.h"
#include "crypto/aead.h"
#include "crypto/digest.h"
#include "crypto/root_key.h"
#include "vault/block.h"
#include "vault/claims.h"
#include "vault/purposes.h"
#include "vault/sealing.h"

namespace vault {
namespace {

using core::ErrorCode;
using core::fail;

using AccessId = core::StrongId<struct AccessIdTag>;

// Not under a root key that is retired: its wrapped keys could not be opened any more
// (vault/root_rotation.h).
constexpr store::Query kInsertKey{
    "data_key.insert",
    "INSERT INTO data_key (citizen_id, category, wrapped, created_at_utc) SELECT $1, $2, $3, $4"
    " WHERE NOT EXISTS (SELECT 1 FROM retired_root_key WHERE root_key_id = $5)"
    " ON CONFLICT (citizen_id, category) DO NOTHING"};
constexpr store::Query kSelectRecords{
    "personal_record.list",
    "SELECT name, sealed, source, assurance_level, proven_at_utc FROM personal_record"
    " WHERE citizen_id = $1 AND category = $2 ORDER BY name"};
// Nothing comes in where data are blocked (vault/block.h); 0 rows tell.
constexpr store::Query kRecord{
    "personal_record.record",
    "INSERT INTO personal_record (citizen_id, category, name, sealed, source, assurance_level,"
    " proven_at_utc) SELECT $1, $2, $3, $4, $5, $6, $7 WHERE NOT EXISTS"
    " (SELECT 1 FROM data_block WHERE citizen_id = $1 AND category = $2)"};
constexpr store::Query kClarify{
    "personal_record.clarify",
    "UPDATE personal_record SET sealed = $4, assurance_level = $6, proven_at_utc = $7"
    " WHERE citizen_id = $1 AND category = $2 AND name = $3 AND source = $5 AND NOT EXISTS"
    " (SELECT 1 FROM data_block WHERE citizen_id = $1 AND category = $2)"};
constexpr store::Query kDeleteRecord{
    "personal_record.delete",
    "DELETE FROM personal_record WHERE citizen_id = $1 AND category = $2 AND name = $3"};
constexpr store::Query kInsertAccess{
    "access_record.insert",
    "INSERT INTO access_record (citizen_id, access_id, at_utc, actor, purpose, category)"
    " VALUES ($1, $2, $3, $4, $5, $6)"};
// The same, and the look at the block in one statement.
constexpr store::Query kInsertAccessUnlessBlocked{
    "access_record.insert_unless_blocked",
    "INSERT INTO access_record (citizen_id, access_id, at_utc, actor, purpose, category)"
    " SELECT $1, $2, $3, $4, $5, $6 WHERE NOT EXISTS"
    " (SELECT 1 FROM data_block WHERE citizen_id = $1 AND category = $6)"};

/// A root key may be retired between wrapping and storing; the second time its successor wraps.
constexpr int kWrapAttempts = 2;

/// The consent that the reading rests on; empty where it rests on none. Valid as long as the
/// request.
std::string_view consent_of(const OpenRequest& request) {
  const auto basis = basis_of(request.purpose);
  return basis.consent_to_actor ? std::string_view(request.actor.name()) : basis.consent;
}

core::Result<store::Rows> write_record(store::UnitOfWork& unit, const store::Query& query,
                                       const SealedRecord& record) {
  const auto& from = record.provenance;
  return unit.run(query, {record.citizen_id, name_of(record.category), record.name, record.sealed,
                          from.source, from.assurance_level, from.proven_at});
}

}  // namespace

Vault::Vault(VaultPorts ports)
    : ports_(ports),
      index_key_(ports.root.derive("blind_index")),
      transient_key_(ports.root.derive("transient")) {}

core::Result<PersonalRecords> Opening::records() const {
  PersonalRecords records;
  if (!key_) return records;
  records.reserve(rows_.size());
  for (const auto& row : rows_) {
    TRY(auto record, open_row(row, request_.citizen_id, request_.category, *key_));
    records.push_back(std::move(record));
  }
  put_in_force_order(records);
  return records;
}

void Vault::open_later(const OpenRequest& request, Opened done) {
  CORE_ASSERT(!request.actor.is_citizen());
  if (basis_of(request.purpose).owner_only) {
    return done(fail(ErrorCode::kForbidden, "vault.purpose_owner_only"));
  }
  auto key = find_key(request.citizen_id, request.category);
  if (!key) return done(fail(std::move(key).error()));
  const std::shared_ptr<Opening> opening(new Opening(request, *std::move(key)));
  ports_.data.write_then(
      [this, opening](store::UnitOfWork& unit) -> core::Status {
        TRY(opening->rows_, select(unit, opening->request_));
        return {};
      },
      [opening, done = std::move(done)](core::Status status) {
        if (!status) return done(fail(std::move(status).error()));
        done(std::shared_ptr<const Opening>(opening));
      });
}

core::Result<PersonalRecords> Vault::open(const OpenRequest& request,
                                          const store::UnitFunction& beside) {
  if (basis_of(request.purpose).owner_only && !request.actor.is_citizen()) {
    return fail(ErrorCode::kForbidden, "vault.purpose_owner_only");
  }
  TRY(auto key, find_key(request.citizen_id, request.category));
  const auto work = [&](store::UnitOfWork& unit) -> core::Result<store::Rows> {
    if (beside) {
      TRY_VOID(beside(unit));
    }
    return select(unit, request);
  };
  // The access record and the ciphertext are read in one transaction; nothing is decrypted before
  // that transaction is durable.
  const bool only_reads = request.actor.is_citizen() && consent_of(request).empty();
  auto rows = only_reads ? ports_.data.read(work) : ports_.data.write(work);
  if (!rows) return fail(std::move(rows).error());
  Opening opening(request, std::move(key));
  opening.rows_ = *std::move(rows);
  return opening.records();
}

core::Result<store::Rows> Vault::select(store::UnitOfWork& unit, const OpenRequest& request) {
  if (const auto consent = consent_of(request); !consent.empty()) {
    TRY(const bool live, ports_.consents.hold_live(
                             unit, {request.citizen_id, consent, request.attributes, request.now}));
    if (!live) return fail(ErrorCode::kForbidden, "vault.consent_missing");
  }
  if (!request.actor.is_citizen()) {
    const auto access_id = AccessId::make(request.now, ports_.rng);
    const auto& insert =
        stops_when_blocked(request.purpose) ? kInsertAccessUnlessBlocked : kInsertAccess;
    TRY(const auto inserted,
        unit.run(insert, {request.citizen_id, access_id, request.now, request.actor.name(),
                          name_of(request.purpose), name_of(request.category)}));
    if (inserted.affected() == 0) return fail(ErrorCode::kForbidden, "vault.blocked");
    TRY(const auto entry_id, audit::EntryId::from_bytes(access_id.bytes()));
    TRY_VOID(audit::record_log_entry(unit,
                                     {.citizen_id = request.citizen_id,
                                      .id = entry_id,
                                      .kind = "access",
                                      .actor = request.actor.name(),
                                      .purpose = name_of(request.purpose),
                                      .category = name_of(request.category)},
                                     request.now, ports_.rng));
  }
  return unit.run(kSelectRecords, {request.citizen_id, name_of(request.category)});
}

core::Result<SealedRecord> Vault::seal(const SealRequest& request) {
  TRY(const auto key,
      get_or_make_key(request.citizen_id, request.category, request.provenance.proven_at));
  const auto place = place_of(request.citizen_id, request.category, request.name);
  return SealedRecord{
      request.citizen_id, request.category, request.name,
      crypto::seal(key, core::as_bytes(place), core::as_bytes(request.value.reveal()), ports_.rng),
      request.provenance};
}

core::Status Vault::record(store::UnitOfWork& unit, const SealedRecord& record) {
  TRY(const auto rows, write_record(unit, kRecord, record));
  if (rows.affected() == 0) return fail(ErrorCode::kForbidden, "vault.blocked");
  return {};
}

core::Result<bool> Vault::clarify(store::UnitOfWork& unit, const SealedRecord& record) {
  TRY(const auto rows, write_record(unit, kClarify, record));
  if (rows.affected() > 0) return true;
  TRY(const bool blocked, is_blocked(unit, record.citizen_id, record.category));
  if (blocked) return fail(ErrorCode::kForbidden, "vault.blocked");
  return false;
}

core::Result<Operation> Vault::record_or_clarify(store::UnitOfWork& unit,
                                                 const SealedRecord& record) {
  TRY(const bool clarified, clarify(unit, record));
  if (clarified) return Operation::kClarify;
  TRY_VOID(this->record(unit, record));
  return Operation::kRecord;
}

core::Status Vault::delete_record(store::UnitOfWork& unit, const core::CitizenId& citizen_id,
                                  Category category, std::string_view name) {
  TRY_VOID(unit.run(kDeleteRecord, {citizen_id, name_of(category), name}));
  return {};
}

BlindIndex Vault::blind_index(std::string_view kind, std::string_view value) const {
  constexpr std::uint8_t kSeparator = 0;
  const auto digest = crypto::hmac_sha256(
      index_key_.reveal(),
      {core::as_bytes(kind), core::ByteView(&kSeparator, 1), core::as_bytes(value)});
  return {core::to_bytes(digest)};
}

core::Bytes Vault::seal_transient(std::string_view place,
                                  const core::Secret<std::string>& value) const {
  return crypto::seal(transient_key_, core::as_bytes(place), core::as_bytes(value.reveal()),
                      ports_.rng);
}

core::Result<core::Secret<std::string>> Vault::open_transient(std::string_view place,
                                                              core::ByteView sealed) const {
  TRY(const auto plain, crypto::open(transient_key_, core::as_bytes(place), sealed));
  return core::Secret<std::string>(std::string(core::as_text(plain)));
}

core::Result<std::optional<crypto::Key256>> Vault::find_key(const core::CitizenId& citizen_id,
                                                            Category category) {
  return find_data_key(ports_.keys, ports_.root, citizen_id, category);
}

core::Result<crypto::Key256> Vault::get_or_make_key(const core::CitizenId& citizen_id,
                                                    Category category, core::Instant now) {
  TRY(auto existing, find_key(citizen_id, category));
  if (existing) return std::move(*existing);
  const auto place = key_place(citizen_id, category);
  for (int attempt = 0; attempt < kWrapAttempts; ++attempt) {
    TRY(const auto wrapped,
        ports_.root.wrap(crypto::Key256::generate(ports_.rng), core::as_bytes(place)));
    TRY(const auto parts, crypto::parse_wrapped(wrapped));
    TRY_VOID(ports_.keys.write([&](store::UnitOfWork& unit) {
      return unit.run(kInsertKey,
                      {citizen_id, name_of(category), wrapped, now, core::ByteView(parts.root_id)});
    }));
    // Another request may have made the key first: the one that is stored counts.
    TRY(auto stored, find_key(citizen_id, category));
    if (stored) return std::move(*stored);
  }
  return fail(ErrorCode::kUnavailable, "key.root_retired",
              "this server still wraps with a root key that is retired: its keyring file is old");
}

}  // namespace vault
