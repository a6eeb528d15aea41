// Handlers of editions. Each parses, calls one service and renders. Safe from any thread; the
// service must outlive the routes.
#pragma once

#include <vector>

#include "http/route.h"
#include "privacy/service.h"

namespace api {

class PrivacyApi {
 public:
  explicit PrivacyApi(privacy::PrivacyService& service) : service_(service) {}

  /// The room's part of the route table; handlers hold a pointer to this object.
  [[nodiscard]] std::vector<http::Route> routes();

 private:
  using Answer = core::Result<http::Response>;
  [[nodiscard]] Answer current_edition(const http::Request& request);
  [[nodiscard]] Answer edition(const http::Request& request);

  privacy::PrivacyService& service_;
};

}  // namespace api
