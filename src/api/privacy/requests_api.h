// Handlers of "my requests": a person asks about their own data and watches the clock. Safe from
// any thread; the services must outlive the routes.
#pragma once

#include <vector>

#include "http/route.h"
#include "privacy/request/block_service.h"
#include "privacy/request/data_copy_service.h"
#include "privacy/request/request_service.h"

namespace api {

struct RequestsServices {
  privacy::RequestService& requests;
  privacy::DataCopyService& copies;
  privacy::BlockService& blocks;
};

class RequestsApi {
 public:
  explicit RequestsApi(RequestsServices services) : services_(services) {}

  /// The part of the route table; handlers hold a pointer to this object.
  [[nodiscard]] std::vector<http::Route> routes();

 private:
  using Answer = core::Result<http::Response>;
  [[nodiscard]] Answer list(const http::Request& request);
  [[nodiscard]] Answer create(const http::Request& request);
  [[nodiscard]] Answer get(const http::Request& request);
  [[nodiscard]] Answer withdraw(const http::Request& request);
  [[nodiscard]] Answer data(const http::Request& request);
  [[nodiscard]] Answer list_blocks(const http::Request& request);
  [[nodiscard]] Answer lift_block(const http::Request& request);

  RequestsServices services_;
};

}  // namespace api
