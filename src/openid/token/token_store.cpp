#include "openid/token/token_store.h"

#include "openid/token/token.h"

namespace openid::sql {
namespace {

constexpr store::Query kUseAssertion{"used_assertion.insert",
                                     "INSERT INTO used_assertion (assertion_key) VALUES ($1)"
                                     " ON CONFLICT (assertion_key) DO NOTHING"};
constexpr store::Query kInsertCode{
    "authorization_code.insert",
    "INSERT INTO authorization_code (code_key, client_id, citizen_id, family_id, session_id,"
    " request, facts) VALUES ($1, $2, $3, $4, $5, $6, $7)"};
constexpr store::Query kFindCode{
    "authorization_code.find",
    "SELECT client_id, citizen_id, family_id, session_id, request, facts, used_at_utc"
    " FROM authorization_code WHERE code_key = $1"};
constexpr store::Query kUseCode{
    "authorization_code.use",
    "UPDATE authorization_code SET used_at_utc = $2 WHERE code_key = $1 AND used_at_utc IS NULL"};
constexpr store::Query kInsertFamily{
    "token_family.insert",
    "INSERT INTO token_family (citizen_id, family_id, client_id, session_id, facts,"
    " started_at_utc, expires_at_utc) VALUES ($1, $2, $3, $4, $5, $6, $7)"};
constexpr store::Query kFindFamily{
    "token_family.find",
    "SELECT client_id, session_id, facts, started_at_utc, expires_at_utc, revoked_at_utc"
    " FROM token_family WHERE citizen_id = $1 AND family_id = $2"};
constexpr store::Query kListFamilies{
    "token_family.list_live",
    "SELECT client_id, session_id, facts, started_at_utc, expires_at_utc, revoked_at_utc, family_id"
    " FROM token_family WHERE citizen_id = $1 AND revoked_at_utc IS NULL AND expires_at_utc > $2"};
constexpr store::Query kRevokeFamily{
    "token_family.revoke",
    "UPDATE token_family SET revoked_at_utc = $3"
    " WHERE citizen_id = $1 AND family_id = $2 AND revoked_at_utc IS NULL"};
constexpr store::Query kRevokeFamiliesOf{
    "token_family.revoke_party",
    "UPDATE token_family SET revoked_at_utc = $3"
    " WHERE citizen_id = $1 AND client_id = $2 AND revoked_at_utc IS NULL"};
constexpr store::Query kInsertAccess{
    "access_token.insert",
    "INSERT INTO access_token (token_key, client_id, citizen_id, family_id, scope, jkt,"
    " issued_at_utc) VALUES ($1, $2, $3, $4, $5, $6, $7)"};
constexpr store::Query kFindAccess{
    "access_token.find",
    "SELECT client_id, citizen_id, family_id, scope, jkt, issued_at_utc FROM access_token"
    " WHERE token_key = $1"};
constexpr store::Query kDeleteAccess{"access_token.delete",
                                     "DELETE FROM access_token WHERE token_key = $1"};
constexpr store::Query kInsertRefresh{
    "refresh_token.insert",
    "INSERT INTO refresh_token (token_key, client_id, citizen_id, family_id)"
    " VALUES ($1, $2, $3, $4)"};
constexpr store::Query kFindRefresh{
    "refresh_token.find",
    "SELECT client_id, citizen_id, family_id, used_at_utc FROM refresh_token"
    " WHERE token_key = $1"};
constexpr store::Query kUseRefresh{
    "refresh_token.use",
    "UPDATE refresh_token SET used_at_utc = $2 WHERE token_key = $1 AND used_at_utc IS NULL"};

// Small batches by primary key: nobody waits for the sweeping.
constexpr store::Query kPurgeAccess{
    "access_token.purge",
    "DELETE FROM access_token WHERE token_key IN (SELECT token_key FROM access_token"
    " WHERE token_key < $1 ORDER BY token_key LIMIT $2)"};
constexpr store::Query kPurgeRefresh{
    "refresh_token.purge",
    "DELETE FROM refresh_token WHERE token_key IN (SELECT token_key FROM refresh_token"
    " WHERE token_key < $1 ORDER BY token_key LIMIT $2)"};
constexpr store::Query kPurgeCodes{
    "authorization_code.purge",
    "DELETE FROM authorization_code WHERE code_key IN (SELECT code_key FROM authorization_code"
    " WHERE code_key < $1 ORDER BY code_key LIMIT $2)"};
constexpr store::Query kPurgeRequests{"authorization_request.purge",
                                      "DELETE FROM authorization_request WHERE request_key IN "
                                      "(SELECT request_key FROM authorization_request"
                                      " WHERE request_key < $1 ORDER BY request_key LIMIT $2)"};
constexpr store::Query kPurgeAssertions{
    "used_assertion.purge",
    "DELETE FROM used_assertion WHERE assertion_key IN (SELECT assertion_key FROM used_assertion"
    " WHERE assertion_key < $1 ORDER BY assertion_key LIMIT $2)"};
constexpr store::Query kPurgeFamilies{
    "token_family.purge",
    "DELETE FROM token_family WHERE (citizen_id, family_id) IN (SELECT citizen_id, family_id FROM"
    " token_family WHERE expires_at_utc < $1 ORDER BY expires_at_utc LIMIT $2)"};

FamilyRow read_family(const store::Row& row, const CitizenId& citizen_id,
                      const FamilyId& family_id) {
  return {.citizen_id = citizen_id,
          .family_id = family_id,
          .client_id = std::string(row.text(0)),
          .session_id = core::to_bytes(row.blob(1)),
          .facts = std::string(row.text(2)),
          .started_at = row.instant(3),
          .expires_at = row.instant(4),
          .revoked = !row.is_null(5)};
}

}  // namespace

core::Result<bool> use_assertion(store::UnitOfWork& unit, core::ByteView key) {
  TRY(const auto rows, unit.run(kUseAssertion, {key}));
  return rows.affected() == 1;
}

core::Status insert_code(store::UnitOfWork& unit, const CodeRow& row) {
  TRY_VOID(unit.run(kInsertCode, {row.key, row.client_id, row.citizen_id, row.family_id,
                                  row.session_id, row.request, row.facts}));
  return {};
}

core::Result<std::optional<CodeRow>> find_code(store::UnitOfWork& unit, core::ByteView key) {
  TRY(const auto rows, unit.run(kFindCode, {key}));
  if (rows.empty()) return std::optional<CodeRow>();
  const auto& row = rows.front();
  return std::optional(CodeRow{.key = core::to_bytes(key),
                               .client_id = std::string(row.text(0)),
                               .citizen_id = row.id<CitizenId>(1),
                               .family_id = row.id<FamilyId>(2),
                               .session_id = core::to_bytes(row.blob(3)),
                               .request = std::string(row.text(4)),
                               .facts = std::string(row.text(5)),
                               .used = !row.is_null(6)});
}

core::Result<bool> use_code(store::UnitOfWork& unit, core::ByteView key, core::Instant now) {
  TRY(const auto rows, unit.run(kUseCode, {key, now}));
  return rows.affected() == 1;
}

core::Status insert_family(store::UnitOfWork& unit, const FamilyRow& row) {
  TRY_VOID(unit.run(kInsertFamily, {row.citizen_id, row.family_id, row.client_id, row.session_id,
                                    row.facts, row.started_at, row.expires_at}));
  return {};
}

core::Result<std::optional<FamilyRow>> find_family(store::UnitOfWork& unit,
                                                   const CitizenId& citizen_id,
                                                   const FamilyId& family_id) {
  TRY(const auto rows, unit.run(kFindFamily, {citizen_id, family_id}));
  if (rows.empty()) return std::optional<FamilyRow>();
  return std::optional(read_family(rows.front(), citizen_id, family_id));
}

core::Result<std::vector<FamilyRow>> list_live_families(store::UnitOfWork& unit,
                                                        const CitizenId& citizen_id,
                                                        core::Instant now) {
  TRY(const auto rows, unit.run(kListFamilies, {citizen_id, now}));
  std::vector<FamilyRow> families;
  for (const auto& row : rows)
    families.push_back(read_family(row, citizen_id, row.id<FamilyId>(6)));
  return families;
}

core::Status revoke_family(store::UnitOfWork& unit, const CitizenId& citizen_id,
                           const FamilyId& family_id, core::Instant now) {
  TRY_VOID(unit.run(kRevokeFamily, {citizen_id, family_id, now}));
  return {};
}

core::Status revoke_families_of(store::UnitOfWork& unit, const CitizenId& citizen_id,
                                std::string_view client_id, core::Instant now) {
  TRY_VOID(unit.run(kRevokeFamiliesOf, {citizen_id, client_id, now}));
  return {};
}

core::Status insert_access(store::UnitOfWork& unit, const AccessRow& row) {
  TRY_VOID(unit.run(kInsertAccess, {row.key, row.client_id, row.citizen_id, row.family_id,
                                    row.scope, row.jkt, row.issued_at}));
  return {};
}

core::Result<std::optional<AccessRow>> find_access(store::UnitOfWork& unit, core::ByteView key) {
  TRY(const auto rows, unit.run(kFindAccess, {key}));
  if (rows.empty()) return std::optional<AccessRow>();
  const auto& row = rows.front();
  AccessRow found{.key = core::to_bytes(key),
                  .client_id = std::string(row.text(0)),
                  .citizen_id = {},
                  .family_id = {},
                  .scope = std::string(row.text(3)),
                  .jkt = std::string(row.text(4)),
                  .issued_at = row.instant(5)};
  if (!row.is_null(1)) found.citizen_id = row.id<CitizenId>(1);
  if (!row.is_null(2)) found.family_id = row.id<FamilyId>(2);
  return std::optional(std::move(found));
}

core::Status delete_access(store::UnitOfWork& unit, core::ByteView key) {
  TRY_VOID(unit.run(kDeleteAccess, {key}));
  return {};
}

core::Status insert_refresh(store::UnitOfWork& unit, const RefreshRow& row) {
  TRY_VOID(unit.run(kInsertRefresh, {row.key, row.client_id, row.citizen_id, row.family_id}));
  return {};
}

core::Result<std::optional<RefreshRow>> find_refresh(store::UnitOfWork& unit, core::ByteView key) {
  TRY(const auto rows, unit.run(kFindRefresh, {key}));
  if (rows.empty()) return std::optional<RefreshRow>();
  const auto& row = rows.front();
  return std::optional(RefreshRow{.key = core::to_bytes(key),
                                  .client_id = std::string(row.text(0)),
                                  .citizen_id = row.id<CitizenId>(1),
                                  .family_id = row.id<FamilyId>(2),
                                  .used = !row.is_null(3)});
}

core::Result<bool> use_refresh(store::UnitOfWork& unit, core::ByteView key, core::Instant now) {
  TRY(const auto rows, unit.run(kUseRefresh, {key, now}));
  return rows.affected() == 1;
}

core::Result<std::int64_t> purge_tokens(store::UnitOfWork& unit, core::Instant now,
                                        std::int64_t rows_max) {
  const auto bound = expiry_bound(now);
  TRY(const auto families, unit.run(kPurgeFamilies, {now, rows_max}));
  std::int64_t most = families.affected();
  for (const auto& query :
       {kPurgeAccess, kPurgeRefresh, kPurgeCodes, kPurgeRequests, kPurgeAssertions}) {
    TRY(const auto rows, unit.run(query, {bound, rows_max}));
    most = std::max(most, rows.affected());
  }
  return most;
}

}  // namespace openid::sql
