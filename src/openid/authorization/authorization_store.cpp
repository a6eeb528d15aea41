#include "openid/authorization/authorization_store.h"

namespace openid::sql {
namespace {

constexpr store::Query kInsertRequest{
    "authorization_request.insert",
    "INSERT INTO authorization_request (request_key, client_id, request) VALUES ($1, $2, $3)"};
constexpr store::Query kFindRequest{
    "authorization_request.find",
    "SELECT client_id, request FROM authorization_request WHERE request_key = $1"};
constexpr store::Query kDeleteRequest{"authorization_request.delete",
                                      "DELETE FROM authorization_request WHERE request_key = $1"};
constexpr store::Query kPutGrant{
    "party_grant.put",
    "INSERT INTO party_grant (citizen_id, client_id, claims, offline_access, purpose_digest,"
    " granted_at_utc, last_used_at_utc) VALUES ($1, $2, $3, $4, $5, $6, $7)"
    " ON CONFLICT (citizen_id, client_id) DO UPDATE SET claims = excluded.claims,"
    " offline_access = excluded.offline_access, purpose_digest = excluded.purpose_digest,"
    " granted_at_utc = excluded.granted_at_utc, last_used_at_utc = excluded.last_used_at_utc,"
    " withdrawn_at_utc = NULL"};
constexpr store::Query kFindGrant{
    "party_grant.find",
    "SELECT client_id, claims, offline_access, purpose_digest, granted_at_utc, withdrawn_at_utc,"
    " last_used_at_utc FROM party_grant WHERE citizen_id = $1 AND client_id = $2"};
constexpr store::Query kListGrants{
    "party_grant.list_live",
    "SELECT client_id, claims, offline_access, purpose_digest, granted_at_utc, withdrawn_at_utc,"
    " last_used_at_utc FROM party_grant WHERE citizen_id = $1 AND withdrawn_at_utc IS NULL"
    " ORDER BY last_used_at_utc DESC"};
constexpr store::Query kWithdrawGrant{
    "party_grant.withdraw",
    "UPDATE party_grant SET withdrawn_at_utc = $3"
    " WHERE citizen_id = $1 AND client_id = $2 AND withdrawn_at_utc IS NULL"};
constexpr store::Query kTouchGrant{
    "party_grant.touch",
    "UPDATE party_grant SET last_used_at_utc = $3 WHERE citizen_id = $1 AND client_id = $2"};

GrantRow read_grant(const store::Row& row, const CitizenId& citizen_id) {
  return {.citizen_id = citizen_id,
          .client_id = std::string(row.text(0)),
          .claims = split_words(row.text(1)),
          .offline_access = row.boolean(2),
          .purpose_digest = core::to_bytes(row.blob(3)),
          .granted_at = row.instant(4),
          .withdrawn_at = row.optional_instant(5),
          .last_used_at = row.instant(6)};
}

}  // namespace

core::Status insert_request(store::UnitOfWork& unit, const RequestRow& row) {
  TRY_VOID(unit.run(kInsertRequest, {row.key, row.client_id, row.request}));
  return {};
}

core::Result<std::optional<RequestRow>> find_request(store::UnitOfWork& unit, core::ByteView key) {
  TRY(const auto rows, unit.run(kFindRequest, {key}));
  if (rows.empty()) return std::optional<RequestRow>();
  const auto& row = rows.front();
  return std::optional(
      RequestRow{core::to_bytes(key), std::string(row.text(0)), std::string(row.text(1))});
}

core::Result<bool> delete_request(store::UnitOfWork& unit, core::ByteView key) {
  TRY(const auto rows, unit.run(kDeleteRequest, {key}));
  return rows.affected() == 1;
}

core::Status put_grant(store::UnitOfWork& unit, const GrantRow& row) {
  TRY_VOID(unit.run(
      kPutGrant, {row.citizen_id, row.client_id, join_words(row.claims), row.offline_access ? 1 : 0,
                  row.purpose_digest, row.granted_at, row.last_used_at}));
  return {};
}

core::Result<std::optional<GrantRow>> find_grant(store::UnitOfWork& unit,
                                                 const CitizenId& citizen_id,
                                                 std::string_view client_id) {
  TRY(const auto rows, unit.run(kFindGrant, {citizen_id, client_id}));
  if (rows.empty()) return std::optional<GrantRow>();
  return std::optional(read_grant(rows.front(), citizen_id));
}

core::Result<std::vector<GrantRow>> list_live_grants(store::UnitOfWork& unit,
                                                     const CitizenId& citizen_id) {
  TRY(const auto rows, unit.run(kListGrants, {citizen_id}));
  std::vector<GrantRow> grants;
  for (const auto& row : rows) grants.push_back(read_grant(row, citizen_id));
  return grants;
}

core::Result<bool> withdraw_grant(store::UnitOfWork& unit, const CitizenId& citizen_id,
                                  std::string_view client_id, core::Instant now) {
  TRY(const auto rows, unit.run(kWithdrawGrant, {citizen_id, client_id, now}));
  return rows.affected() == 1;
}

core::Status touch_grant(store::UnitOfWork& unit, const CitizenId& citizen_id,
                         std::string_view client_id, core::Instant now) {
  TRY_VOID(unit.run(kTouchGrant, {citizen_id, client_id, now}));
  return {};
}

}  // namespace openid::sql
