// Handlers of what a person proves themselves with. Each parses, calls one service and renders.
// Safe from any thread; the services must outlive the routes.
#pragma once

#include <vector>

#include "http/route.h"
#include "identity/session/reauthentication_service.h"

namespace api {

struct AuthenticatorServices {
  identity::ReauthenticationService& reauthentication;
};

class AuthenticatorApi {
 public:
  explicit AuthenticatorApi(AuthenticatorServices services) : services_(services) {}

  /// Its part of the route table; handlers hold a pointer to this object.
  [[nodiscard]] std::vector<http::Route> routes();

 private:
  using Answer = core::Result<http::Response>;
  [[nodiscard]] Answer reauthenticate(const http::Request& request);

  AuthenticatorServices services_;
};

}  // namespace api
