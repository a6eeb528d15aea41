#include "app/observe/metrics.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "app/observe/label_cache.h"
#include "app/observe/process_usage.h"

namespace app {
namespace {

http::AccessRecord answered(std::string_view route, int status) {
  return {.method = "GET",
          .route_pattern = route,
          .status = status,
          .micros = 3'000,
          .response_bytes = 10,
          .request_id = {}};
}

/// The value of a line of the exposition; -1 if there is none.
double value_of(const std::string& text, const std::string& name) {
  const auto at = text.find("\n" + name + " ");
  return at == std::string::npos ? -1 : std::stod(text.substr(at + name.size() + 2));
}

TEST(Metrics, CountsRequestsByRouteMethodAndStatus) {
  Metrics metrics;
  for (int i = 0; i < 3; ++i) metrics.request_finished(answered("/api/v1/me", 200));
  metrics.request_finished(answered("/api/v1/me", 503));
  const auto text = metrics.exposition();
  EXPECT_EQ(3, value_of(text,
                        "beresta_http_requests_total{method=\"GET\",route=\"/api/v1/me\","
                        "status=\"200\"}"));
  EXPECT_EQ(1, value_of(text,
                        "beresta_http_requests_total{method=\"GET\",route=\"/api/v1/me\","
                        "status=\"503\"}"));
  EXPECT_EQ(4, value_of(text,
                        "beresta_http_request_seconds_bucket{method=\"GET\","
                        "route=\"/api/v1/me\",le=\"0.005\"}"));
  EXPECT_EQ(0, value_of(text,
                        "beresta_http_request_seconds_bucket{method=\"GET\","
                        "route=\"/api/v1/me\",le=\"0.0025\"}"));
}

TEST(Metrics, LosesNothingWhenManyThreadsCount) {
  Metrics metrics;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i) {
      threads.emplace_back([&] {
        for (int n = 0; n < 1000; ++n) metrics.request_finished(answered("/healthz", 200));
      });
    }
  }
  EXPECT_EQ(4000, value_of(metrics.exposition(),
                           "beresta_http_requests_total{method=\"GET\",route=\"/healthz\","
                           "status=\"200\"}"));
}

TEST(Metrics, SurvivesAStatusThatIsNone) {
  Metrics metrics;
  metrics.request_finished(answered("-", 0));
  metrics.request_finished(answered("-", 1000));
  EXPECT_EQ(2, value_of(metrics.exposition(),
                        "beresta_http_request_seconds_count{method=\"GET\",route=\"-\"}"));
}

TEST(Metrics, TellsWhatTheStoreDoes) {
  Metrics metrics;
  metrics.statement_finished("citizen.find", std::chrono::microseconds(50), true);
  metrics.statement_finished("citizen.find", std::chrono::microseconds(50), false);
  metrics.group_committed(5, std::chrono::milliseconds(2));
  metrics.queue_depth(7);
  metrics.write_retried();
  metrics.outbox_attempted("sms", "delivered");
  metrics.outbox_rows("sms", "pending", 12);
  const auto text = metrics.exposition();
  EXPECT_EQ(2, value_of(text, "beresta_store_statement_seconds_count{query=\"citizen.find\"}"));
  EXPECT_EQ(1, value_of(text, "beresta_store_statement_failures_total{query=\"citizen.find\"}"));
  EXPECT_EQ(5, value_of(text, "beresta_store_commit_units_sum"));
  EXPECT_EQ(7, value_of(text, "beresta_store_waiting"));
  EXPECT_EQ(1, value_of(text, "beresta_store_write_retries_total"));
  EXPECT_EQ(1, value_of(text, "beresta_outbox_attempts_total{kind=\"sms\",state=\"delivered\"}"));
  EXPECT_EQ(12, value_of(text, "beresta_outbox_rows{kind=\"sms\",state=\"pending\"}"));
}

TEST(Metrics, ReadsAListenerAnewEachTime) {
  Metrics metrics;
  http::ServerStats stats{.connections = 3, .refused_rate = 2};
  metrics.watch_listener("public", [&] { return stats; });
  const std::string connections = "beresta_http_listener{listener=\"public\",what=\"connections\"}";
  const std::string refused = "beresta_http_refused_total{cause=\"rate\",listener=\"public\"}";
  EXPECT_EQ(3, value_of(metrics.exposition(), connections));
  stats = {.connections = 1, .refused_rate = 5};
  const auto text = metrics.exposition();
  EXPECT_EQ(1, value_of(text, connections));
  EXPECT_EQ(5, value_of(text, refused));
}

TEST(Metrics, TellsWhatTheProcessUses) {
  const auto text = Metrics().exposition();
  EXPECT_GT(value_of(text, "process_resident_memory_bytes"), 1e6);
  EXPECT_GE(value_of(text, "process_open_fds"), 3);
  EXPECT_GT(value_of(text, "process_start_time_seconds"), 1.7e9);
}

TEST(MeteredLog, CountsAndPassesOn) {
  class Next final : public http::Log {
   public:
    void access(const http::AccessRecord& record) override { status = record.status; }
    void error(const http::ErrorRecord& record) override { reason = record.error.reason; }
    int status = 0;
    std::string reason;
  };
  Metrics metrics;
  Next next;
  MeteredLog log(metrics, next);
  log.access(answered("/x", 204));
  log.error({"/x", {core::ErrorCode::kNotFound, "http.not_found", ""}, {}});
  EXPECT_EQ(204, next.status);
  EXPECT_EQ("http.not_found", next.reason);
  EXPECT_EQ(1,
            value_of(metrics.exposition(), "beresta_http_errors_total{reason=\"http.not_found\"}"));
}

TEST(LabelCache, KeepsPairsApartAndAddressesStable) {
  LabelCache<int> cache;
  const auto get = [&](std::string_view a, std::string_view b) -> int& {
    return cache.get({a, b}, [](int& made) { made = 0; });
  };
  int& first = get("a", "bc");
  first = 7;
  get("ab", "c") = 8;
  for (int i = 0; i < 100; ++i) get(std::to_string(i), "");
  EXPECT_EQ(&first, &get("a", "bc"));
  EXPECT_EQ(7, get("a", "bc"));
  EXPECT_EQ(8, get("ab", "c"));
}

TEST(LabelCache, StaysWithinItsBound) {
  LabelCache<int> cache;
  int made = 0;
  for (std::size_t i = 0; i < 2 * LabelCache<int>::kEntriesMax; ++i) {
    cache.get({std::to_string(i), ""}, [&](int&) { ++made; });
  }
  EXPECT_EQ(static_cast<int>(LabelCache<int>::kEntriesMax), made);
}

}  // namespace
}  // namespace app
