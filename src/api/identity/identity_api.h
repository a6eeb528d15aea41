// Handlers of accounts, sessions and levels. Each parses, calls one service and renders.
// Safe from any thread; the services must outlive the routes.
#pragma once

#include <vector>

#include "audit/history.h"
#include "http/route.h"
#include "identity/assurance/assurance_service.h"
#include "identity/assurance/function_gate.h"
#include "identity/phone_number.h"
#include "identity/registration/registration_service.h"
#include "identity/session/session_service.h"

namespace api {

struct IdentityServices {
  identity::RegistrationService& registrations;
  identity::SessionService& sessions;
  identity::AssuranceService& assurance;
  identity::FunctionGate& gate;
  audit::History& history;
  identity::PhonePolicy phones;
};

class IdentityApi {
 public:
  explicit IdentityApi(IdentityServices services) : services_(std::move(services)) {}

  /// The room's part of the route table; handlers hold a pointer to this object.
  [[nodiscard]] std::vector<http::Route> routes();

 private:
  using Answer = core::Result<http::Response>;
  [[nodiscard]] Answer set_password(const http::Request& request);
  [[nodiscard]] Answer accept_agreement(const http::Request& request);
  [[nodiscard]] Answer give_consent(const http::Request& request);
  [[nodiscard]] Answer recover(const http::Request& request);
  [[nodiscard]] Answer sign_in(const http::Request& request);
  [[nodiscard]] Answer list_sessions(const http::Request& request);
  [[nodiscard]] Answer sign_out(const http::Request& request);
  [[nodiscard]] Answer close_session(const http::Request& request);
  [[nodiscard]] Answer me(const http::Request& request);
  [[nodiscard]] Answer change_password(const http::Request& request);
  [[nodiscard]] Answer operations(const http::Request& request);
  [[nodiscard]] Answer depart(const http::Request& request);
  [[nodiscard]] Answer arrive(const http::Request& request);
  [[nodiscard]] Answer provider_session(const http::Request& request);
  [[nodiscard]] Answer end_provider_session(const http::Request& request);
  [[nodiscard]] Answer session_opened(const identity::OpenedSession& opened, core::Instant now);

  IdentityServices services_;
};

}  // namespace api
