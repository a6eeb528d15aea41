#include "openid/authorization/party_grant.h"

namespace openid {
namespace {

constexpr store::Query kArchiveGrant{
    "ended_party_grant.insert",
    "INSERT INTO ended_party_grant (citizen_id, client_id, granted_at_utc, granted_claims, claims,"
    " offline_access, expires_at_utc, narrowed_at_utc, withdrawn_at_utc, last_used_at_utc,"
    " document_sha256) SELECT citizen_id, client_id, granted_at_utc, granted_claims, claims,"
    " offline_access, expires_at_utc, narrowed_at_utc, withdrawn_at_utc, last_used_at_utc,"
    " document_sha256 FROM party_grant WHERE citizen_id = $1 AND client_id = $2"
    " AND (withdrawn_at_utc IS NOT NULL OR expires_at_utc <= $3)"
    " ON CONFLICT (citizen_id, client_id, granted_at_utc) DO NOTHING"};
constexpr store::Query kPutGrant{
    "party_grant.put",
    "INSERT INTO party_grant (citizen_id, client_id, claims, granted_claims, offline_access,"
    " purpose_digest, granted_at_utc, expires_at_utc, last_used_at_utc, document_sha256)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
    " ON CONFLICT (citizen_id, client_id) DO UPDATE SET claims = excluded.claims,"
    " granted_claims = excluded.granted_claims, offline_access = excluded.offline_access,"
    " purpose_digest = excluded.purpose_digest, granted_at_utc = excluded.granted_at_utc,"
    " expires_at_utc = excluded.expires_at_utc, last_used_at_utc = excluded.last_used_at_utc,"
    " document_sha256 = excluded.document_sha256, narrowed_at_utc = NULL, withdrawn_at_utc = NULL"};
constexpr store::Query kFindGrant{
    "party_grant.find",
    "SELECT client_id, claims, offline_access, purpose_digest, granted_at_utc, withdrawn_at_utc,"
    " last_used_at_utc, granted_claims, expires_at_utc, narrowed_at_utc, document_sha256"
    " FROM party_grant WHERE citizen_id = $1 AND client_id = $2"};
constexpr store::Query kHoldGrant{
    "party_grant.hold",
    "SELECT client_id, claims, offline_access, purpose_digest, granted_at_utc, withdrawn_at_utc,"
    " last_used_at_utc, granted_claims, expires_at_utc, narrowed_at_utc, document_sha256"
    " FROM party_grant WHERE citizen_id = $1 AND client_id = $2 FOR UPDATE"};
constexpr store::Query kListGrants{
    "party_grant.list",
    "SELECT client_id, claims, offline_access, purpose_digest, granted_at_utc, withdrawn_at_utc,"
    " last_used_at_utc, granted_claims, expires_at_utc, narrowed_at_utc, document_sha256"
    " FROM party_grant WHERE citizen_id = $1 ORDER BY last_used_at_utc DESC LIMIT 500"};
constexpr store::Query kListEnded{
    "ended_party_grant.list",
    "SELECT client_id, claims, offline_access, granted_at_utc, withdrawn_at_utc, last_used_at_utc,"
    " granted_claims, expires_at_utc, narrowed_at_utc, document_sha256 FROM ended_party_grant"
    " WHERE citizen_id = $1 ORDER BY granted_at_utc DESC LIMIT 200"};
constexpr store::Query kWithdrawGrant{
    "party_grant.withdraw",
    "UPDATE party_grant SET withdrawn_at_utc = $3"
    " WHERE citizen_id = $1 AND client_id = $2 AND withdrawn_at_utc IS NULL"
    " AND (expires_at_utc IS NULL OR expires_at_utc > $3)"};
constexpr store::Query kNarrowGrant{
    "party_grant.narrow",
    "UPDATE party_grant SET claims = $4, narrowed_at_utc = $3"
    " WHERE citizen_id = $1 AND client_id = $2 AND withdrawn_at_utc IS NULL"};
constexpr store::Query kTouchGrant{
    "party_grant.touch",
    "UPDATE party_grant SET last_used_at_utc = $3 WHERE citizen_id = $1 AND client_id = $2"};

PartyGrant read_grant(const store::Row& row, const CitizenId& citizen_id) {
  return {.citizen_id = citizen_id,
          .client_id = std::string(row.text(0)),
          .claims = split_words(row.text(1)),
          .granted_claims = split_words(row.text(7)),
          .offline_access = row.boolean(2),
          .purpose_digest = core::to_bytes(row.blob(3)),
          .granted_at = row.instant(4),
          .expires_at = row.optional_instant(8),
          .narrowed_at = row.optional_instant(9),
          .withdrawn_at = row.optional_instant(5),
          .last_used_at = row.instant(6),
          .document_sha256 = std::string(row.text(10))};
}

PartyGrant read_ended(const store::Row& row, const CitizenId& citizen_id) {
  return {.citizen_id = citizen_id,
          .client_id = std::string(row.text(0)),
          .claims = split_words(row.text(1)),
          .granted_claims = split_words(row.text(6)),
          .offline_access = row.boolean(2),
          .purpose_digest = {},
          .granted_at = row.instant(3),
          .expires_at = row.optional_instant(7),
          .narrowed_at = row.optional_instant(8),
          .withdrawn_at = row.optional_instant(4),
          .last_used_at = row.instant(5),
          .document_sha256 = std::string(row.text(9))};
}

core::Result<std::optional<PartyGrant>> find_by(store::UnitOfWork& unit, const store::Query& query,
                                                const CitizenId& citizen_id,
                                                std::string_view client_id) {
  TRY(const auto rows, unit.run(query, {citizen_id, client_id}));
  if (rows.empty()) return std::optional<PartyGrant>();
  return std::optional(read_grant(rows.front(), citizen_id));
}

}  // namespace

bool covers(const Texts& granted, std::span<const std::string> asked) {
  return std::all_of(asked.begin(), asked.end(),
                     [&](const auto& claim) { return has(granted, claim); });
}

Texts common(const Texts& asked, const Texts& granted) {
  Texts both;
  for (const auto& claim : asked) {
    if (has(granted, claim)) both.push_back(claim);
  }
  return both;
}

core::Result<std::optional<PartyGrant>> find_grant(store::UnitOfWork& unit,
                                                   const CitizenId& citizen_id,
                                                   std::string_view client_id) {
  return find_by(unit, kFindGrant, citizen_id, client_id);
}

core::Result<std::optional<PartyGrant>> hold_grant(store::UnitOfWork& unit,
                                                   const CitizenId& citizen_id,
                                                   std::string_view client_id, core::Instant now) {
  auto grant = find_by(unit, kHoldGrant, citizen_id, client_id);
  if (!grant || !*grant || (**grant).is_live(now)) return grant;
  return std::optional<PartyGrant>();
}

core::Status put_grant(store::UnitOfWork& unit, const PartyGrant& grant) {
  TRY_VOID(unit.run(kArchiveGrant, {grant.citizen_id, grant.client_id, grant.granted_at}));
  TRY_VOID(unit.run(kPutGrant, {grant.citizen_id, grant.client_id, join_words(grant.claims),
                                join_words(grant.granted_claims), grant.offline_access ? 1 : 0,
                                grant.purpose_digest, grant.granted_at, grant.expires_at,
                                grant.last_used_at, grant.document_sha256}));
  return {};
}

core::Result<std::vector<PartyGrant>> list_live_grants(store::UnitOfWork& unit,
                                                       const CitizenId& citizen_id,
                                                       core::Instant now) {
  TRY(const auto rows, unit.run(kListGrants, {citizen_id}));
  std::vector<PartyGrant> grants;
  for (const auto& row : rows) {
    auto grant = read_grant(row, citizen_id);
    if (grant.is_live(now)) grants.push_back(std::move(grant));
  }
  return grants;
}

core::Result<std::vector<PartyGrant>> list_grants(store::UnitOfWork& unit,
                                                  const CitizenId& citizen_id) {
  TRY(const auto rows, unit.run(kListGrants, {citizen_id}));
  TRY(const auto ended, unit.run(kListEnded, {citizen_id}));
  std::vector<PartyGrant> grants;
  for (const auto& row : rows) grants.push_back(read_grant(row, citizen_id));
  for (const auto& row : ended) grants.push_back(read_ended(row, citizen_id));
  return grants;
}

core::Result<bool> withdraw_grant(store::UnitOfWork& unit, const CitizenId& citizen_id,
                                  std::string_view client_id, core::Instant now) {
  TRY(const auto rows, unit.run(kWithdrawGrant, {citizen_id, client_id, now}));
  return rows.affected() == 1;
}

core::Status narrow_grant(store::UnitOfWork& unit, const PartyGrant& narrowed) {
  TRY_VOID(unit.run(kNarrowGrant, {narrowed.citizen_id, narrowed.client_id, narrowed.narrowed_at,
                                   join_words(narrowed.claims)}));
  return {};
}

core::Status touch_grant(store::UnitOfWork& unit, const CitizenId& citizen_id,
                         std::string_view client_id, core::Instant now) {
  TRY_VOID(unit.run(kTouchGrant, {citizen_id, client_id, now}));
  return {};
}

}  // namespace openid
