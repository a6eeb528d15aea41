#include "app/wiring/admin_routes.h"

#include "api/limits.h"
#include "app/wiring/foundation.h"
#include "store/migration.h"
#include "store/outbox.h"

namespace app {
namespace {

http::Route admin_route(std::string pattern, std::string operation_id) {
  http::Route route;
  route.method = http::Method::kGet;
  route.pattern = std::move(pattern);
  route.operation_id = std::move(operation_id);
  route.auth = http::AuthPolicy::kPublic;
  route.limit = api::kUnlimited;
  return route;
}

core::Status check_ready(Platform& platform, const std::atomic<bool>& draining, core::Instant now) {
  if (draining) return core::fail(core::ErrorCode::kUnavailable, "server.draining");
  TRY_VOID(store::check_schema(platform.data(), data_migrations()));
  TRY_VOID(store::check_schema(platform.keys(), key_migrations()));
  return platform.transparency().ready(now);
}

core::Status count_outbox_into(Platform& platform, Metrics& metrics) {
  TRY(const auto counts,
      platform.data().read([](store::UnitOfWork& unit) { return store::count_outbox(unit); }));
  for (const auto& count : counts) metrics.outbox_rows(count.kind, count.state, count.rows);
  return {};
}

}  // namespace

std::vector<http::Route> admin_routes(Platform& platform, Metrics& metrics,
                                      const std::atomic<bool>& draining) {
  auto health = admin_route("/healthz", "getHealth");
  health.execution = http::Execution::kInline;
  health.constant = http::text("ok\n");
  auto ready = admin_route("/readyz", "getReadiness");
  ready.handler = [&](const http::Request& request) -> core::Result<http::Response> {
    TRY_VOID(check_ready(platform, draining, request.received_at()));
    return http::text("ready\n");
  };
  auto numbers = admin_route("/metrics", "getMetrics");
  numbers.handler = [&](const http::Request& request) -> core::Result<http::Response> {
    // Metrics must still be read when the database is the thing that fails.
    static_cast<void>(count_outbox_into(platform, metrics));
    platform.tell_metrics(metrics);
    static_cast<void>(platform.abuse().measure_into(metrics, request.received_at()));
    return http::bytes("text/plain; version=0.0.4; charset=utf-8", metrics.exposition());
  };
  std::vector<http::Route> routes;
  routes.push_back(std::move(health));
  routes.push_back(std::move(ready));
  routes.push_back(std::move(numbers));
  return routes;
}

}  // namespace app
