#include "edges/esia/token_response.h"

#include "codec/json.h"
#include "edges/esia/error_table.h"
#include "edges/esia/member.h"
#include "edges/esia/token.h"

namespace edges::esia {
namespace {

constexpr codec::JsonLimits kLimits{.bytes_max = 64UL * 1024, .depth_max = 8, .values_max = 256};
constexpr std::size_t kStateBytesMax = 64;

auto malformed(std::string_view what) {
  return core::fail(core::ErrorCode::kUnavailable, "esia.malformed", std::string(what));
}

bool is_bearer(std::string_view type) {
  return type.size() == 6 && (type[0] == 'B' || type[0] == 'b') && type.substr(1) == "earer";
}

}  // namespace

core::Result<TokenResponse> parse_token_response(std::string_view body) {
  const auto json = codec::parse_json(body, kLimits);
  if (!json) return malformed(json.error().reason);
  if (!json->is_object()) return malformed("token response");
  codec::JsonFields fields(json->as_object());
  auto access_token = fields.string("access_token", kTokenBytesMax);
  auto id_token = fields.string("id_token", kTokenBytesMax);
  auto state = fields.string("state", kStateBytesMax);
  const auto type = fields.string("token_type", 16);
  if (!access_token || !id_token || !state || !type || !is_bearer(*type)) {
    return malformed("token response");
  }
  return TokenResponse{std::move(*access_token), std::move(*id_token), std::move(*state)};
}

core::Error parse_refusal(int status, std::string_view body) {
  const auto json = codec::parse_json(body, kLimits);
  if (!json || !json->is_object()) {
    return {core::ErrorCode::kUnavailable, "esia.unavailable", "status " + std::to_string(status)};
  }
  const auto& object = json->as_object();
  return esia_error(text_member(object, "error"), text_member(object, "error_description"));
}

}  // namespace edges::esia
