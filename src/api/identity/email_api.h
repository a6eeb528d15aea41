// Handlers of an account's e-mail. Each parses, calls one service and renders. Safe from any
// thread; the service must outlive the routes.
#pragma once

#include <vector>

#include "http/route.h"
#include "identity/account/email_service.h"

namespace api {

class EmailApi {
 public:
  explicit EmailApi(identity::EmailService& email) : email_(email) {}

  /// The routes; handlers hold a pointer to this object.
  [[nodiscard]] std::vector<http::Route> routes();

 private:
  using Answer = core::Result<http::Response>;
  [[nodiscard]] Answer state(const http::Request& request);
  [[nodiscard]] Answer set(const http::Request& request);
  [[nodiscard]] Answer prepare_work(const http::Request& request);
  [[nodiscard]] Answer confirm(const http::Request& request);
  [[nodiscard]] Answer remove(const http::Request& request);

  identity::EmailService& email_;
};

}  // namespace api
