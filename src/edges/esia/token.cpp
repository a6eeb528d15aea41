#include "edges/esia/token.h"

#include <algorithm>
#include <optional>

#include "codec/base64url.h"

namespace edges::esia {
namespace {

using codec::Json;
using codec::JsonObject;
using core::ErrorCode;

constexpr codec::JsonLimits kTokenLimits{
    .bytes_max = kTokenBytesMax, .depth_max = 8, .values_max = 512};
constexpr std::int64_t kSecondsMax = 253'402'300'799;  // the end of the year 9999
constexpr std::size_t kOidDigitsMax = 19;
constexpr std::size_t kSessionBytesMax = 128;

auto refused(std::string_view reason, std::string_view why = {}) {
  return core::fail(ErrorCode::kForbidden, reason, std::string(why));
}

std::optional<std::string_view> text_of(const JsonObject& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  if (value == nullptr || !value->is_string()) return std::nullopt;
  return std::string_view(value->as_string());
}

std::optional<core::Instant> moment_of(const JsonObject& claims, std::string_view name) {
  const auto* value = claims.if_contains(name);
  if (value == nullptr || !value->is_int64()) return std::nullopt;
  const auto seconds = value->as_int64();
  if (seconds < 0 || seconds > kSecondsMax) return std::nullopt;
  return core::Instant::from_seconds(seconds);
}

// ESIA writes the same number as text in some places and as a number in others.
std::optional<std::string> oid_of(const JsonObject& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  if (value != nullptr && value->is_int64() && value->as_int64() > 0) {
    return std::to_string(value->as_int64());
  }
  const auto text = text_of(object, name);
  const bool digits =
      text && !text->empty() && text->size() <= kOidDigitsMax && text->front() != '0' &&
      std::all_of(text->begin(), text->end(), [](char c) { return c >= '0' && c <= '9'; });
  if (!digits) return std::nullopt;
  return std::string(*text);
}

std::string session_of(const JsonObject& claims) {
  const auto session = text_of(claims, "urn:esia:sid").value_or("");
  return std::string(session.substr(0, kSessionBytesMax));
}

std::string_view name_of(crypto::SignatureAlgorithm algorithm) {
  return algorithm == crypto::SignatureAlgorithm::kRsaSha256 ? "RS256" : "GOST3410_2012_256";
}

core::Result<JsonObject> decode(std::string_view part) {
  const auto bytes = codec::from_base64url(part);
  if (!bytes) return refused("esia.token_malformed", bytes.error().reason);
  auto json = codec::parse_json(core::as_text(*bytes), kTokenLimits);
  if (!json || !json->is_object()) return refused("esia.token_malformed", "not an object");
  return std::move(json->as_object());
}

/// The algorithm is that of a certificate we were given, never one that only the token names.
core::Status check_signature(std::string_view alg, std::string_view signed_text,
                             core::ByteView signature,
                             const std::vector<crypto::Certificate>& certificates) {
  bool known = false;
  for (const auto& certificate : certificates) {
    if (name_of(certificate.algorithm()) != alg) continue;
    known = true;
    if (certificate.verify(core::as_bytes(signed_text), signature)) return {};
  }
  return known ? refused("esia.token_signature") : refused("esia.token_algorithm");
}

/// Header and signature. @param kind  "id" or "access": the header's sbt, where there is one.
core::Result<JsonObject> open(std::string_view token, std::string_view kind,
                              const std::vector<crypto::Certificate>& certificates) {
  if (token.size() > kTokenBytesMax) return refused("esia.token_malformed", "too long");
  const auto first = token.find('.');
  const auto last = token.rfind('.');
  if (first == std::string_view::npos || token.find('.', first + 1) != last || first == last) {
    return refused("esia.token_malformed", "not three parts");
  }
  TRY(const auto header, decode(token.substr(0, first)));
  if (header.contains("crit") || header.contains("b64")) {
    return refused("esia.token_malformed", "crit");
  }
  const auto signature = codec::from_base64url(token.substr(last + 1));
  if (!signature) return refused("esia.token_malformed", "signature");
  TRY_VOID(check_signature(text_of(header, "alg").value_or(""), token.substr(0, last), *signature,
                           certificates));
  if (header.contains("sbt") && text_of(header, "sbt") != kind) return refused("esia.token_kind");
  return decode(token.substr(first + 1, last - first - 1));
}

core::Status check_times(const JsonObject& claims, core::Instant now) {
  const auto exp = moment_of(claims, "exp");
  if (!exp) return refused("esia.token_malformed", "exp");
  if (now > *exp + kClockSkew) return refused("esia.token_expired");
  for (const std::string_view name : {"nbf", "iat"}) {
    if (!claims.contains(name)) continue;
    const auto moment = moment_of(claims, name);
    if (!moment) return refused("esia.token_malformed", name);
    if (*moment > now + kClockSkew) return refused("esia.token_not_yet_valid", name);
  }
  return {};
}

bool is_for(const Json* audience, std::string_view client_id) {
  if (audience == nullptr) return false;
  const auto is_us = [&](const Json& value) {
    return value.is_string() && std::string_view(value.as_string()) == client_id;
  };
  if (!audience->is_array()) return is_us(*audience);
  const auto& all = audience->as_array();
  return std::any_of(all.begin(), all.end(), is_us);
}

AccountLevel level_in(const JsonObject& subject) {
  const auto level = text_of(subject, "urn:esia:sbj:lvl").value_or("");
  if (level == "PR") return AccountLevel::kConfirmed;
  return level == "KD" ? AccountLevel::kChild : AccountLevel::kUnconfirmed;
}

}  // namespace

core::Result<VerifiedIdToken> verify_id_token(std::string_view token,
                                              const TokenExpectation& expected, core::Instant now) {
  TRY(const auto claims, open(token, "id", expected.certificates));
  if (text_of(claims, "iss") != expected.issuer) return refused("esia.token_issuer");
  if (!is_for(claims.if_contains("aud"), expected.client_id)) {
    return refused("esia.token_audience");
  }
  TRY_VOID(check_times(claims, now));
  const auto oid = oid_of(claims, "sub");
  if (!oid) return refused("esia.token_malformed", "sub");
  VerifiedIdToken verified{.oid = *oid, .session = session_of(claims)};
  const auto* member = claims.if_contains("urn:esia:sbj");
  if (member == nullptr) return verified;
  if (!member->is_object()) return refused("esia.token_malformed", "urn:esia:sbj");
  const auto& subject = member->as_object();
  if (subject.contains("urn:esia:sbj:oid") && oid_of(subject, "urn:esia:sbj:oid") != oid) {
    return refused("esia.token_subject");
  }
  const auto* is_tru = subject.if_contains("urn:esia:sbj:is_tru");
  verified.trusted = is_tru != nullptr && is_tru->is_bool() && is_tru->as_bool();
  verified.level = level_in(subject);
  return verified;
}

core::Result<VerifiedAccessToken> verify_access_token(std::string_view token,
                                                      const TokenExpectation& expected,
                                                      core::Instant now) {
  TRY(const auto claims, open(token, "access", expected.certificates));
  if (text_of(claims, "iss") != expected.issuer) return refused("esia.token_issuer");
  if (text_of(claims, "client_id") != expected.client_id) return refused("esia.token_audience");
  TRY_VOID(check_times(claims, now));
  const auto oid = oid_of(claims, "urn:esia:sbj_id");
  if (!oid) return refused("esia.token_malformed", "urn:esia:sbj_id");
  return VerifiedAccessToken{*oid, session_of(claims)};
}

}  // namespace edges::esia
