// What the tests of the server share: a raw socket that says exactly what a test wants, a log that
// remembers, and a server with a few routes. Test code only.
#pragma once

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "http/server.h"

namespace http {

/// A TCP connection to the server under test; every read ends after three seconds at the latest.
class RawClient {
 public:
  explicit RawClient(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const timeval limit{3, 0};
    setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    connected_ = ::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
  }
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;
  ~RawClient() { ::close(socket_); }

  [[nodiscard]] bool connected() const { return connected_; }
  RawClient& send(std::string_view bytes) {
    while (!bytes.empty()) {
      const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) break;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return *this;
  }
  RawClient& end_output() {
    ::shutdown(socket_, SHUT_WR);
    return *this;
  }
  /// Everything until the server hangs up; `closed` tells whether it did.
  std::string read_all() {
    while (read_more()) {
    }
    return std::exchange(received_, {});
  }
  /// One response: head and Content-Length bytes.
  std::string read_response() {
    for (;;) {
      const auto end = received_.find("\r\n\r\n");
      if (end != std::string::npos) {
        const auto size = end + 4 + length_in(received_.substr(0, end));
        if (received_.size() >= size) {
          auto response = received_.substr(0, size);
          received_.erase(0, size);
          return response;
        }
      }
      if (!read_more()) return std::exchange(received_, {});
    }
  }
  [[nodiscard]] bool closed() const { return closed_; }

 private:
  static std::size_t length_in(const std::string& head) {
    constexpr std::string_view kName = "Content-Length: ";
    const auto at = head.find(kName);
    return at == std::string::npos ? 0 : std::stoul(head.substr(at + kName.size()));
  }
  bool read_more() {
    std::array<char, 4096> chunk{};
    const auto size = ::recv(socket_, chunk.data(), chunk.size(), 0);
    if (size > 0) received_.append(chunk.data(), static_cast<std::size_t>(size));
    closed_ = size == 0;
    return size > 0;
  }

  int socket_;
  bool connected_ = false;
  bool closed_ = false;
  std::string received_;
};

class FixedClock final : public Clock {
 public:
  [[nodiscard]] core::Instant now() const override { return core::Instant::from_seconds(1000); }
};

class CountingRng final : public core::Rng {
 public:
  void fill(std::span<std::uint8_t> out) override {
    for (auto& byte : out) byte = next_++;
  }

 private:
  std::uint8_t next_ = 1;
};

class RememberingLog final : public Log {
 public:
  void access(const AccessRecord& record) override {
    const std::lock_guard lock(mutex_);
    lines_.push_back(std::string(record.method) + " " + std::string(record.route_pattern) + " " +
                     std::to_string(record.status));
  }
  void error(const ErrorRecord& record) override {
    const std::lock_guard lock(mutex_);
    reasons_.push_back(record.error.reason);
  }
  [[nodiscard]] std::vector<std::string> lines() const {
    const std::lock_guard lock(mutex_);
    return lines_;
  }

 private:
  mutable std::mutex mutex_;
  std::vector<std::string> lines_;
  std::vector<std::string> reasons_;
};

/// A session is the cookie `s=good`; its CSRF token is "token".
class CookieAuthenticator final : public Authenticator {
 public:
  core::Result<std::optional<Subject>> authenticate(const Request& request) override {
    if (request.cookie("s") != "good") return std::nullopt;
    return Subject{};
  }
  bool csrf_ok(const Request& request, const Subject&) override {
    return request.header("x-csrf-token") == "token";
  }
};

/// Holds handlers until a test lets them go.
class Gate {
 public:
  void pass() {
    std::unique_lock lock(mutex_);
    ++waiting_;
    changed_.notify_all();
    changed_.wait(lock, [this] { return open_; });
  }
  void open() {
    const std::lock_guard lock(mutex_);
    open_ = true;
    changed_.notify_all();
  }
  void wait_for(int waiting) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return waiting_ >= waiting; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  int waiting_ = 0;
  bool open_ = false;
};

/// A started server with the routes of test_routes().
class TestServer {
 public:
  explicit TestServer(ServerConfig config = {}, std::vector<Route> more = {})
      : server_(std::move(config), make_router(std::move(more)), {},
                {authenticator_, clock_, log_, rng_}) {
    started_ = server_.start();
  }
  ~TestServer() { gate_.open(); }
  TestServer(const TestServer&) = delete;
  TestServer& operator=(const TestServer&) = delete;

  Server& operator*() { return server_; }
  Server* operator->() { return &server_; }
  [[nodiscard]] const core::Status& started() const { return started_; }
  Gate& gate() { return gate_; }
  RememberingLog& log() { return log_; }
  /// Sends and reads until the server hangs up; add "Connection: close" or be patient.
  std::string ask(std::string_view bytes) {
    return RawClient(server_.port()).send(bytes).read_all();
  }
  /// A request with Host and Connection: close, and `fields` ending in CRLF each.
  std::string ask(std::string_view line, std::string_view fields, std::string_view body = {}) {
    std::string text(line);
    text.append(" HTTP/1.1\r\nHost: h\r\nConnection: close\r\n").append(fields);
    if (!body.empty()) text.append("Content-Length: " + std::to_string(body.size()) + "\r\n");
    return ask(text.append("\r\n").append(body));
  }

 private:
  Router make_router(std::vector<Route> more);

  CookieAuthenticator authenticator_;
  FixedClock clock_;
  RememberingLog log_;
  CountingRng rng_;
  Gate gate_;
  Server server_;
  core::Status started_;
};

inline Route test_route(Method method, std::string pattern, AuthPolicy auth, Handler handler) {
  Route route;
  route.method = method;
  route.operation_id = pattern;
  route.pattern = std::move(pattern);
  route.auth = auth;
  route.handler = std::move(handler);
  return route;
}

inline Router TestServer::make_router(std::vector<Route> more) {
  const auto echo = [](const Request& request) -> core::Result<Response> {
    return text("[" + std::string(request.body()) + "]");
  };
  const auto waits = [this](const Request&) -> core::Result<Response> {
    gate_.pass();
    return text("waited");
  };
  auto routes = std::move(more);
  Route health;
  health.pattern = health.operation_id = "/healthz";
  health.auth = AuthPolicy::kPublic;
  health.constant = text("ok");
  routes.push_back(health);
  routes.push_back(test_route(Method::kPost, "/echo", AuthPolicy::kPublic, echo));
  routes.push_back(test_route(Method::kGet, "/wait", AuthPolicy::kPublic, waits));
  routes.push_back(test_route(Method::kGet, "/me", AuthPolicy::kSession, echo));
  routes.push_back(test_route(Method::kPost, "/me", AuthPolicy::kSession, echo));
  auto small = test_route(Method::kPost, "/small", AuthPolicy::kPublic, echo);
  small.body_bytes_max = 8;
  routes.push_back(small);
  auto limited = test_route(Method::kGet, "/limited", AuthPolicy::kPublic, echo);
  limited.limit = {.name = "limited", .burst = 2, .per_second = 0.1};
  routes.push_back(limited);
  return *Router::make(std::move(routes));
}

}  // namespace http
