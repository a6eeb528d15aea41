// Client: calls to peers named in the configuration. Synchronous for the caller, bounded in time
// and size, TLS verified, redirects not followed, no proxy from the environment. Connections are
// kept per origin. Safe from any thread; a call blocks the calling thread until its deadline.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/result.h"
#include "http/method.h"

namespace http {

struct ClientConfig {
  std::chrono::milliseconds connect_timeout{3'000};  ///< name, TCP and TLS together
  std::chrono::milliseconds total_timeout{10'000};
  std::size_t response_bytes_max = std::size_t{1024} * 1024;  ///< of the body
  std::size_t idle_per_origin_max = 8;
  std::size_t idle_max = 64;  ///< over all origins
  std::chrono::milliseconds idle_for{30'000};
  std::string ca_file = {};  ///< PEM; empty = the system's certificates
  std::string user_agent = "beresta";
};

struct ClientRequest {
  Method method = Method::kGet;
  std::string url = {};  ///< http:// or https://
  std::vector<std::pair<std::string, std::string>> fields = {};
  std::string body = {};
  std::size_t response_bytes_max = 0;          ///< 0 = as configured
  std::chrono::milliseconds total_timeout{0};  ///< 0 = as configured
};

struct ClientResponse {
  int status = 0;
  std::vector<std::pair<std::string, std::string>> fields;  ///< names in lower case
  std::string body;

  /// The first field of that name (lower case); empty if absent.
  [[nodiscard]] std::string_view field(std::string_view name) const;
};

/// What edges are given, so that tests can put a scripted peer in its place.
class HttpCaller {
 public:
  virtual ~HttpCaller() = default;
  /// Any status is a success: what it means is the caller's business.
  /// Errors: kInvalidInput "client.url"  not an absolute http(s) URL, or a field with a line break;
  ///         kUnavailable "client.unreachable"  no such name, refused, reset, or closed early;
  ///         kUnavailable "client.timeout"      a deadline passed (detail says in which step);
  ///         kUnavailable "client.tls"          handshake or certificate failed;
  ///         kUnavailable "client.too_large"    the answer is over response_bytes_max;
  ///         kUnavailable "client.malformed"    the answer is not HTTP/1.1.
  [[nodiscard]] virtual core::Result<ClientResponse> call(const ClientRequest& request) = 0;
};

class Client final : public HttpCaller {
 public:
  explicit Client(ClientConfig config);
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;
  ~Client() override;

  [[nodiscard]] core::Result<ClientResponse> call(const ClientRequest& request) override;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace http
