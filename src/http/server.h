// Server: one listener with its socket threads and its worker pool. Socket threads read, parse,
// bound and write; handlers run on workers (route.h). When the worker queue is full the answer is
// 503 at once. app/ makes one for the public and one for the admin address. start(), drain() and
// stop() belong to one owner thread; port() and stats() may be called from any.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/instant.h"
#include "core/result.h"
#include "core/rng.h"
#include "http/authenticator.h"
#include "http/client_address.h"
#include "http/limits.h"
#include "http/log.h"
#include "http/problem.h"
#include "http/router.h"

namespace http {

/// The one clock of the room; app/ reads the system's, tests set their own.
class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual core::Instant now() const = 0;
};

/// See limits.h for the meaning of each; tests shorten them.
struct Timeouts {
  std::chrono::milliseconds header = kHeaderTimeout;
  std::chrono::milliseconds body = kBodyTimeout;
  std::chrono::milliseconds idle = kIdleTimeout;
  std::chrono::milliseconds write = kWriteTimeout;
};

struct TlsFiles {
  std::string certificate_chain_file;  ///< PEM
  std::string private_key_file;        ///< PEM, not encrypted
};

struct ServerConfig {
  std::string address = "127.0.0.1";
  std::uint16_t port = 0;  ///< 0 = any free one; see Server::port
  std::size_t io_threads = 1;
  std::size_t workers = 4;
  std::size_t queue_max = kWorkerQueueMax;
  std::size_t connections_max = kConnectionsMax;
  /// The database is part of this process: Execution::kKeyedRead needs no worker.
  bool keyed_reads_inline = false;
  Timeouts timeouts = {};
  TlsFiles tls = {};  ///< both empty = plain HTTP (loopback, or behind a proxy)
  /// "https://id.example": what Origin must equal. Empty = the scheme and Host of the request.
  std::string public_origin = {};
  std::vector<AddressBlock> trusted_proxies = {};
  std::string static_root = {};  ///< folder of the web client; empty = none
  std::vector<std::string> form_action_origins =
      {};                   ///< besides 'self', for CSP form-action (the IdP)
  bool hsts = false;        ///< also without own TLS, where a proxy ends it
  double rate_scale = 1.0;  ///< multiplies every rate limit; 0 turns them off (bench)
};

/// What only the rooms know of a refusal: members that its problem document gets besides its own.
class RefusalExplainer {
 public:
  virtual ~RefusalExplainer() = default;
  /// Empty where there is nothing to add. Called where the handler ran, for kForbidden only.
  [[nodiscard]] virtual codec::JsonObject explain(const core::Error& error,
                                                  const Request& request) = 0;
};

/// What the server needs from outside; all must outlive it.
struct ServerPorts {
  Authenticator& authenticator;
  const Clock& clock;
  Log& log;
  core::Rng& rng;
  RefusalExplainer* explainer = nullptr;  ///< may be missing
};

/// Numbers for /metrics.
struct ServerStats {
  std::size_t connections = 0;
  std::size_t queue_depth = 0;
  std::uint64_t requests = 0;
  std::uint64_t refused_connections = 0;
  std::uint64_t refused_queue_full = 0;
  std::uint64_t refused_rate = 0;
};

class Server {
 public:
  Server(ServerConfig config, Router router, ProblemCatalogue problems, ServerPorts ports);
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;
  /// Stops at once if still running.
  ~Server();

  /// Loads static files and keys, binds, listens and starts the threads; returns when connections
  /// are accepted.
  /// Errors: kUnavailable "http.listen" address in use or not ours (detail says which);
  ///         kInvalidInput "http.tls_files" unreadable or mismatched key and certificate;
  ///         kInvalidInput "http.static_root" no such folder, or over the limits of limits.h.
  [[nodiscard]] core::Status start();

  /// The port listened on; 0 before start().
  [[nodiscard]] std::uint16_t port() const;

  /// Stops accepting, closes idle connections, lets requests in flight finish; at the deadline
  /// closes the rest. Then as stop(). Returns whether everything finished in time.
  bool drain(std::chrono::milliseconds deadline);

  /// Closes everything and joins the threads. A handler that runs is waited for.
  void stop();

  [[nodiscard]] ServerStats stats() const;
  [[nodiscard]] const Router& router() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace http
