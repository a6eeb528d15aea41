#include "edges/registry/registry_client.h"

#include <utility>

#include "core/strong_id.h"
#include "http/parameters.h"

namespace edges::registry {
namespace {

using core::Error;
using core::ErrorCode;

core::Error trouble(std::string_view reason, std::string_view service, std::string_view why) {
  return {ErrorCode::kUnavailable, std::string(reason),
          std::string(service) + ": " + std::string(why)};
}

// What the client could not do, in the words of this edge.
Error translate(const Error& error, std::string_view service) {
  if (error.reason == "client.timeout") return trouble("registry.timeout", service, error.reason);
  if (error.reason == "client.too_large" || error.reason == "client.malformed") {
    return trouble("registry.malformed", service, error.reason);
  }
  return trouble("registry.unavailable", service, error.reason);
}

// X-Road says with X-Road-Error that the exchange failed; without it, 404 comes from the registry.
bool is_no_such_record(const http::ClientResponse& response) {
  if (response.status != 404 || !response.field("x-road-error").empty()) return false;
  const auto json = codec::parse_json(response.body);
  if (!json || !json->is_object()) return false;
  const auto* type = json->as_object().if_contains("type");
  return type != nullptr && type->is_string() && type->as_string() == "NotFound";
}

core::Result<codec::JsonObject> understand(const http::ClientResponse& response,
                                           std::string_view service) {
  if (is_no_such_record(response)) {
    return core::fail(ErrorCode::kNotFound, "registry.not_found", std::string(service));
  }
  if (response.status != 200) {
    return core::fail(
        trouble("registry.unavailable", service, "status " + std::to_string(response.status)));
  }
  codec::JsonLimits limits;
  limits.bytes_max = limits.string_max = kAnswerBytesMax;
  auto json = codec::parse_json(response.body, limits);
  if (!json) return core::fail(trouble("registry.malformed", service, json.error().reason));
  if (!json->is_object()) return core::fail(trouble("registry.malformed", service, "no object"));
  return std::move(json->as_object());
}

}  // namespace

RegistryClient::RegistryClient(RegistryConfig config, http::HttpCaller& caller, core::Rng& rng,
                               http::Sleep sleep)
    : config_(std::move(config)), caller_(caller), rng_(rng), sleep_(std::move(sleep)) {}

core::Result<http::CircuitBreaker*> RegistryClient::circuit_of(std::string_view service) {
  const std::lock_guard lock(mutex_);
  const auto known = circuits_.find(service);
  if (known != circuits_.end()) return known->second.get();
  if (circuits_.size() == kServicesMax) {
    return core::fail(trouble("registry.unavailable", service, "too many services"));
  }
  auto& circuit = circuits_[std::string(service)];
  circuit = std::make_unique<http::CircuitBreaker>(config_.circuit);
  return circuit.get();
}

core::Result<http::ClientResponse> RegistryClient::ask(std::string_view service,
                                                       std::string_view key, core::Instant now) {
  http::ClientRequest request;
  request.url = config_.base_url + "/" + std::string(service) + "/v1/" + http::percent_encode(key);
  request.fields = {{"X-Road-Client", config_.client},
                    {"X-Road-Id", core::uuid_to_string(core::make_uuid_v7(now, rng_))},
                    {"Accept", "application/json"}};
  request.response_bytes_max = kAnswerBytesMax;
  request.total_timeout = config_.call_timeout;
  auto response = caller_.call(request);
  if (!response && response.error().reason != "client.unreachable") {
    // A slow or broken answer is not asked for again: a person waits, and the peer has enough.
    auto error = translate(response.error(), service);
    error.code = ErrorCode::kInternal;
    return core::fail(std::move(error));
  }
  if (!response) return core::fail(translate(response.error(), service));
  if (response->status >= 500 || response->status == 429) {
    return core::fail(
        trouble("registry.unavailable", service, "status " + std::to_string(response->status)));
  }
  return response;
}

core::Result<codec::JsonObject> RegistryClient::find(std::string_view service, std::string_view key,
                                                     core::Instant now) {
  TRY(auto* circuit, circuit_of(service));
  if (const auto admitted = circuit->admit(now); !admitted) {
    auto error = trouble("registry.unavailable", service, "left alone");
    error.retry_after_s = admitted.error().retry_after_s;
    return core::fail(std::move(error));
  }
  const auto response =
      http::with_retry(config_.retry, sleep_, [&] { return ask(service, key, now); });
  if (!response) {
    circuit->report(false, now);
    auto error = response.error();
    error.code = ErrorCode::kUnavailable;
    return core::fail(std::move(error));
  }
  auto record = understand(*response, service);
  circuit->report(record || record.error().code == ErrorCode::kNotFound, now);
  return record;
}

}  // namespace edges::registry
