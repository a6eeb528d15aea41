#include "api/identity/delivery_api.h"

#include "api/limits.h"
#include "api/route_maker.h"
#include "api/wire.h"
#include "http/json_response.h"

namespace api {

std::vector<http::Route> DeliveryApi::routes() {
  const RouteMaker<DeliveryApi> route(this);
  return {route({http::Method::kGet, "/api/v1/challenges/{challenge_id}", "getChallengeDelivery",
                 http::AuthPolicy::kPublic, kReading},
                &DeliveryApi::report)};
}

core::Result<http::Response> DeliveryApi::report(const http::Request& request) {
  TRY(const auto id, path_id<identity::ChallengeId>(request, "challenge_id"));
  TRY(const auto report, deliveries_.report(id));
  codec::JsonObject json{{"challenge_id", id.to_string()},
                         {"channel", identity::name_of(report.channel)},
                         {"state", identity::name_of(report.state)}};
  if (report.problem != identity::DeliveryProblem::kNone) {
    json["problem"] = identity::name_of(report.problem);
  }
  return http::json_ok(std::move(json));
}

}  // namespace api
