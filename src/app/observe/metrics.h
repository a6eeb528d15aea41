// Metrics: the numbers behind /metrics, in Prometheus' text form. Fed by the store (StoreMetrics),
// by finished requests (http::Log) and, when asked for, by the listeners and the process. Labels
// are patterns, names and reasons of the program, never values. Safe from any thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "app/operators/operator_meter.h"
#include "http/log.h"
#include "http/server.h"
#include "store/metrics.h"

namespace app {

class Metrics final : public store::StoreMetrics, public OperatorMeter {
 public:
  Metrics();
  ~Metrics() override;
  Metrics(const Metrics&) = delete;
  Metrics& operator=(const Metrics&) = delete;

  /// Counts a finished request: beresta_http_requests_total{route,method,status},
  /// beresta_http_request_seconds{route,method}. No allocation once a route has been seen.
  void request_finished(const http::AccessRecord& record);
  /// beresta_http_errors_total{reason}.
  void error_answered(std::string_view reason);

  void statement_finished(std::string_view name, std::chrono::nanoseconds took,
                          bool succeeded) override;
  void group_committed(std::size_t units, std::chrono::nanoseconds took) override;
  void queue_depth(std::size_t waiting) override;
  void write_retried() override;
  void outbox_attempted(std::string_view kind, std::string_view state) override;

  /// beresta_operator_answers_total{operator,outcome}.
  void operator_answered(std::string_view name, std::string_view outcome) override;

  /// beresta_outbox_rows{kind,state}: how many there are now; from store::count_outbox.
  void outbox_rows(std::string_view kind, std::string_view state, std::int64_t rows);
  /// beresta_challenge_budget_ratio{kind}: how full the fullest budget of the kind is, 1 = spent.
  void budget_ratio(std::string_view kind, double spent);
  /// beresta_circuit_open{peer}: 1 while calls to the peer are not made, 0.5 on trial.
  void circuit_state(std::string_view peer, double open);

  /// Reads a listener's numbers whenever they are asked for; `stats` must stay callable as long as
  /// this object. @param listener  "public" or "admin".
  void watch_listener(std::string_view listener, std::function<http::ServerStats()> stats);

  /// Everything, as text/plain; version=0.0.4.
  [[nodiscard]] std::string exposition();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// The http::Log of the server: counts each record and passes it on. Both must outlive it.
class MeteredLog final : public http::Log {
 public:
  MeteredLog(Metrics& metrics, http::Log& next) : metrics_(metrics), next_(next) {}
  void access(const http::AccessRecord& record) override;
  void error(const http::ErrorRecord& record) override;

 private:
  Metrics& metrics_;
  http::Log& next_;
};

}  // namespace app
