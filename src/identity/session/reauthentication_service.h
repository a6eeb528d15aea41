// Proving oneself again inside a session ("step-up"), before what a borrowed or stolen session must
// not do: adding a passkey, changing how one signs in. Safe from any thread.
#pragma once

#include "core/result.h"
#include "core/rng.h"
#include "identity/password/password.h"
#include "identity/session/session_endings.h"
#include "identity/types.h"
#include "store/database.h"

namespace identity {

/// How long a proof counts as recent.
inline constexpr core::Duration kProofRecent = std::chrono::minutes(10);
/// Wrong tries in a row that close the session: whoever holds it is not its owner, or will sign in
/// again.
inline constexpr std::int64_t kFailedProofsMax = 5;

/// Errors: kForbidden "reauthentication.required" the last proof is older than kProofRecent.
[[nodiscard]] core::Status require_recent_proof(const Authenticated& who, core::Instant now);

struct ReauthenticationPorts {
  store::Database& data;
  PasswordHasher& hasher;
  core::Rng& rng;
  SessionEndings* endings = nullptr;  ///< told of a session that wrong tries closed
};

/// Counts a wrong try at proving oneself and says so: never succeeds.
/// Errors: kForbidden `reason` with attempts_left; kUnauthenticated "session.closed_by_failures"
///   that was the last one; the store's.
[[nodiscard]] core::Status refuse_proof(const ReauthenticationPorts& ports,
                                        const Authenticated& who, std::string_view reason,
                                        core::Instant now);

class ReauthenticationService {
 public:
  explicit ReauthenticationService(ReauthenticationPorts ports) : ports_(ports) {}

  /// @return the session as it is known from now on.
  /// Errors: those of refused; kUnauthenticated "session.required" it has ended meanwhile.
  [[nodiscard]] core::Result<Authenticated> by_password(const Authenticated& who,
                                                        const Password& password,
                                                        core::Instant now);
  /// Writes down that the owner proved themselves by `methods`, and since when that holds.
  /// Errors: kUnauthenticated "session.required" the session has ended meanwhile.
  [[nodiscard]] core::Result<Authenticated> proven(const Authenticated& who, AmrSet methods,
                                                   core::Instant at);
  /// Before the first call of another thread.
  void plug_endings(SessionEndings& endings) { ports_.endings = &endings; }
  /// See refuse_proof.
  [[nodiscard]] core::Status refused(const Authenticated& who, std::string_view reason,
                                     core::Instant now) {
    return refuse_proof(ports_, who, reason, now);
  }

 private:
  ReauthenticationPorts ports_;
};

}  // namespace identity
