// Handler of how a code gets to the phone: what the page that waits for it asks. Safe from any
// thread; the service must outlive the routes.
#pragma once

#include <vector>

#include "http/route.h"
#include "identity/delivery/delivery_service.h"

namespace api {

class DeliveryApi {
 public:
  explicit DeliveryApi(identity::DeliveryService& deliveries) : deliveries_(deliveries) {}

  [[nodiscard]] std::vector<http::Route> routes();

 private:
  [[nodiscard]] core::Result<http::Response> report(const http::Request& request);

  identity::DeliveryService& deliveries_;
};

}  // namespace api
