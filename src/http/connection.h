// Connection: one client's socket as a state machine over bytes: read, parse, answer, write; slow,
// endless and broken clients end here. What carries the bytes (TCP or TLS) is in transports.cpp.
// Internal to the HTTP room; lives on its loop's thread. Kept alive by whatever it waits for.
#pragma once

#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/system/error_code.hpp>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "http/dispatcher.h"
#include "http/loop.h"
#include "http/request_reader.h"

namespace http {

class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(Loop& loop, const ClientAddress& peer);
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  virtual ~Connection() = default;

  /// Takes its place in the loop and reads the first request.
  virtual void start() = 0;
  void check_deadline();
  void close_if_idle();
  /// Ends it without a word; what waits is cancelled. May be called twice.
  void close();

 protected:
  using Buffers = std::array<boost::asio::const_buffer, 2>;
  enum class Written { kDone, kPending, kFailed };

  /// Calls on_read later.
  virtual void read_some(boost::asio::mutable_buffer into) = 0;
  /// kPending: calls on_written later.
  virtual Written write(const Buffers& buffers) = 0;
  /// Tells the peer that nothing follows; reading goes on until it has hung up.
  virtual void end_output() = 0;
  virtual void close_socket() = 0;

  void enrol();
  void open();
  void on_read(const boost::system::error_code& error, std::size_t size);
  void on_written(const boost::system::error_code& error);
  [[nodiscard]] Loop& loop() { return loop_; }

 private:
  enum class Phase { kHandshake, kHead, kBody, kWorking, kClosing, kLingering, kClosed };

  // What the answer to the current request needs to know.
  struct Current {
    Arrival arrival;
    std::string_view method = "-";
    std::string_view route_pattern = "-";
    const Route* route = nullptr;
    bool keep_alive = true;
    bool head_only = false;
    bool http11 = true;
  };

  void pump();
  [[nodiscard]] bool step();
  [[nodiscard]] bool step_head();
  [[nodiscard]] bool step_body();
  void on_head();
  void await_body();
  void run_request();
  [[nodiscard]] bool runs_here(const Route& route) const;
  void work();
  void await(std::shared_ptr<Held> held);
  void on_answer(Response response);
  void respond(Response response);
  void fail(const core::Error& error);
  void forget_sent();
  [[nodiscard]] bool flush();
  void start_reading();
  void linger();
  void record(int status, std::size_t bytes);
  void set_deadline(std::chrono::milliseconds from_now);
  [[nodiscard]] bool has_output() const { return !out_.empty() || tail_ != nullptr; }
  [[nodiscard]] std::string_view buffered() const;

  Loop& loop_;
  ClientAddress peer_;
  RequestReader reader_;
  std::vector<char> in_;
  std::size_t in_begin_ = 0;
  std::size_t in_end_ = 0;
  std::string out_;                          ///< answers not yet given to the socket
  std::string sending_;                      ///< what the socket is taking
  std::shared_ptr<const std::string> tail_;  ///< a shared body that follows out_
  std::shared_ptr<const std::string> sending_tail_;
  Phase phase_ = Phase::kHandshake;
  bool reading_ = false;
  bool writing_ = false;
  bool head_started_ = false;  ///< the header deadline runs
  std::int64_t deadline_ms_ = 0;
  std::size_t lingered_bytes_ = 0;
  Current current_;
  std::optional<Request> request_;  ///< the worker's while the phase is kWorking
};

}  // namespace http
