#include "api/privacy/my_data_api.h"

#include "api/privacy/held_json.h"
#include "api/route_maker.h"
#include "api/wire.h"
#include "http/json_response.h"

namespace api {

core::Result<http::Response> MyDataApi::get(const http::Request& request) {
  TRY(const auto held, service_.held(request.subject().citizen_id));
  return http::json_ok(held_json(held, service_.entries()));
}

std::vector<http::Route> MyDataApi::routes() {
  const RouteMaker<MyDataApi> route(this);
  return {route(
      {http::Method::kGet, "/api/v1/my-data", "getMyData", http::AuthPolicy::kSession, kReading},
      &MyDataApi::get)};
}

}  // namespace api
