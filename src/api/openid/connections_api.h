// Handlers of the citizen's side: what a party asks for, the decision, and the connections made.
// Safe from any thread; the services must outlive the routes.
#pragma once

#include <vector>

#include "http/route.h"
#include "openid/authorization/authorization_service.h"
#include "openid/authorization/connection_service.h"
#include "openid/device/device_service.h"
#include "openid/logout/logout_service.h"

namespace api {

struct ConnectionServices {
  openid::AuthorizationService& authorizations;
  openid::ConnectionService& connections;
  openid::SignIns& sign_ins;
  openid::DeviceService& devices;
  openid::LogoutService& logouts;
};

class ConnectionsApi {
 public:
  explicit ConnectionsApi(ConnectionServices services) : services_(services) {}

  /// The part of the route table; handlers hold a pointer to this object.
  [[nodiscard]] std::vector<http::Route> routes();

 private:
  using Answer = core::Result<http::Response>;
  [[nodiscard]] Answer view(const http::Request& request);
  [[nodiscard]] Answer decide(const http::Request& request);
  [[nodiscard]] Answer enter_user_code(const http::Request& request);
  [[nodiscard]] Answer view_logout(const http::Request& request);
  [[nodiscard]] Answer list(const http::Request& request);
  [[nodiscard]] Answer disconnect(const http::Request& request);
  [[nodiscard]] core::Result<std::optional<openid::SignedIn>> who(const http::Request& request);

  ConnectionServices services_;
};

}  // namespace api
