// StoreMetrics: what the store tells whoever watches it. app/ implements it on the metrics library;
// every function may be called from any thread, must not block and must not throw.
#pragma once

#include <chrono>
#include <cstddef>
#include <string_view>

namespace store {

/// Every function does nothing unless overridden.
class StoreMetrics {
 public:
  virtual ~StoreMetrics() = default;
  /// One statement ended. `name` is Query::name, a constant of the program.
  virtual void statement_finished(std::string_view /*name*/, std::chrono::nanoseconds /*took*/,
                                  bool /*succeeded*/) {}
  /// SQLite: one commit made this many write units durable.
  virtual void group_committed(std::size_t /*units*/, std::chrono::nanoseconds /*took*/) {}
  /// SQLite: write units waiting after one was added; PostgreSQL: callers waiting for a connection.
  virtual void queue_depth(std::size_t /*waiting*/) {}
  /// A write unit is run again because of a serialisation conflict or a lost connection.
  virtual void write_retried() {}
  /// One outbox row was tried; `state` is "delivered", "pending" (again later) or "dead".
  virtual void outbox_attempted(std::string_view /*kind*/, std::string_view /*state*/) {}
};

}  // namespace store
