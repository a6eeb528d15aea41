// Handlers of what a person proves themselves with: passkeys, the code app, recovery codes, the
// second factor, proving oneself again. Each parses, calls one service and renders.
// Safe from any thread; the services must outlive the routes.
#pragma once

#include <string>
#include <vector>

#include "http/route.h"
#include "identity/assurance/assurance_service.h"
#include "identity/assurance/function_gate.h"
#include "identity/authenticator/second_factor_service.h"

namespace api {

struct AuthenticatorServices {
  identity::SessionService& sessions;
  identity::AssuranceService& assurance;
  identity::FunctionGate& gate;
  identity::PasskeyService& passkeys;
  identity::TotpService& totp;
  identity::RecoveryCodes& recovery_codes;
  identity::SecondFactorService& second_factor;
  std::string installation_name;
};

class AuthenticatorApi {
 public:
  explicit AuthenticatorApi(AuthenticatorServices services) : services_(std::move(services)) {}

  /// Its part of the route table; handlers hold a pointer to this object.
  [[nodiscard]] std::vector<http::Route> routes();

 private:
  using Answer = core::Result<http::Response>;
  [[nodiscard]] Answer reauthenticate(const http::Request& request);
  [[nodiscard]] Answer begin_proof(const http::Request& request);
  [[nodiscard]] Answer list(const http::Request& request);
  [[nodiscard]] Answer begin_passkey(const http::Request& request);
  [[nodiscard]] Answer create_passkey(const http::Request& request);
  [[nodiscard]] Answer rename_passkey(const http::Request& request);
  [[nodiscard]] Answer remove_passkey(const http::Request& request);
  [[nodiscard]] Answer begin_sign_in(const http::Request& request);
  [[nodiscard]] Answer finish_sign_in(const http::Request& request);
  [[nodiscard]] Answer begin_totp(const http::Request& request);
  [[nodiscard]] Answer confirm_totp(const http::Request& request);
  [[nodiscard]] Answer remove_totp(const http::Request& request);
  [[nodiscard]] Answer make_recovery_codes(const http::Request& request);
  [[nodiscard]] Answer begin_second_factor(const http::Request& request);
  [[nodiscard]] Answer finish_second_factor(const http::Request& request);
  [[nodiscard]] Answer close_others(const http::Request& request);
  [[nodiscard]] Answer session_opened(const identity::OpenedSession& opened, core::Instant now);

  AuthenticatorServices services_;
};

}  // namespace api
