#include "identity/account_store.h"

namespace identity::sql {
namespace {

using core::ErrorCode;
using core::fail;

constexpr store::Query kInsertCitizen{
    "citizen.insert",
    "INSERT INTO citizen (citizen_id, assurance_level, phone_masked, registered_at_utc)"
    " VALUES ($1, $2, $3, $4)"};
constexpr store::Query kFindCitizen{
    "citizen.find",
    "SELECT assurance_level, assurance_source, assurance_raised_at_utc, phone_masked,"
    " registered_at_utc FROM citizen WHERE citizen_id = $1"};
constexpr store::Query kRaiseLevel{
    "citizen.raise_level",
    "UPDATE citizen SET assurance_level = $2, assurance_source = $3, assurance_raised_at_utc = $4"
    " WHERE citizen_id = $1"};
constexpr store::Query kFindLogin{
    "login_index.find", "SELECT citizen_id FROM login_index WHERE kind = $1 AND blind_index = $2"};
constexpr store::Query kInsertLogin{
    "login_index.insert",
    "INSERT INTO login_index (kind, blind_index, citizen_id) VALUES ($1, $2, $3)"
    " ON CONFLICT (kind, blind_index) DO NOTHING"};
constexpr store::Query kDeleteLogin{
    "login_index.delete",
    "DELETE FROM login_index WHERE kind = $1 AND blind_index = $2 AND citizen_id = $3"};
constexpr store::Query kFindPassword{
    "password.find", "SELECT phc FROM password_authenticator WHERE citizen_id = $1"};
constexpr store::Query kPutPassword{
    "password.put",
    "INSERT INTO password_authenticator (citizen_id, phc, changed_at_utc) VALUES ($1, $2, $3)"
    " ON CONFLICT (citizen_id) DO UPDATE SET phc = excluded.phc,"
    " changed_at_utc = excluded.changed_at_utc"};
constexpr store::Query kInsertSession{
    "session.insert",
    "INSERT INTO session (citizen_id, session_id, token_hash, opened_at_utc, last_used_at_utc,"
    " expires_at_utc, device, network, signed_in_by, authenticated_at_utc, amr, aal)"
    " VALUES ($1, $2, $3, $4, $4, $5, $6, $7, $8, $9, $10, $11)"};
constexpr store::Query kInsertToken{
    "session_token.insert",
    "INSERT INTO session_token (token_hash, citizen_id, session_id, last_used_at_utc,"
    " expires_at_utc, authenticated_at_utc, amr, aal) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"};
constexpr store::Query kFindToken{"session_token.find",
                                  "SELECT citizen_id, session_id, last_used_at_utc, "
                                  "expires_at_utc, authenticated_at_utc, amr, aal"
                                  " FROM session_token WHERE token_hash = $1"};
constexpr store::Query kTouchToken{
    "session_token.touch", "UPDATE session_token SET last_used_at_utc = $2 WHERE token_hash = $1"};
constexpr store::Query kTouchSession{
    "session.touch",
    "UPDATE session SET last_used_at_utc = $3 WHERE citizen_id = $1 AND session_id = $2"};
constexpr store::Query kProveToken{
    "session_token.prove",
    "UPDATE session_token SET authenticated_at_utc = $2, amr = $3, aal = $4 WHERE token_hash = $1"};
constexpr store::Query kProveSession{
    "session.prove",
    "UPDATE session SET authenticated_at_utc = $3, amr = $4, aal = $5, failed_proofs = 0"
    " WHERE citizen_id = $1 AND session_id = $2"};
constexpr store::Query kCountFailedProof{
    "session.count_failed_proof",
    "UPDATE session SET failed_proofs = failed_proofs + 1"
    " WHERE citizen_id = $1 AND session_id = $2 RETURNING failed_proofs"};
constexpr store::Query kListSessions{
    "session.list",
    "SELECT session_id, opened_at_utc, last_used_at_utc, device, network, signed_in_by,"
    " authenticated_at_utc, amr, aal FROM session WHERE citizen_id = $1 AND expires_at_utc > $2"
    " ORDER BY last_used_at_utc DESC LIMIT 200"};
constexpr store::Query kDeleteToken{
    "session_token.delete",
    "DELETE FROM session_token WHERE token_hash IN (SELECT token_hash FROM session"
    " WHERE citizen_id = $1 AND session_id = $2)"};
constexpr store::Query kDeleteSession{
    "session.delete", "DELETE FROM session WHERE citizen_id = $1 AND session_id = $2"};
constexpr store::Query kDeleteOtherTokens{
    "session_token.delete_others",
    "DELETE FROM session_token WHERE token_hash IN (SELECT token_hash FROM session"
    " WHERE citizen_id = $1 AND session_id <> $2)"};
constexpr store::Query kDeleteOtherSessions{
    "session.delete_others", "DELETE FROM session WHERE citizen_id = $1 AND session_id <> $2"};
constexpr store::Query kPurgeTokens{"session_token.purge",
                                    "DELETE FROM session_token WHERE expires_at_utc < $1"};
constexpr store::Query kPurgeSessions{"session.purge",
                                      "DELETE FROM session WHERE expires_at_utc < $1"};
constexpr store::Query kInsertFlow{
    "authorization_flow.insert",
    "INSERT INTO authorization_flow (state_hash, browser_hash, intent, citizen_id, provider, nonce,"
    " code_verifier, expires_at_utc) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"};
constexpr store::Query kTakeFlow{
    "authorization_flow.take",
    "DELETE FROM authorization_flow WHERE state_hash = $1"
    " RETURNING browser_hash, intent, citizen_id, nonce, code_verifier, expires_at_utc, provider"};
constexpr store::Query kPurgeFlows{"authorization_flow.purge",
                                   "DELETE FROM authorization_flow WHERE expires_at_utc < $1"};

/// Whatever a row says that is not two is one: it must never open more than the least.
Aal aal_from(std::int64_t column) { return column == 2 ? Aal::kTwo : Aal::kOne; }

}  // namespace

core::Status insert_citizen(store::UnitOfWork& unit, const Citizen& citizen) {
  TRY_VOID(unit.run(kInsertCitizen, {citizen.id, name_of(citizen.level), citizen.phone_masked,
                                     citizen.registered_at}));
  return {};
}

core::Result<Citizen> get_citizen(store::UnitOfWork& unit, const CitizenId& id) {
  TRY(const auto rows, unit.run(kFindCitizen, {id}));
  if (rows.empty()) return fail(ErrorCode::kNotFound, "citizen.unknown");
  const auto& row = rows.front();
  return Citizen{id,
                 assurance_level_from(row.text(0)),
                 row.is_null(1) ? std::string() : std::string(row.text(1)),
                 row.optional_instant(2),
                 std::string(row.text(3)),
                 row.instant(4)};
}

core::Status raise_level(store::UnitOfWork& unit, const Citizen& citizen) {
  TRY_VOID(unit.run(kRaiseLevel, {citizen.id, name_of(citizen.level), citizen.level_source,
                                  citizen.level_raised_at}));
  return {};
}

core::Result<std::optional<CitizenId>> find_login(store::UnitOfWork& unit, std::string_view kind,
                                                  core::ByteView blind_index) {
  TRY(const auto rows, unit.run(kFindLogin, {kind, blind_index}));
  if (rows.empty()) return std::optional<CitizenId>();
  return std::optional(rows.front().id<CitizenId>(0));
}

core::Result<bool> insert_login(store::UnitOfWork& unit, std::string_view kind,
                                core::ByteView blind_index, const CitizenId& id) {
  TRY(const auto rows, unit.run(kInsertLogin, {kind, blind_index, id}));
  return rows.affected() == 1;
}

core::Status delete_login(store::UnitOfWork& unit, std::string_view kind,
                          core::ByteView blind_index, const CitizenId& id) {
  TRY_VOID(unit.run(kDeleteLogin, {kind, blind_index, id}));
  return {};
}

core::Result<std::string> find_password(store::UnitOfWork& unit, const CitizenId& id) {
  TRY(const auto rows, unit.run(kFindPassword, {id}));
  return rows.empty() ? std::string() : std::string(rows.front().text(0));
}

core::Status put_password(store::UnitOfWork& unit, const CitizenId& id, std::string_view phc,
                          core::Instant now) {
  TRY_VOID(unit.run(kPutPassword, {id, phc, now}));
  return {};
}

core::Status insert_session(store::UnitOfWork& unit, const SessionRow& row) {
  const auto amr = row.info.amr.to_text();
  const auto aal = static_cast<std::int64_t>(row.info.aal);
  TRY_VOID(unit.run(kInsertSession,
                    {row.citizen_id, row.info.id, row.token_hash, row.info.opened_at,
                     row.expires_at, row.info.device.description, row.info.device.network,
                     name_of(row.info.signed_in_by), row.info.authenticated_at, amr, aal}));
  TRY_VOID(unit.run(kInsertToken, {row.token_hash, row.citizen_id, row.info.id, row.info.opened_at,
                                   row.expires_at, row.info.authenticated_at, amr, aal}));
  return {};
}

core::Result<std::optional<TokenRow>> find_token(store::UnitOfWork& unit,
                                                 core::ByteView token_hash) {
  TRY(const auto rows, unit.run(kFindToken, {token_hash}));
  if (rows.empty()) return std::optional<TokenRow>();
  const auto& row = rows.front();
  return std::optional(TokenRow{row.id<CitizenId>(0), row.id<SessionId>(1), row.instant(2),
                                row.instant(3), row.instant(4), AmrSet::from_text(row.text(5)),
                                aal_from(row.int64(6))});
}

core::Status touch_session(store::UnitOfWork& unit, const TokenRow& row, core::ByteView token_hash,
                           core::Instant now) {
  TRY_VOID(unit.run(kTouchToken, {token_hash, now}));
  TRY_VOID(unit.run(kTouchSession, {row.citizen_id, row.session_id, now}));
  return {};
}

core::Result<bool> update_authentication(store::UnitOfWork& unit, const Authenticated& who) {
  const auto amr = who.amr.to_text();
  const auto aal = static_cast<std::int64_t>(who.aal);
  TRY_VOID(unit.run(kProveToken, {who.token_hash, who.authenticated_at, amr, aal}));
  TRY(const auto rows,
      unit.run(kProveSession, {who.citizen_id, who.session_id, who.authenticated_at, amr, aal}));
  return rows.affected() == 1;
}

core::Result<std::int64_t> count_failed_proof(store::UnitOfWork& unit, const Authenticated& who) {
  TRY(const auto rows, unit.run(kCountFailedProof, {who.citizen_id, who.session_id}));
  return rows.empty() ? 0 : rows.front().int64(0);
}

core::Result<std::vector<SessionInfo>> list_sessions(store::UnitOfWork& unit, const CitizenId& id,
                                                     core::Instant now) {
  TRY(const auto rows, unit.run(kListSessions, {id, now}));
  std::vector<SessionInfo> sessions;
  for (const auto& row : rows) {
    sessions.push_back({row.id<SessionId>(0), row.instant(1), row.instant(2),
                        Device{std::string(row.text(3)), std::string(row.text(4))},
                        signed_in_by_from(row.text(5)), row.instant(6),
                        AmrSet::from_text(row.text(7)), aal_from(row.int64(8))});
  }
  return sessions;
}

core::Result<bool> delete_session(store::UnitOfWork& unit, const CitizenId& id,
                                  const SessionId& session_id) {
  TRY_VOID(unit.run(kDeleteToken, {id, session_id}));
  TRY(const auto rows, unit.run(kDeleteSession, {id, session_id}));
  return rows.affected() == 1;
}

core::Result<std::int64_t> delete_other_sessions(store::UnitOfWork& unit, const CitizenId& id,
                                                 const std::optional<SessionId>& keep) {
  // The all-zero id belongs to no session, so "but this one" then means all.
  const auto kept = keep.value_or(SessionId());
  TRY_VOID(unit.run(kDeleteOtherTokens, {id, kept}));
  TRY(const auto rows, unit.run(kDeleteOtherSessions, {id, kept}));
  return rows.affected();
}

core::Result<std::int64_t> purge_sessions(store::UnitOfWork& unit, core::Instant now) {
  TRY_VOID(unit.run(kPurgeTokens, {now}));
  TRY(const auto rows, unit.run(kPurgeSessions, {now}));
  return rows.affected();
}

core::Status insert_flow(store::UnitOfWork& unit, const FlowRow& row) {
  TRY_VOID(unit.run(kInsertFlow, {row.state_hash, row.browser_hash, row.intent, row.citizen_id,
                                  row.provider, row.nonce, row.code_verifier, row.expires_at}));
  return {};
}

core::Result<std::optional<FlowRow>> take_flow(store::UnitOfWork& unit, core::ByteView state_hash) {
  TRY(const auto rows, unit.run(kTakeFlow, {state_hash}));
  if (rows.empty()) return std::optional<FlowRow>();
  const auto& row = rows.front();
  FlowRow flow;
  flow.state_hash = core::to_bytes(state_hash);
  flow.browser_hash = core::to_bytes(row.blob(0));
  flow.intent = row.text(1);
  if (!row.is_null(2)) flow.citizen_id = row.id<CitizenId>(2);
  flow.nonce = row.text(3);
  flow.code_verifier = row.text(4);
  flow.expires_at = row.instant(5);
  flow.provider = row.text(6);
  return std::optional(std::move(flow));
}

core::Result<std::int64_t> purge_flows(store::UnitOfWork& unit, core::Instant now) {
  TRY(const auto rows, unit.run(kPurgeFlows, {now}));
  return rows.affected();
}

}  // namespace identity::sql
