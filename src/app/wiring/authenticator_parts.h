// What people prove themselves with, wired: services, handlers and upkeep in one place.
// Made once by Platform; safe from any thread.
#pragma once

#include "api/identity/authenticator_api.h"
#include "app/config/config.h"
#include "crypto/key_provider.h"
#include "identity/authenticator/second_factor_service.h"

namespace app {

/// What these parts are built on; all must outlive them.
struct AuthenticatorGround {
  store::Database& data;
  vault::Vault& vault;
  identity::PasswordHasher& hasher;
  const crypto::KeyProvider& root;
  core::Rng& rng;
};

/// What other services of the room lean on: made before them.
struct AuthenticatorBase {
  AuthenticatorBase(const Config& config, const AuthenticatorGround& ground);

  identity::SecondFactorGate gate;
  identity::RecoveryCodes recovery_codes;
};

/// What leans on them.
class AuthenticatorParts {
 public:
  AuthenticatorParts(const Config& config, const AuthenticatorGround& ground,
                     AuthenticatorBase& base, identity::SessionService& sessions,
                     identity::AssuranceService& assurance, identity::FunctionGate& gate);

  [[nodiscard]] std::vector<http::Route> routes() { return api_.routes(); }
  /// Before the server starts.
  void plug_endings(identity::SessionEndings& endings) { reauthentication_.plug_endings(endings); }
  /// Removes what has ended: challenges, tickets.
  [[nodiscard]] core::Status purge(core::Instant now);

 private:
  identity::ReauthenticationService reauthentication_;
  identity::PasskeyService passkeys_;
  identity::TotpService totp_;
  identity::SecondFactorService second_factor_;
  api::AuthenticatorApi api_;
};

}  // namespace app
