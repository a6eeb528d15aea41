// What is held about the signed-in person, with the register's words for it. Safe from any thread;
// the service must outlive the routes.
#pragma once

#include <vector>

#include "http/route.h"
#include "privacy/processing/my_data_service.h"

namespace api {

class MyDataApi {
 public:
  explicit MyDataApi(privacy::MyDataService& service) : service_(service) {}

  /// The room's part of the route table; handlers hold a pointer to this object.
  [[nodiscard]] std::vector<http::Route> routes();

 private:
  [[nodiscard]] core::Result<http::Response> get(const http::Request& request);

  privacy::MyDataService& service_;
};

}  // namespace api
