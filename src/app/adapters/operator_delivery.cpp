#include "app/adapters/operator_delivery.h"

#include <fmt/format.h>

#include "identity/challenge/operator_message.h"

namespace app {
namespace {

using store::OutboxOutcome;

std::string sms_text(const identity::OperatorMessage& message, const std::string& name) {
  const auto& code = message.code.reveal();
  if (message.language == "en") {
    return fmt::format("{}: your code is {}. Tell it to nobody.", name, code);
  }
  return fmt::format("{}: ваш код {}. Никому его не называйте.", name, code);
}

}  // namespace

core::Result<OutboxOutcome> OperatorDelivery::deliver(const store::OutboxDelivery& delivery,
                                                      core::Instant now) {
  const auto id = identity::ChallengeId::parse(delivery.dedup_key);
  if (!id) return OutboxOutcome(store::GiveUp{"operator_message.malformed"});
  const auto opened =
      vault_.open_transient(identity::operator_message_place(*id), delivery.payload);
  if (!opened) return OutboxOutcome(store::GiveUp{opened.error().reason});
  const auto message = identity::decode_operator_message(*opened);
  if (!message) return OutboxOutcome(store::GiveUp{message.error().reason});
  if (message->expires_at <= now) return OutboxOutcome(store::GiveUp{"challenge.expired"});
  if (gateway_ == nullptr) return OutboxOutcome(store::RetryAfter{"gateway.no_channel"});
  const bool call = message->channel == identity::Channel::kCall;
  const auto accepted = gateway_->send(
      {.channel = call ? edges::sms_http::Channel::kCall : edges::sms_http::Channel::kSms,
       .id = delivery.dedup_key,
       .to = message->to,
       .text = core::Secret<std::string>(sms_text(*message, installation_name_)),
       .code = message->code});
  if (accepted) return OutboxOutcome(store::Delivered{});
  const auto& error = accepted.error();
  if (error.code == core::ErrorCode::kUnavailable) {
    return OutboxOutcome(store::RetryAfter{error.reason});
  }
  return OutboxOutcome(store::GiveUp{error.reason});
}

store::OutboxPolicy OperatorDelivery::policy() {
  return {.attempts_max = 8,
          .backoff_first = std::chrono::seconds(1),
          .backoff_max = std::chrono::seconds(30),
          .lease = std::chrono::seconds(30)};
}

}  // namespace app
