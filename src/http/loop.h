// Loop: one socket thread with everything its connections share, so that none of it needs a lock.
// Internal to the HTTP room; used on its own thread but for `context`.
#pragma once

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstdint>
#include <unordered_set>

#include "core/rng.h"
#include "core/strong_id.h"
#include "http/dispatcher.h"
#include "http/response_writer.h"
#include "http/worker_pool.h"

namespace http {

class Connection;

/// Counters of one listener, written by its threads.
struct Counters {
  std::atomic<std::size_t> connections{0};
  std::atomic<std::uint64_t> requests{0};
  std::atomic<std::uint64_t> refused_connections{0};
  std::atomic<std::uint64_t> refused_queue_full{0};
  std::atomic<std::size_t> held{0};  ///< answers somebody else still has to call back for
};

/// What all loops of one listener share.
struct Shared {
  const ServerConfig& config;
  const ServerPorts& ports;
  Dispatcher& dispatcher;
  WorkerPool& workers;
  Counters& counters;
};

class Loop {
 public:
  explicit Loop(const Shared& shared);

  /// Runs until finish() and the end of the last connection.
  void run();
  /// Closes idle connections now and the others after their answer. Any thread.
  void drain();
  /// Closes every connection and lets run() return. Any thread.
  void finish();

  void add(Connection* connection);
  void remove(Connection* connection);
  /// Milliseconds of a steady clock, as of the last tick: deadlines need no better.
  [[nodiscard]] std::int64_t now_ms() const { return now_ms_; }
  [[nodiscard]] bool draining() const { return draining_; }
  /// Unique, time-ordered, not secret.
  [[nodiscard]] core::UuidBytes next_request_id(core::Instant now);

  const Shared shared;
  boost::asio::io_context context{1};
  ResponseWriter writer;

 private:
  void tick();
  template <typename Visit>
  void for_each_connection(const Visit& visit);

  boost::asio::steady_timer timer_;
  std::chrono::milliseconds tick_every_;
  std::int64_t now_ms_ = 0;
  bool draining_ = false;
  bool finished_ = false;
  std::uint64_t id_state_ = 0;
  std::unordered_set<Connection*> connections_;
};

}  // namespace http
