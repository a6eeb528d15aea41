// Tells the http room who asks, from the session cookie.
// Safe from any thread; called on the workers.
#pragma once

#include "http/authenticator.h"
#include "identity/account/frozen_accounts.h"
#include "identity/session/session_service.h"
#include "privacy/edition_service.h"

namespace app {

class SessionAuthenticator final : public http::Authenticator {
 public:
  /// All must outlive it.
  SessionAuthenticator(identity::SessionService& sessions, const identity::FrozenAccounts& frozen,
                       privacy::EditionService& editions)
      : sessions_(sessions), frozen_(frozen), editions_(editions) {}

  [[nodiscard]] core::Result<std::optional<http::Subject>> authenticate(
      const http::Request& request) override;
  [[nodiscard]] bool csrf_ok(const http::Request& request, const http::Subject& subject) override;

 private:
  identity::SessionService& sessions_;
  const identity::FrozenAccounts& frozen_;
  privacy::EditionService& editions_;
};

/// For the admin listener, which knows no sessions.
class NoAuthenticator final : public http::Authenticator {
 public:
  [[nodiscard]] core::Result<std::optional<http::Subject>> authenticate(
      const http::Request& /*request*/) override {
    return std::optional<http::Subject>();
  }
  [[nodiscard]] bool csrf_ok(const http::Request& /*request*/,
                             const http::Subject& /*subject*/) override {
    return false;
  }
};

}  // namespace app
