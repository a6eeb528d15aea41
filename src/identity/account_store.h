// Tables of accounts, logins, passwords and sessions. Functions over an open unit of work; errors
// are those of store::UnitOfWork::run.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "identity/types.h"
#include "store/unit_of_work.h"

namespace identity::sql {

// Kinds of blind index that lead to a citizen.
inline constexpr std::string_view kPhoneLogin = "phone";
inline constexpr std::string_view kProviderLogin = "provider_subject";
inline constexpr std::string_view kSnilsLogin = "snils";

[[nodiscard]] core::Status insert_citizen(store::UnitOfWork& unit, const Citizen& citizen);
/// Errors: also kNotFound "citizen.unknown".
[[nodiscard]] core::Result<Citizen> get_citizen(store::UnitOfWork& unit, const CitizenId& id);
[[nodiscard]] core::Status raise_level(store::UnitOfWork& unit, const Citizen& citizen);

[[nodiscard]] core::Result<std::optional<CitizenId>> find_login(store::UnitOfWork& unit,
                                                                std::string_view kind,
                                                                core::ByteView blind_index);
/// False when the index already leads somewhere (see find_login).
[[nodiscard]] core::Result<bool> insert_login(store::UnitOfWork& unit, std::string_view kind,
                                              core::ByteView blind_index, const CitizenId& id);
/// The index leads to this account no more; one that leads elsewhere is left alone.
[[nodiscard]] core::Status delete_login(store::UnitOfWork& unit, std::string_view kind,
                                        core::ByteView blind_index, const CitizenId& id);

/// Empty when there is no password.
[[nodiscard]] core::Result<std::string> find_password(store::UnitOfWork& unit, const CitizenId& id);
[[nodiscard]] core::Status put_password(store::UnitOfWork& unit, const CitizenId& id,
                                        std::string_view phc, core::Instant now);

/// A session's rows, in both tables.
struct SessionRow {
  CitizenId citizen_id;
  SessionInfo info;
  core::Bytes token_hash;
  core::Instant expires_at;
};
/// What the cookie's hash leads to.
struct TokenRow {
  CitizenId citizen_id;
  SessionId session_id;
  core::Instant last_used_at;
  core::Instant expires_at;
  core::Instant authenticated_at;
  AmrSet amr;
  Aal aal = Aal::kOne;
};
[[nodiscard]] core::Status insert_session(store::UnitOfWork& unit, const SessionRow& row);
[[nodiscard]] core::Result<std::optional<TokenRow>> find_token(store::UnitOfWork& unit,
                                                               core::ByteView token_hash);
[[nodiscard]] core::Status touch_session(store::UnitOfWork& unit, const TokenRow& row,
                                         core::ByteView token_hash, core::Instant now);
/// Writes when and how the owner proved themselves again. False when the session has ended.
[[nodiscard]] core::Result<bool> update_authentication(store::UnitOfWork& unit,
                                                       const Authenticated& who);
/// Adds to the session's wrong tries. @return how many in a row; 0 when the session has ended.
[[nodiscard]] core::Result<std::int64_t> count_failed_proof(store::UnitOfWork& unit,
                                                            const Authenticated& who);
[[nodiscard]] core::Result<std::vector<SessionInfo>> list_sessions(store::UnitOfWork& unit,
                                                                   const CitizenId& id,
                                                                   core::Instant now);
/// False when there was no such session.
[[nodiscard]] core::Result<bool> delete_session(store::UnitOfWork& unit, const CitizenId& id,
                                                const SessionId& session_id);
/// Closes every session of the citizen but one (absent = all). @return how many.
[[nodiscard]] core::Result<std::int64_t> delete_other_sessions(
    store::UnitOfWork& unit, const CitizenId& id, const std::optional<SessionId>& keep);
[[nodiscard]] core::Result<std::int64_t> purge_sessions(store::UnitOfWork& unit, core::Instant now);

/// A browser that left for the identity provider.
struct FlowRow {
  core::Bytes state_hash;
  core::Bytes browser_hash;
  std::string intent;
  std::optional<CitizenId> citizen_id;
  std::string provider;  ///< id of the one the browser was sent to
  std::string nonce;
  std::string code_verifier;
  core::Instant expires_at;
};
[[nodiscard]] core::Status insert_flow(store::UnitOfWork& unit, const FlowRow& row);
/// Takes the row out: a state works once.
[[nodiscard]] core::Result<std::optional<FlowRow>> take_flow(store::UnitOfWork& unit,
                                                             core::ByteView state_hash);
[[nodiscard]] core::Result<std::int64_t> purge_flows(store::UnitOfWork& unit, core::Instant now);

}  // namespace identity::sql
