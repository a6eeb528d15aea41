// SignInGuard: how often a password may be tried. Durable and shared by all processes. A browser
// that was signed in to the account before has tries of its own; everyone else shares those of the
// login, so that a stranger who spends them cannot lock its owner out, and works for each try once
// its network has been wrong a lot. The same for logins that do not exist. Safe from any thread.
#pragma once

#include <optional>

#include "core/result.h"
#include "identity/abuse/device_mark.h"
#include "identity/abuse/work.h"
#include "store/database.h"

namespace identity {

struct SignInPolicy {
  /// Wrong passwords a recognised browser may try within device_window.
  int device_failures_max = 10;
  core::Duration device_window = std::chrono::minutes(15);
  /// Wrong passwords all other browsers together may try for one login within a day. NIST
  /// SP 800-63B allows 100 in a row before the authenticator is refused.
  int strangers_failures_max = 20;
  /// Wrong passwords a network may send within an hour before its unknown browsers have to work
  /// for each further try, and how many bits of work that is.
  int network_failures_free = 30;
  int work_bits = 17;
};

/// One try of a password.
struct SignInAttempt {
  core::Bytes login_index;  ///< blind index of what was typed as login
  /// The browser's own id when it is recognised for the account behind the login.
  std::optional<core::Bytes> device;
  core::Bytes network_index;      ///< blind index of the network it comes from
  std::optional<WorkProof> work;  ///< of a puzzle made for the login
};

class SignInGuard {
 public:
  /// @param work  whose puzzles are answered; must outlive the guard.
  SignInGuard(store::Database& data, SignInPolicy policy, const WorkDesk& work)
      : data_(data), policy_(policy), work_(work) {}

  /// Spends a try before the password is looked at, so that parallel ones cannot outrun the limit.
  /// Errors: kLimited "sign_in.too_many" the recognised browser's tries, with retry_after_s;
  ///         kForbidden "sign_in.code_needed" the tries of everyone else: this browser has to come
  ///         in another way first;
  ///         kForbidden "sign_in.work_needed" its network was wrong too often, and attempt.work is
  ///         absent, not enough or used before; the store's.
  [[nodiscard]] core::Status charge(const SignInAttempt& attempt, core::Instant now);
  /// The password was right: gives the try back, and a recognised browser all of its own.
  /// Inside the unit that opens the session.
  [[nodiscard]] core::Status forgive(store::UnitOfWork& unit, const SignInAttempt& attempt,
                                     core::Instant now);

 private:
  [[nodiscard]] core::Status charge_device(store::UnitOfWork& unit, const SignInAttempt& attempt,
                                           core::Instant now) const;
  [[nodiscard]] core::Status charge_stranger(store::UnitOfWork& unit, const SignInAttempt& attempt,
                                             int work_bits, core::Instant now) const;

  store::Database& data_;
  SignInPolicy policy_;
  const WorkDesk& work_;
};

}  // namespace identity
