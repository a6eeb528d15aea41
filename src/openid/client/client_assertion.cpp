#include "openid/client/client_assertion.h"

#include "openid/token/token.h"

namespace openid {
namespace {

using codec::Json;
using codec::JsonObject;

constexpr core::Duration kSkew = std::chrono::seconds(30);
constexpr core::Duration kLifeMax = std::chrono::hours(1);
constexpr std::size_t kJtiBytesMax = 256;

auto refuse(std::string_view why) {
  return core::fail(core::ErrorCode::kUnauthenticated,
                    "oauth.invalid_client.assertion_" + std::string(why));
}

/// What a reason of codec says behind its family, "jws." or "json.".
std::string_view after_dot(std::string_view reason) { return reason.substr(reason.find('.') + 1); }

std::string_view text_of(const JsonObject& claims, std::string_view name) {
  const auto* value = claims.if_contains(name);
  return value != nullptr && value->is_string() ? std::string_view(value->get_string())
                                                : std::string_view();
}

std::optional<core::Instant> moment_of(const JsonObject& claims, std::string_view name) {
  const auto* value = claims.if_contains(name);
  // Bounded, so that no arithmetic on it can overflow.
  constexpr std::int64_t kSecondsMax = 4'000'000'000;
  if (value == nullptr || !value->is_int64()) return std::nullopt;
  const auto seconds = value->get_int64();
  if (seconds < 0 || seconds > kSecondsMax) return std::nullopt;
  return core::Instant::from_seconds(seconds);
}

}  // namespace

std::optional<std::string> asserted_client(std::string_view assertion) {
  const auto parsed = codec::parse_jws_unverified(assertion);
  if (!parsed) return std::nullopt;
  const auto sub = text_of(parsed->claims, "sub");
  if (sub.empty() || sub.size() > 64) return std::nullopt;
  return std::string(sub);
}

core::Result<core::Bytes> verify_client_assertion(std::string_view assertion,
                                                  const codec::JwkSet& keys,
                                                  std::string_view client_id,
                                                  std::string_view audience, core::Instant now) {
  const auto verified = codec::verify_jws(assertion, keys);
  if (!verified) return refuse(after_dot(verified.error().reason));
  const auto& claims = verified->claims;
  if (text_of(claims, "iss") != client_id || text_of(claims, "sub") != client_id) {
    return refuse("issuer");
  }
  // The issuer alone, as a text: an endpoint's address or a list could be meant for somebody else.
  if (text_of(claims, "aud") != audience) return refuse("audience");
  const auto exp = moment_of(claims, "exp");
  if (!exp || *exp + kSkew <= now) return refuse("expired");
  if (*exp > now + kLifeMax) return refuse("too_long");
  const auto iat = moment_of(claims, "iat");
  if (claims.contains("iat") && (!iat || *iat > now + kSkew)) return refuse("from_the_future");
  const auto nbf = moment_of(claims, "nbf");
  if (claims.contains("nbf") && (!nbf || *nbf > now + kSkew)) return refuse("from_the_future");
  const auto jti = text_of(claims, "jti");
  if (jti.empty() || jti.size() > kJtiBytesMax) return refuse("jti");
  const auto content = "assertion|" + std::string(client_id) + "|" + std::string(jti);
  return make_key(*exp + kSkew, core::as_bytes(content));
}

}  // namespace openid
