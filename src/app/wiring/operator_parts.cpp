#include "app/wiring/operator_parts.h"

#include "app/operators/http_operator.h"
#include "app/operators/sip_operator.h"
#include "app/operators/smpp_operator.h"
#include "edges/sms_http/http_gateway.h"
#include "store/outbox.h"

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
    const std::string& name, const OperatorSettings& settings, const OperatorPorts& ports) {
  if (settings.kind == "smpp") return make_smpp(name, settings.smpp, ports);
  if (settings.kind == "sip") return make_sip(settings.sip, ports);
  return make_http(settings);
}

std::unique_ptr<PhoneOperator> OperatorParts::make_smpp(const std::string& name,
                                                        const SmppSettings& settings,
                                                        const OperatorPorts& ports) {
  edges::smpp::ClientConfig client;
  client.address = {settings.host, settings.port, settings.security == "tls", settings.ca_file};
  client.source = settings.source;
  client.session.bind = {settings.system_id, settings.password, settings.system_type};
  client.session.window = settings.window;
  client.session.per_second = settings.per_second;
  client.session.enquire_link = settings.enquire_link;
  client.session.timeout = settings.timeout;
  // Receipts are kept in the outbox before the centre is told that we have them.
  auto keep = [name, ports](std::span<const edges::smpp::Receipt> receipts) {
    const auto kept = ports.data.write([&](store::UnitOfWork& unit) -> core::Status {
      for (const auto& receipt : receipts) {
        TRY_VOID(store::enqueue(
            unit, identity::receipt_message({name, receipt.message_id, receipt.delivered}),
            ports.clock.now(), ports.rng));
      }
      return {};
    });
    return kept.has_value();
  };
  return std::make_unique<SmppOperator>(
      std::make_unique<edges::smpp::SmppClient>(std::move(client), std::move(keep), ports.rng));
}

core::Result<std::unique_ptr<PhoneOperator>> OperatorParts::make_sip(const SipSettings& settings,
                                                                     const OperatorPorts& ports) {
  TRY(auto numbers, edges::sip_call::NumberPool::parse(settings.pool));
  edges::sip_call::CallerConfig caller;
  caller.trunk = {settings.host, settings.port, settings.transport == "tls", settings.ca_file};
  caller.datagrams = settings.transport == "udp";
  auto& profile = caller.profile;
  profile.domain = settings.domain;
  profile.transport = settings.transport == "udp"   ? "UDP"
                      : settings.transport == "tcp" ? "TCP"
                                                    : "TLS";
  profile.credentials = {settings.username, settings.password};
  profile.ring = settings.ring;
  profile.trunk_timeout = settings.trunk_timeout;
  profile.ring_timeout = settings.ring_timeout;
  return std::unique_ptr<PhoneOperator>(std::make_unique<SipOperator>(
      std::make_unique<edges::sip_call::SipCaller>(std::move(caller), ports.rng),
      std::move(numbers), ports.rng));
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
