#include "app/wiring/operator_parts.h"

#include "app/operators/http_operator.h"
#include "edges/sms_http/http_gateway.h"

namespace app {
namespace {

edges::sms_http::ChannelConfig channel_of(const GatewaySettings& settings) {
  edges::sms_http::ChannelConfig channel;
  channel.method = settings.method == "GET" ? http::Method::kGet : http::Method::kPost;
  channel.url = settings.url;
  for (const auto& [name, value] : settings.headers) channel.fields.emplace_back(name, value);
  if (!settings.token.reveal().empty()) {
    channel.fields.emplace_back("Authorization", "Bearer " + settings.token.reveal());
  }
  channel.content_type = settings.content_type;
  channel.body = settings.body;
  if (!settings.success_status.empty()) channel.success_status = settings.success_status.front();
  channel.success_pointer = settings.success_pointer;
  channel.success_equals = settings.success_equals;
  channel.provider_id_pointer = settings.id_pointer;
  channel.timeout = settings.timeout;
  return channel;
}

}  // namespace

OperatorParts::OperatorParts(const OperatorPorts& ports)
    : deliveries_(ports.data, ports.rng), api_(deliveries_) {}

core::Result<std::unique_ptr<OperatorParts>> OperatorParts::make(const Config& config,
                                                                 const OperatorPorts& ports) {
  std::unique_ptr<OperatorParts> parts(new OperatorParts(ports));
  std::vector<RoutedOperator> operators;
  for (const auto& [name, settings] : config.operators) {
    TRY(auto phone, parts->make_operator(name, settings, ports));
    operators.push_back({.name = name,
                         .priority = settings.priority,
                         .share = settings.share,
                         .phone = std::move(phone)});
  }
  parts->router_ = std::make_unique<OperatorRouter>(
      std::move(operators), ports.rng, [&clock = ports.clock] { return clock.now(); },
      ports.metrics);
  return parts;
}

core::Result<std::unique_ptr<PhoneOperator>> OperatorParts::make_operator(
    const std::string& /*name*/, const OperatorSettings& settings, const OperatorPorts& /*ports*/) {
  return make_http(settings);
}

core::Result<std::unique_ptr<PhoneOperator>> OperatorParts::make_http(
    const OperatorSettings& settings) {
  http::ClientConfig client;
  client.total_timeout = settings.gateway.timeout;
  client.ca_file = settings.gateway.ca_file;
  clients_.push_back(std::make_unique<http::Client>(client));
  const bool call = settings.channel == "call";
  edges::sms_http::HttpGatewayConfig gateway;
  (call ? gateway.call : gateway.sms) = channel_of(settings.gateway);
  TRY(auto made, edges::sms_http::HttpGateway::make(gateway, *clients_.back()));
  return std::unique_ptr<PhoneOperator>(std::make_unique<HttpOperator>(
      call ? identity::Channel::kCall : identity::Channel::kSms,
      std::make_unique<edges::sms_http::HttpGateway>(std::move(made))));
}

void OperatorParts::tell_health(Metrics& metrics) const {
  router_->tell_health([&](std::string_view name, double open) {
    metrics.circuit_state("operator." + std::string(name), open);
  });
}

}  // namespace app
