// SessionService: signing in with a password, and the sessions of an account. A session is an
// opaque 256-bit token in a cookie; the database holds its hash. Safe from any thread.
#pragma once

#include <optional>
#include <variant>
#include <vector>

#include "core/result.h"
#include "core/rng.h"
#include "crypto/key256.h"
#include "identity/abuse/sign_in_guard.h"
#include "identity/authenticator/second_factor_gate.h"
#include "identity/password/password.h"
#include "identity/phone_number.h"
#include "identity/session/session_endings.h"
#include "identity/types.h"
#include "store/database.h"
#include "vault/vault.h"

namespace identity {

struct SessionPolicy {
  core::Duration life = std::chrono::hours(24 * 30);
  core::Duration idle = std::chrono::hours(24 * 14);
  /// How stale last_used_at may be: a write per request would cost more than the request.
  core::Duration touch_after = std::chrono::minutes(5);
};

struct SessionPorts {
  store::Database& data;
  vault::Vault& vault;
  PasswordHasher& hasher;
  SecondFactorGate& second_factor;
  core::Rng& rng;
  SignInGuard& guard;
  DeviceMarks& marks;
};

/// What a right password leads to.
using SignInOutcome = std::variant<OpenedSession, SecondFactorTicket>;

class SessionService {
 public:
  /// @param csrf_key  keys the CSRF token of each session.
  SessionService(SessionPorts ports, SessionPolicy policy, crypto::Key256 csrf_key);

  /// Signs in with number and password. Takes the same time for unknown numbers.
  /// @param work  after "sign_in.work_needed": ChallengeService::prepare_work makes the puzzle.
  /// Errors: kUnauthenticated "sign_in.refused"  number or password do not match, or no account;
  ///         those of SignInGuard::charge, PasswordHasher and the store.
  [[nodiscard]] core::Result<SignInOutcome> sign_in(const PhoneNumber& phone,
                                                    const Password& password, const Device& device,
                                                    core::Instant now,
                                                    const std::optional<WorkProof>& work = {});

  /// Opens a session inside the caller's transaction (registration, identity provider).
  [[nodiscard]] core::Result<OpenedSession> open(store::UnitOfWork& unit,
                                                 const CitizenId& citizen_id, const Proof& proof,
                                                 const Device& device, core::Instant now);

  /// Whose token this is; empty when it is nobody's, idle too long or expired.
  [[nodiscard]] core::Result<std::optional<Authenticated>> authenticate(std::string_view token,
                                                                        core::Instant now);
  /// The token an unsafe request of this session must carry.
  [[nodiscard]] std::string csrf_token(core::ByteView token_hash) const;
  [[nodiscard]] bool is_csrf_token(std::string_view text, core::ByteView token_hash) const;

  [[nodiscard]] core::Result<std::vector<SessionInfo>> list(const CitizenId& citizen_id,
                                                            core::Instant now);
  /// Signs out. @param elsewhere  whether it is another device than the one asking.
  /// Errors: kNotFound "session.unknown".
  [[nodiscard]] core::Status close(const CitizenId& citizen_id, const SessionId& session_id,
                                   bool elsewhere, core::Instant now);
  /// Closes every session of the citizen but one (absent = all), inside the caller's transaction.
  [[nodiscard]] core::Status end_others(store::UnitOfWork& unit, const CitizenId& citizen_id,
                                        const std::optional<SessionId>& kept, core::Instant now);
  /// Before the first request; `endings` must outlive the service.
  void plug_endings(SessionEndings& endings) { endings_ = &endings; }
  /// Changes the password, closes every other session and tells the owner.
  /// @param current  absent when the session was proven lately by something stronger: a passkey
  /// that
  ///   checked its holder, or the identity provider.
  /// Errors: kForbidden "password.current_wrong" and the others of refuse_proof,
  ///   "reauthentication.required" nothing stronger was proven lately; those of check_new_password.
  [[nodiscard]] core::Status change_password(const Authenticated& who,
                                             const std::optional<Password>& current,
                                             const Password& changed, core::Instant now);
  /// Signs out everywhere but here. @return how many sessions were closed.
  [[nodiscard]] core::Result<std::int64_t> close_others(const Authenticated& who,
                                                        core::Instant now);
  [[nodiscard]] core::Result<std::int64_t> purge(core::Instant now);

 private:
  [[nodiscard]] core::Status require_stronger_proof(const Authenticated& who, core::Instant now);
  [[nodiscard]] core::Status check_current(const Authenticated& who, const Password& current,
                                           core::Instant now);
  /// The number the account was registered with; empty if there is none.
  [[nodiscard]] core::Result<core::Secret<std::string>> own_number(const CitizenId& citizen_id,
                                                                   core::Instant now);

  SessionPorts ports_;
  SessionPolicy policy_;
  crypto::Key256 csrf_key_;
  SessionEndings* endings_ = nullptr;
};

}  // namespace identity
