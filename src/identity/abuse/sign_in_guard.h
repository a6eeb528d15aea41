// SignInGuard: how often a password may be tried. Durable and shared by all processes. A browser
// that was signed in to the account before has tries of its own; everyone else shares those of the
// login, so that a stranger who spends them cannot lock its owner out. The same for logins that do
// not exist. Safe from any thread.
#pragma once

#include <optional>

#include "core/result.h"
#include "identity/abuse/device_mark.h"
#include "store/database.h"

namespace identity {

struct SignInPolicy {
  /// Wrong passwords a recognised browser may try within device_window.
  int device_failures_max = 10;
  core::Duration device_window = std::chrono::minutes(15);
  /// Wrong passwords all other browsers together may try for one login within a day. NIST
  /// SP 800-63B allows 100 in a row before the authenticator is refused.
  int strangers_failures_max = 20;
};

/// One try of a password.
struct SignInAttempt {
  core::Bytes login_index;  ///< blind index of what was typed as login
  /// The browser's own id when it is recognised for the account behind the login.
  std::optional<core::Bytes> device;
};

class SignInGuard {
 public:
  SignInGuard(store::Database& data, SignInPolicy policy) : data_(data), policy_(policy) {}

  /// Spends a try before the password is looked at, so that parallel ones cannot outrun the limit.
  /// Errors: kLimited "sign_in.too_many" the recognised browser's tries, with retry_after_s;
  ///         kForbidden "sign_in.code_needed" the tries of everyone else: this browser has to come
  ///         in another way first; the store's.
  [[nodiscard]] core::Status charge(const SignInAttempt& attempt, core::Instant now);
  /// The password was right: gives the try back, and a recognised browser all of its own.
  /// Inside the unit that opens the session.
  [[nodiscard]] core::Status forgive(store::UnitOfWork& unit, const SignInAttempt& attempt,
                                     core::Instant now);

 private:
  store::Database& data_;
  SignInPolicy policy_;
};

}  // namespace identity
