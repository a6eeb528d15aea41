// RouteMaker: binds member functions of a handler class to lines of the route table.
// Value type; the handler object must outlive the routes.
#pragma once

#include <string>
#include <utility>

#include "api/limits.h"
#include "http/route.h"

namespace api {

/// What a line of the table says beside its handler.
struct RouteLine {
  http::Method method = http::Method::kGet;
  std::string pattern;
  std::string operation_id;
  http::AuthPolicy auth = http::AuthPolicy::kSession;
  http::RateLimit limit;
  http::Execution execution = http::Execution::kWorker;
};

template <typename Api>
class RouteMaker {
 public:
  using Handler = core::Result<http::Response> (Api::*)(const http::Request&);

  explicit RouteMaker(Api* api) : api_(api) {}

  [[nodiscard]] http::Route operator()(RouteLine line, Handler handler) const {
    http::Route route;
    route.method = line.method;
    route.pattern = std::move(line.pattern);
    route.operation_id = std::move(line.operation_id);
    route.auth = line.auth;
    route.limit = line.limit;
    route.execution = line.execution;
    route.body_bytes_max = kSmallBodyBytesMax;
    route.handler = [api = api_, handler](const http::Request& request) {
      return (api->*handler)(request);
    };
    return route;
  }

 private:
  Api* api_;
};

}  // namespace api
