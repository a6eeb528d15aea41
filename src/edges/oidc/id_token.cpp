#include "edges/oidc/id_token.h"

#include <algorithm>
#include <optional>

#include "codec/base64url.h"
#include "crypto/digest.h"

namespace edges::oidc {
namespace {

using codec::Json;
using codec::JsonObject;
using core::ErrorCode;

constexpr std::size_t kSubBytesMax = 255;
constexpr std::int64_t kSecondsMax = 253'402'300'799;  // the end of the year 9999

auto refused(std::string_view reason, std::string_view why = {}) {
  return core::fail(ErrorCode::kForbidden, reason, std::string(why));
}

std::optional<std::string_view> text_of(const JsonObject& claims, std::string_view name) {
  const auto* value = claims.if_contains(name);
  if (value == nullptr || !value->is_string()) return std::nullopt;
  return std::string_view(value->as_string());
}

// A NumericDate; some providers write it with a fraction.
std::optional<core::Instant> moment_of(const JsonObject& claims, std::string_view name) {
  const auto* value = claims.if_contains(name);
  if (value == nullptr || !value->is_number()) return std::nullopt;
  const double seconds = value->is_double()  ? value->as_double()
                         : value->is_int64() ? static_cast<double>(value->as_int64())
                                             : static_cast<double>(kSecondsMax) + 1;
  if (!(seconds >= 0 && seconds <= static_cast<double>(kSecondsMax))) return std::nullopt;
  return core::Instant::from_seconds(static_cast<std::int64_t>(seconds));
}

core::Result<codec::VerifiedJws> check_signature(std::string_view id_token,
                                                 const codec::JwkSet& keys) {
  auto token = codec::verify_jws(id_token, keys);
  if (token) return token;
  const auto& reason = token.error().reason;
  if (reason == "jws.algorithm") return refused("oidc.id_token_algorithm", reason);
  if (reason == "jws.key_unknown") return refused("oidc.id_token_key", reason);
  if (reason == "jws.signature") return refused("oidc.id_token_signature", reason);
  return refused("oidc.id_token_malformed", reason);
}

core::Status check_audience(const JsonObject& claims, std::string_view client_id) {
  const auto* aud = claims.if_contains("aud");
  if (aud == nullptr) return refused("oidc.id_token_audience", "no aud");
  const auto is_us = [&](const Json& value) {
    return value.is_string() && std::string_view(value.as_string()) == client_id;
  };
  bool among_others = false;
  if (aud->is_array()) {
    const auto& all = aud->as_array();
    if (std::none_of(all.begin(), all.end(), is_us)) return refused("oidc.id_token_audience");
    among_others = all.size() > 1;
  } else if (!is_us(*aud)) {
    return refused("oidc.id_token_audience");
  }
  const auto* azp = claims.if_contains("azp");
  if (azp == nullptr && among_others) return refused("oidc.id_token_audience", "no azp");
  if (azp != nullptr && !is_us(*azp)) return refused("oidc.id_token_audience", "azp");
  return {};
}

core::Status check_times(const JsonObject& claims, core::Instant now) {
  const auto exp = moment_of(claims, "exp");
  const auto iat = moment_of(claims, "iat");
  if (!exp || !iat) return refused("oidc.id_token_malformed", "exp or iat");
  if (now >= *exp + kClockSkew) return refused("oidc.id_token_expired", "exp");
  if (now > *iat + kIdTokenAgeMax + kClockSkew) return refused("oidc.id_token_expired", "iat");
  if (*iat > now + kClockSkew) return refused("oidc.id_token_not_yet_valid", "iat");
  if (!claims.contains("nbf")) return {};
  const auto nbf = moment_of(claims, "nbf");
  if (!nbf) return refused("oidc.id_token_malformed", "nbf");
  if (*nbf > now + kClockSkew) return refused("oidc.id_token_not_yet_valid", "nbf");
  return {};
}

// The left half of the SHA-256 of a token: both algorithms we take hash with SHA-256.
core::Status check_hash(const JsonObject& claims, std::string_view name, std::string_view token) {
  if (token.empty() || !claims.contains(name)) return {};
  const auto digest = crypto::sha256(core::as_bytes(token));
  const auto half = codec::to_base64url(core::ByteView(digest).first(digest.size() / 2));
  if (text_of(claims, name) != half) return refused("oidc.id_token_hash", name);
  return {};
}

}  // namespace

core::Result<VerifiedIdToken> verify_id_token(std::string_view id_token, const codec::JwkSet& keys,
                                              const IdTokenExpectation& expected,
                                              core::Instant now) {
  TRY(auto token, check_signature(id_token, keys));
  auto& claims = token.claims;
  if (text_of(claims, "iss") != expected.issuer) return refused("oidc.id_token_issuer");
  TRY_VOID(check_audience(claims, expected.client_id));
  TRY_VOID(check_times(claims, now));
  const auto nonce = text_of(claims, "nonce");
  const bool same =
      nonce && !expected.nonce.empty() &&
      crypto::equal_constant_time(core::as_bytes(*nonce), core::as_bytes(expected.nonce));
  if (!same) return refused("oidc.id_token_nonce");
  TRY_VOID(check_hash(claims, "at_hash", expected.access_token));
  TRY_VOID(check_hash(claims, "c_hash", expected.code));
  const auto sub = text_of(claims, "sub");
  if (!sub || sub->empty() || sub->size() > kSubBytesMax) {
    return refused("oidc.id_token_malformed", "sub");
  }
  VerifiedIdToken verified;
  verified.sub = std::string(*sub);
  verified.acr = std::string(text_of(claims, "acr").value_or(""));
  verified.claims = std::move(claims);
  return verified;
}

}  // namespace edges::oidc
