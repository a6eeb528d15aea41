// What people prove themselves with, wired: services, handlers and upkeep in one place.
// Made once by Platform; safe from any thread.
#pragma once

#include "api/identity/authenticator_api.h"
#include "identity/session/reauthentication_service.h"

namespace app {

/// What these parts are built on; all must outlive them.
struct AuthenticatorGround {
  store::Database& data;
  identity::PasswordHasher& hasher;
  core::Rng& rng;
};

class AuthenticatorParts {
 public:
  explicit AuthenticatorParts(AuthenticatorGround ground)
      : reauthentication_({ground.data, ground.hasher, ground.rng}), api_({reauthentication_}) {}

  [[nodiscard]] std::vector<http::Route> routes() { return api_.routes(); }

 private:
  identity::ReauthenticationService reauthentication_;
  api::AuthenticatorApi api_;
};

}  // namespace app
