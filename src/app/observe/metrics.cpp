#include "app/observe/metrics.h"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <array>
#include <atomic>
#include <mutex>
#include <sstream>
#include <vector>

#include "app/observe/label_cache.h"
#include "app/observe/process_usage.h"

namespace app {
namespace {

using prometheus::Counter;
using prometheus::Family;
using prometheus::Gauge;
using prometheus::Histogram;
using prometheus::Labels;

// From a page out of memory to the longest a person waits.
const Histogram::BucketBoundaries kRequestSeconds{0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05,
                                                  0.1,    0.25,  0.5,    1.0,   2.5,  5.0,   10.0};
const Histogram::BucketBoundaries kStatementSeconds{0.00001, 0.0001, 0.001, 0.01, 0.1, 1.0};
const Histogram::BucketBoundaries kGroupUnits{1, 2, 4, 8, 16, 32, 64, 128};

double seconds(std::chrono::nanoseconds took) {
  return std::chrono::duration<double>(took).count();
}

// Somebody else counts; ours follows, since a counter of the library cannot be set.
void catch_up(Counter& counter, double total) { counter.Increment(total - counter.Value()); }

template <typename Builder>
auto& family(Builder builder, const char* name, const char* help, prometheus::Registry& registry) {
  return builder.Name(name).Help(help).Register(registry);
}

// One route and method: its histogram, and a counter for each status seen.
struct RouteMetrics {
  static constexpr int kStatusMin = 100;
  static constexpr std::size_t kStatuses = 500;

  Histogram* seconds = nullptr;
  std::array<std::atomic<Counter*>, kStatuses> by_status{};
};

struct StatementMetrics {
  Histogram* seconds = nullptr;
  Counter* failures = nullptr;
};

struct Listener {
  std::string name;
  std::function<http::ServerStats()> stats;
};

}  // namespace

struct Metrics::Impl {
  prometheus::Registry registry;
  Family<Counter>& requests =
      family(prometheus::BuildCounter(), "beresta_http_requests_total",
             "Requests answered, by route pattern, method and status.", registry);
  Family<Histogram>& request_seconds = family(
      prometheus::BuildHistogram(), "beresta_http_request_seconds",
      "From the first byte of a request to its response handed to the system; seconds.", registry);
  Family<Counter>& errors = family(prometheus::BuildCounter(), "beresta_http_errors_total",
                                   "Problem documents sent, by reason.", registry);
  Family<Gauge>& listeners = family(
      prometheus::BuildGauge(), "beresta_http_listener",
      "What a listener holds now: open connections, requests waiting for a worker.", registry);
  Family<Counter>& refused = family(
      prometheus::BuildCounter(), "beresta_http_refused_total",
      "Refused since start, by listener and cause: connections, queue_full, rate.", registry);
  Family<Histogram>& statement_seconds =
      family(prometheus::BuildHistogram(), "beresta_store_statement_seconds",
             "Database statements, by the query's name; seconds.", registry);
  Family<Counter>& statement_failures =
      family(prometheus::BuildCounter(), "beresta_store_statement_failures_total",
             "Database statements that failed, by the query's name.", registry);
  Histogram& commit_seconds =
      family(prometheus::BuildHistogram(), "beresta_store_commit_seconds",
             "One group commit, its write units included (SQLite); seconds.", registry)
          .Add({}, kRequestSeconds);
  Histogram& commit_units = family(prometheus::BuildHistogram(), "beresta_store_commit_units",
                                   "Write units made durable by one commit (SQLite).", registry)
                                .Add({}, kGroupUnits);
  Gauge& waiting = family(prometheus::BuildGauge(), "beresta_store_waiting",
                          "Write units (SQLite) or callers (PostgreSQL) that wait.", registry)
                       .Add({});
  Counter& retries =
      family(prometheus::BuildCounter(), "beresta_store_write_retries_total",
             "Write units run again after a conflict or a lost connection.", registry)
          .Add({});
  Family<Counter>& outbox_attempts =
      family(prometheus::BuildCounter(), "beresta_outbox_attempts_total",
             "Effects tried, by kind and what they became: delivered, pending, dead.", registry);
  Family<Gauge>& outbox_now = family(prometheus::BuildGauge(), "beresta_outbox_rows",
                                     "Effects there are now, by kind and state.", registry);
  Family<Counter>& operator_answers = family(
      prometheus::BuildCounter(), "beresta_operator_answers_total",
      "Codes handed to operators, by operator and outcome: accepted, callee, unavailable, refused.",
      registry);
  Family<Gauge>& budgets =
      family(prometheus::BuildGauge(), "beresta_challenge_budget_ratio",
             "How full the fullest budget of codes is, by kind; 1 = spent.", registry);
  Family<Gauge>& circuits =
      family(prometheus::BuildGauge(), "beresta_circuit_open",
             "1 while calls to the peer are not made, 0.5 on trial, 0 otherwise.", registry);
  Gauge& memory = family(prometheus::BuildGauge(), "process_resident_memory_bytes",
                         "Memory of the process in use.", registry)
                      .Add({});
  Gauge& files =
      family(prometheus::BuildGauge(), "process_open_fds", "Open files and sockets.", registry)
          .Add({});
  Counter& processor = family(prometheus::BuildCounter(), "process_cpu_seconds_total",
                              "Processor time used since start; seconds.", registry)
                           .Add({});
  Gauge& started = family(prometheus::BuildGauge(), "process_start_time_seconds",
                          "When the process started; seconds since 1970 UTC.", registry)
                       .Add({});

