// Tells the http room who asks, from the session cookie.
// Safe from any thread; called on the workers.
#pragma once

#include "http/authenticator.h"
#include "identity/session/session_service.h"

namespace app {

class SessionAuthenticator final : public http::Authenticator {
 public:
  /// `sessions` must outlive it.
  explicit SessionAuthenticator(identity::SessionService& sessions) : sessions_(sessions) {}

  [[nodiscard]] core::Result<std::optional<http::Subject>> authenticate(
      const http::Request& request) override;
  [[nodiscard]] bool csrf_ok(const http::Request& request, const http::Subject& subject) override;

 private:
  identity::SessionService& sessions_;
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
