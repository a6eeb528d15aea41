#include "edges/sms_http/http_gateway.h"

#include <system_error>

#include "codec/json.h"

namespace edges::sms_http {
namespace {

using core::ErrorCode;

constexpr std::size_t kAnswerBytesMax = std::size_t{64} * 1024;
constexpr std::size_t kProviderIdBytesMax = 200;

bool is_pointer(std::string_view pointer) { return pointer.empty() || pointer.starts_with('/'); }

// The scalar a pointer leads to, as text; empty if it leads nowhere.
std::optional<std::string> text_at(const codec::Json& json, const std::string& pointer) {
  std::error_code error;
  const auto* value = json.find_pointer(pointer, error);
  if (value == nullptr || error || value->is_object() || value->is_array()) return std::nullopt;
  if (value->is_string()) return std::string(value->as_string());
  return codec::to_text(*value);
}

core::Error unavailable(std::string_view reason, std::string detail) {
  return {ErrorCode::kUnavailable, std::string(reason), std::move(detail)};
}

core::Status check_status(const ChannelConfig& config, int status) {
  if (status == config.success_status) return {};
  const auto detail = "status " + std::to_string(status);
  const bool passing = status == 408 || status == 425 || status == 429 || status >= 500;
  if (passing) return core::fail(unavailable("gateway.unavailable", detail));
  if (status >= 400) return core::fail(ErrorCode::kForbidden, "gateway.refused", detail);
  return core::fail(unavailable("gateway.malformed", detail));
}

}  // namespace

core::Result<HttpGateway::Prepared> HttpGateway::prepare(const ChannelConfig& config) {
  if (!is_pointer(config.success_pointer) || !is_pointer(config.provider_id_pointer)) {
    return core::fail(ErrorCode::kInvalidInput, "gateway.template", "JSON pointer");
  }
  Prepared prepared;
  prepared.config = config;
  TRY(prepared.url, MessageTemplate::parse(config.url, MessageTemplate::Escaping::kUrl));
  if (config.body.empty()) return prepared;
  TRY(const auto escaping, MessageTemplate::escaping_for(config.content_type));
  TRY(prepared.body, MessageTemplate::parse(config.body, escaping));
  return prepared;
}

core::Result<HttpGateway> HttpGateway::make(const HttpGatewayConfig& config,
                                            http::HttpCaller& caller) {
  HttpGateway gateway(caller);
  if (config.sms) {
    TRY(auto prepared, prepare(*config.sms));
    gateway.channels_.emplace(Channel::kSms, std::move(prepared));
  }
  if (config.call) {
    TRY(auto prepared, prepare(*config.call));
    gateway.channels_.emplace(Channel::kCall, std::move(prepared));
  }
  return gateway;
}

core::Result<Accepted> HttpGateway::understand(const ChannelConfig& config,
                                               const http::ClientResponse& response) {
  TRY_VOID(check_status(config, response.status));
  if (config.success_pointer.empty() && config.provider_id_pointer.empty()) return Accepted{};
  const auto json = codec::parse_json(response.body);
  if (!json) return core::fail(unavailable("gateway.malformed", json.error().reason));
  if (!config.success_pointer.empty()) {
    const auto said = text_at(*json, config.success_pointer);
    if (!said) return core::fail(unavailable("gateway.malformed", "no " + config.success_pointer));
    if (*said != config.success_equals) {
      return core::fail(ErrorCode::kForbidden, "gateway.refused", "by its answer");
    }
  }
  Accepted accepted;
  if (config.provider_id_pointer.empty()) return accepted;
  accepted.provider_id = text_at(*json, config.provider_id_pointer).value_or("");
  if (accepted.provider_id.empty() || accepted.provider_id.size() > kProviderIdBytesMax) {
    return core::fail(unavailable("gateway.malformed", "no " + config.provider_id_pointer));
  }
  return accepted;
}

core::Result<Accepted> HttpGateway::send(const OutgoingMessage& message) {
  const auto channel = channels_.find(message.channel);
  if (channel == channels_.end()) {
    return core::fail(ErrorCode::kInvalidInput, "gateway.no_channel");
  }
  const auto& prepared = channel->second;
  http::ClientRequest request{.method = prepared.config.method,
                              .url = prepared.url.fill(message).reveal(),
                              .fields = prepared.config.fields,
                              .body = prepared.body.fill(message).reveal(),
                              .response_bytes_max = kAnswerBytesMax,
                              .total_timeout = prepared.config.timeout};
  if (!request.body.empty()) {
    request.fields.emplace_back("Content-Type", prepared.config.content_type);
  }
  const auto response = caller_->call(request);
  if (response) return understand(prepared.config, *response);
  // The client's detail may quote the URL, which may hold the number: only its reason goes on.
  const auto& reason = response.error().reason;
  if (response.error().code != ErrorCode::kUnavailable) {
    return core::fail(ErrorCode::kInvalidInput, "gateway.template", reason);
  }
  const bool read = reason == "client.malformed" || reason == "client.too_large";
  return core::fail(unavailable(read ? "gateway.malformed" : "gateway.unavailable", reason));
}

}  // namespace edges::sms_http
