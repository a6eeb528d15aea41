#include "identity/challenge/operator_message.h"

#include "codec/json.h"

namespace identity {
namespace {

core::Result<OperatorMessage> decode(const std::string& text) {
  TRY(const auto json, codec::parse_json(text));
  TRY(auto fields, codec::JsonFields::of(json));
  OperatorMessage message;
  TRY(const auto id, fields.string("id", 36));
  TRY(message.id, ChallengeId::parse(id));
  TRY(const auto channel, fields.string("channel", 8));
  message.channel = find_channel(channel).value_or(Channel::kSms);
  TRY(auto to, fields.string("to", 16));
  message.to = core::Secret<std::string>(std::move(to));
  TRY(auto code, fields.string("code", 16));
  message.code = core::Secret<std::string>(std::move(code));
  TRY(message.language, fields.string("language", 8));
  TRY(const auto expires, fields.int64("expires_at", 0, INT64_MAX));
  message.expires_at = core::Instant::from_micros(expires);
  return message;
}

}  // namespace

core::Secret<std::string> encode_operator_message(const OperatorMessage& message) {
  return core::Secret<std::string>(codec::to_text(codec::JsonObject{
      {"id", message.id.to_string()},
      {"channel", std::string(name_of(message.channel))},
      {"to", message.to.reveal()},
      {"code", message.code.reveal()},
      {"language", message.language},
      {"expires_at", message.expires_at.micros()},
  }));
}

core::Result<OperatorMessage> decode_operator_message(const core::Secret<std::string>& text) {
  auto message = decode(text.reveal());
  if (!message) return core::fail(core::ErrorCode::kInternal, "operator_message.malformed");
  return message;
}

std::string operator_message_place(const ChallengeId& id) {
  return "outbox|operator.message|" + id.to_string();
}

}  // namespace identity
