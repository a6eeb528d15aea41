#include "edges/sms_http/message_template.h"

#include <array>
#include <utility>

#include "codec/json.h"
#include "http/parameters.h"

namespace edges::sms_http {
namespace {

auto refused(std::string_view why) {
  return core::fail(core::ErrorCode::kInvalidInput, "gateway.template", std::string(why));
}

}  // namespace

core::Result<MessageTemplate::Escaping> MessageTemplate::escaping_for(std::string_view media_type) {
  if (media_type == "application/json") return Escaping::kJson;
  if (media_type == "application/x-www-form-urlencoded") return Escaping::kForm;
  return refused("content type must be application/json or application/x-www-form-urlencoded");
}

MessageTemplate::Hole MessageTemplate::hole_at(std::string_view text, std::size_t& size) {
  constexpr std::array<std::pair<std::string_view, Hole>, 4> kHoles{
      {{"{id}", Hole::kId}, {"{to}", Hole::kTo}, {"{text}", Hole::kText}, {"{code}", Hole::kCode}}};
  for (const auto& [name, hole] : kHoles) {
    if (!text.starts_with(name)) continue;
    size = name.size();
    return hole;
  }
  return Hole::kNone;
}

core::Result<MessageTemplate> MessageTemplate::parse(std::string_view text, Escaping escaping) {
  MessageTemplate parsed;
  parsed.escaping_ = escaping;
  parsed.pieces_.emplace_back();
  for (std::size_t i = 0; i < text.size();) {
    std::size_t size = 0;
    const auto hole = hole_at(text.substr(i), size);
    if (hole == Hole::kNone) {
      parsed.pieces_.back().literal.push_back(text[i++]);
      continue;
    }
    parsed.pieces_.back().hole = hole;
    parsed.pieces_.emplace_back();
    i += size;
  }
  if (escaping == Escaping::kJson) {
    // A value full of what JSON escapes: a hole outside of a string shows at once.
    const core::Secret<std::string> sample(std::string("\"\\\n\xD0\xB9"));
    const auto filled = parsed.fill(
        {.channel = Channel::kSms, .id = "\"", .to = sample, .text = sample, .code = sample});
    if (!codec::parse_json(filled.reveal())) return refused("not JSON once filled");
  }
  return parsed;
}

std::string MessageTemplate::escape(std::string_view value) const {
  if (escaping_ != Escaping::kJson) return http::percent_encode(value);
  const auto quoted = codec::to_text(codec::Json(value));
  return quoted.substr(1, quoted.size() - 2);
}

core::Secret<std::string> MessageTemplate::fill(const OutgoingMessage& message) const {
  std::string filled;
  for (const auto& piece : pieces_) {
    filled += piece.literal;
    switch (piece.hole) {
      case Hole::kNone:
        break;
      case Hole::kId:
        filled += escape(message.id);
        break;
      case Hole::kTo:
        filled += escape(message.to.reveal());
        break;
      case Hole::kText:
        filled += escape(message.text.reveal());
        break;
      case Hole::kCode:
        filled += escape(message.code.reveal());
        break;
    }
  }
  return core::Secret<std::string>(std::move(filled));
}

}  // namespace edges::sms_http
