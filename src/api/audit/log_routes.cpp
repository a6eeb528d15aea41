#include "api/audit/log_api.h"
#include "api/route_maker.h"

namespace api {
namespace {

/// Monitors take the whole log, a tile a request.
constexpr http::RateLimit kReadingLog{"reading_log", 2000, 200.0};
constexpr std::size_t kNoteBytesMax = 64UL * 1024;

/// For pages and programs of any origin, without a session.
http::Route open_to_all(http::Route route) {
  route.any_origin = true;
  return route;
}

}  // namespace

std::vector<http::Route> LogApi::routes() {
  const RouteMaker<LogApi> route(this);
  using Api = LogApi;
  using http::Method;
  constexpr auto kPublic = http::AuthPolicy::kPublic;
  constexpr auto kSession = http::AuthPolicy::kSession;
  std::vector<http::Route> routes;
  const auto shown = [&](std::string path, std::string operation, RouteMaker<LogApi>::Handler to) {
    routes.push_back(open_to_all(
        route({Method::kGet, std::move(path), std::move(operation), kPublic, kReadingLog}, to)));
  };
  shown("/.well-known/beresta-log", "getLogDescription", &Api::description);
  shown("/log/checkpoint", "getLogCheckpoint", &Api::checkpoint);
  shown("/log/checkpoint/cosigned", "getLogCosignedCheckpoint", &Api::cosigned);
  shown("/log/public-entries", "listPublicLogEntries", &Api::public_entries);
  // An index below a thousand, a million, and so on; each may end in ".p/<width>".
  std::string path = "/log/tile/{level}";
  std::string operation = "getLogTile";
  for (const std::string_view part : {"a", "b", "c", "d", "e"}) {
    path.append("/{").append(part).append("}");
    shown(path, operation, &Api::tile);
    operation += "Deeper";
  }
  auto cosign = open_to_all(
      route({Method::kPost, "/log/cosignatures", "addLogCosignatures", kPublic, kWriting},
            &Api::add_cosignatures));
  cosign.csrf_exempt = true;
  cosign.body_media_type = "text/plain";
  cosign.body_bytes_max = kNoteBytesMax;
  routes.push_back(std::move(cosign));
  routes.push_back(route(
      {Method::kGet, "/api/v1/log/entries", "listLogEntries", kSession, kReading}, &Api::entries));
  routes.push_back(
      route({Method::kGet, "/api/v1/log/consistency", "getLogConsistency", kPublic, kReading},
            &Api::consistency));
  routes.push_back(route({Method::kPost, "/api/v1/log/entries/{entry_id}/dispute",
                          "disputeLogEntry", kSession, kWriting},
                         &Api::dispute));
  return routes;
}

}  // namespace api