  LabelCache<RouteMetrics> routes;
  LabelCache<StatementMetrics> statements;
  LabelCache<Counter*> reasons;
  LabelCache<Counter*> outbox;
  LabelCache<Counter*> operators;
  std::mutex reading_mutex;
  std::vector<Listener> watched;

  void read_listeners();
  void read_process();
};

void Metrics::Impl::read_listeners() {
  for (const auto& listener : watched) {
    const auto stats = listener.stats();
    const auto set = [&](const char* what, std::size_t number) {
      listeners.Add({{"listener", listener.name}, {"what", what}}).Set(static_cast<double>(number));
    };
    const auto count = [&](const char* cause, std::uint64_t number) {
      catch_up(refused.Add({{"listener", listener.name}, {"cause", cause}}),
               static_cast<double>(number));
    };
    set("connections", stats.connections);
    set("queue", stats.queue_depth);
    count("connections", stats.refused_connections);
    count("queue_full", stats.refused_queue_full);
    count("rate", stats.refused_rate);
  }
}

void Metrics::Impl::read_process() {
  const auto usage = read_process_usage();
  memory.Set(usage.resident_bytes);
  files.Set(usage.open_files);
  catch_up(processor, usage.processor_seconds);
  started.Set(usage.started_at_seconds);
}

Metrics::Metrics() : impl_(std::make_unique<Impl>()) {}
Metrics::~Metrics() = default;

void Metrics::request_finished(const http::AccessRecord& record) {
  auto& route = impl_->routes.get({record.route_pattern, record.method}, [&](RouteMetrics& made) {
    made.seconds = &impl_->request_seconds.Add(
        {{"route", std::string(record.route_pattern)}, {"method", std::string(record.method)}},
        kRequestSeconds);
  });
  route.seconds->Observe(static_cast<double>(record.micros) / 1e6);
  const int place = record.status - RouteMetrics::kStatusMin;
  if (place < 0 || place >= static_cast<int>(RouteMetrics::kStatuses)) return;
  auto& slot = route.by_status.at(static_cast<std::size_t>(place));
  Counter* counter = slot.load(std::memory_order_acquire);
  if (counter == nullptr) {
    // Two threads may both come here: the family gives both the same counter.
    counter = &impl_->requests.Add({{"route", std::string(record.route_pattern)},
                                    {"method", std::string(record.method)},
                                    {"status", std::to_string(record.status)}});
    slot.store(counter, std::memory_order_release);
  }
  counter->Increment();
}

void Metrics::error_answered(std::string_view reason) {
  impl_->reasons
      .get({reason, ""},
           [&](Counter*& made) {
             made = &impl_->errors.Add({{"reason", std::string(reason)}});
           })
      ->Increment();
}

void Metrics::statement_finished(std::string_view name, std::chrono::nanoseconds took,
                                 bool succeeded) {
  auto& statement = impl_->statements.get({name, ""}, [&](StatementMetrics& made) {
    const Labels labels{{"query", std::string(name)}};
    made.seconds = &impl_->statement_seconds.Add(labels, kStatementSeconds);
    made.failures = &impl_->statement_failures.Add(labels);
  });
  statement.seconds->Observe(seconds(took));
  if (!succeeded) statement.failures->Increment();
}

void Metrics::group_committed(std::size_t units, std::chrono::nanoseconds took) {
  impl_->commit_units.Observe(static_cast<double>(units));
  impl_->commit_seconds.Observe(seconds(took));
}

void Metrics::queue_depth(std::size_t waiting) { impl_->waiting.Set(static_cast<double>(waiting)); }

void Metrics::write_retried() { impl_->retries.Increment(); }

void Metrics::outbox_attempted(std::string_view kind, std::string_view state) {
  impl_->outbox
      .get({kind, state},
           [&](Counter*& made) {
             made = &impl_->outbox_attempts.Add(
                 {{"kind", std::string(kind)}, {"state", std::string(state)}});
           })
      ->Increment();
}

void Metrics::operator_answered(std::string_view name, std::string_view outcome) {
  impl_->operators
      .get({name, outcome},
           [&](Counter*& made) {
             made = &impl_->operator_answers.Add(
                 {{"operator", std::string(name)}, {"outcome", std::string(outcome)}});
           })
      ->Increment();
}

void Metrics::outbox_rows(std::string_view kind, std::string_view state, std::int64_t rows) {
  impl_->outbox_now.Add({{"kind", std::string(kind)}, {"state", std::string(state)}})
      .Set(static_cast<double>(rows));
}

void Metrics::circuit_state(std::string_view peer, double open) {
  impl_->circuits.Add({{"peer", std::string(peer)}}).Set(open);
}

void Metrics::budget_ratio(std::string_view kind, double spent) {
  impl_->budgets.Add({{"kind", std::string(kind)}}).Set(spent);
}

void Metrics::watch_listener(std::string_view listener, std::function<http::ServerStats()> stats) {
  const std::lock_guard lock(impl_->reading_mutex);
  impl_->watched.push_back({std::string(listener), std::move(stats)});
}

std::string Metrics::exposition() {
  {
    const std::lock_guard lock(impl_->reading_mutex);
    impl_->read_listeners();
    impl_->read_process();
  }
  std::ostringstream text;
  prometheus::TextSerializer().Serialize(text, impl_->registry.Collect());
  return std::move(text).str();
}

void MeteredLog::access(const http::AccessRecord& record) {
  metrics_.request_finished(record);
  next_.access(record);
}

void MeteredLog::error(const http::ErrorRecord& record) {
  metrics_.error_answered(record.error.reason);
  next_.error(record);
}

}  // namespace app
