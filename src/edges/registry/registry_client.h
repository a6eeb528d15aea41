// RegistryClient: asks state registries over an X-Road style REST interface, one document of one
// person at a time. Reading only, so a failed call may be repeated; a registry that keeps failing
// is left alone for a while, service by service. Safe from any thread; a call blocks its thread.
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "codec/json.h"
#include "core/instant.h"
#include "core/result.h"
#include "core/rng.h"
#include "http/circuit_breaker.h"
#include "http/client.h"
#include "http/retry.h"

namespace edges::registry {

/// Bytes of one answer; a portrait in base64 fits with room to spare.
inline constexpr std::size_t kAnswerBytesMax = std::size_t{256} * 1024;
/// Services with a circuit of their own; they come from the configuration.
inline constexpr std::size_t kServicesMax = 64;

struct RegistryConfig {
  std::string base_url;  ///< of the security server, with "/r1" and no trailing slash
  std::string client;    ///< X-Road-Client: "DEMO/GOV/1001/beresta"
  std::chrono::milliseconds call_timeout{4'000};
  http::RetryPolicy retry = {};
  http::CircuitPolicy circuit = {};
};

class RegistryClient {
 public:
  /// `caller` and `rng` must outlive it; `sleep` waits between attempts.
  RegistryClient(RegistryConfig config, http::HttpCaller& caller, core::Rng& rng,
                 http::Sleep sleep);

  /// One record.
  /// @param service  "DEMO/GOV/2001/mvd/passport"; the version "v1" is added here.
  /// @param key      what the record is found by: the digits of a SNILS.
  /// Errors: kNotFound    "registry.not_found"    the registry was reached and holds none;
  ///         kUnavailable "registry.timeout"      it did not answer in time;
  ///         kUnavailable "registry.malformed"    its answer is not a JSON object in bounds;
  ///         kUnavailable "registry.unavailable"  unreachable, an error of the exchange, or left
  ///                                              alone after failures (then with retry_after_s).
  /// The detail names the service and the failure, never the key.
  [[nodiscard]] core::Result<codec::JsonObject> find(std::string_view service, std::string_view key,
                                                     core::Instant now);

 private:
  [[nodiscard]] core::Result<http::CircuitBreaker*> circuit_of(std::string_view service);
  [[nodiscard]] core::Result<http::ClientResponse> ask(std::string_view service,
                                                       std::string_view key, core::Instant now);

  RegistryConfig config_;
  http::HttpCaller& caller_;
  core::Rng& rng_;
  http::Sleep sleep_;
  std::mutex mutex_;
  std::map<std::string, std::unique_ptr<http::CircuitBreaker>, std::less<>> circuits_;
};

}  // namespace edges::registry
