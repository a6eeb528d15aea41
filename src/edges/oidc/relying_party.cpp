#include "edges/oidc/relying_party.h"

#include <utility>

#include "codec/base64url.h"
#include "crypto/digest.h"
#include "edges/oidc/id_token.h"
#include "http/parameters.h"

namespace edges::oidc {
namespace {

using core::ErrorCode;

constexpr std::size_t kSecretBytes = 32;  // of state, nonce and code_verifier, before base64url
constexpr std::size_t kAnswerBytesMax = std::size_t{64} * 1024;
constexpr std::size_t kTokenBytesMax = std::size_t{16} * 1024;
constexpr std::size_t kCodeBytesMax = 4096;

auto unavailable(std::string_view reason, std::string detail) {
  return core::fail(ErrorCode::kUnavailable, reason, std::move(detail));
}
auto refused(std::string_view reason, std::string_view why = {}) {
  return core::fail(ErrorCode::kForbidden, reason, std::string(why));
}

bool same(std::string_view a, std::string_view b) {
  return crypto::equal_constant_time(core::as_bytes(a), core::as_bytes(b));
}

std::string random_text(core::Rng& rng) {
  return codec::to_base64url(core::random_bytes(rng, kSecretBytes));
}

void add(std::string& form, std::string_view name, std::string_view value) {
  if (!form.empty()) form += '&';
  form.append(name).append("=").append(http::percent_encode(value));
}

// The provider's own word for its refusal; it may be anything, so only known ones are kept.
std::string error_in(const std::string& body) {
  const auto json = codec::parse_json(body);
  if (!json || !json->is_object()) return {};
  const auto* error = json->as_object().if_contains("error");
  if (error == nullptr || !error->is_string()) return {};
  for (const std::string_view known :
       {"invalid_grant", "invalid_client", "invalid_request", "unauthorized_client"}) {
    if (std::string_view(error->as_string()) == known) return std::string(known);
  }
  return "another error";
}

bool is_bearer(std::string_view token_type) {
  return token_type.size() == 6 && (token_type[0] | 0x20) == 'b' && token_type.substr(1) == "earer";
}

}  // namespace

RelyingParty::RelyingParty(OidcConfig config, http::HttpCaller& caller, core::Rng& rng)
    : config_(std::move(config)), caller_(caller), rng_(rng) {}

core::Result<http::ClientResponse> RelyingParty::call(http::ClientRequest request) {
  request.fields.emplace_back("Accept", "application/json");
  request.response_bytes_max = kAnswerBytesMax;
  request.total_timeout = config_.call_timeout;
  auto response = caller_.call(request);
  if (response) {
    if (response->status < 500 && response->status != 429) return response;
    return unavailable("oidc.unavailable", "status " + std::to_string(response->status));
  }
  const auto& reason = response.error().reason;
  const bool read = reason == "client.too_large" || reason == "client.malformed";
  return unavailable(read ? "oidc.malformed" : "oidc.unavailable", reason);
}

core::Result<ProviderMetadata> RelyingParty::metadata(core::Instant now) {
  {
    const std::lock_guard lock(mutex_);
    if (metadata_ && now < metadata_->fetched_at + kPublishedFor) return metadata_->value;
  }
  // Fetched outside of the lock: a slow provider must not hold those who have what they need.
  if (!is_safe_url(config_.issuer)) return unavailable("oidc.metadata", "issuer");
  TRY(const auto response, call({.url = discovery_url(config_.issuer)}));
  if (response.status != 200) {
    return unavailable("oidc.unavailable", "discovery: status " + std::to_string(response.status));
  }
  TRY(auto parsed, ProviderMetadata::parse(response.body, config_.issuer));
  const std::lock_guard lock(mutex_);
  metadata_ = {parsed, now};
  return parsed;
}

core::Result<codec::JwkSet> RelyingParty::keys(const ProviderMetadata& provider, core::Instant now,
                                               bool refetch) {
  {
    const std::lock_guard lock(mutex_);
    const auto believed = refetch ? kRefetchPause : kPublishedFor;
    if (keys_ && now < keys_->fetched_at + believed) return keys_->value;
  }
  TRY(const auto response, call({.url = provider.jwks_uri}));
  if (response.status != 200) {
    return unavailable("oidc.unavailable", "keys: status " + std::to_string(response.status));
  }
  auto parsed = codec::JwkSet::parse(response.body);
  if (!parsed) return unavailable("oidc.malformed", "keys: " + parsed.error().reason);
  const std::lock_guard lock(mutex_);
  keys_ = {*parsed, now};
  return std::move(*parsed);
}

core::Result<PendingSignIn> RelyingParty::start(std::string_view ui_locales, core::Instant now) {
  TRY(const auto provider, metadata(now));
  PendingSignIn pending;
  pending.state = random_text(rng_);
  pending.nonce = random_text(rng_);
  auto verifier = random_text(rng_);
  const auto challenge = codec::to_base64url(crypto::sha256(core::as_bytes(verifier)));
  pending.code_verifier = core::Secret<std::string>(std::move(verifier));
  std::string scopes;
  for (const auto& scope : config_.scopes) scopes += (scopes.empty() ? "" : " ") + scope;

  std::string query;
  add(query, "response_type", "code");
  add(query, "client_id", config_.client_id);
  add(query, "redirect_uri", config_.redirect_uri);
  add(query, "scope", scopes);
  add(query, "state", pending.state);
  add(query, "nonce", pending.nonce);
  add(query, "code_challenge", challenge);
  add(query, "code_challenge_method", "S256");
  if (!ui_locales.empty()) add(query, "ui_locales", ui_locales);
  const bool has_query = provider.authorization_endpoint.find('?') != std::string::npos;
  pending.authorization_url = provider.authorization_endpoint + (has_query ? "&" : "?") + query;
  return pending;
}

core::Status RelyingParty::check_callback(const Callback& callback, const PendingSignIn& pending,
                                          const ProviderMetadata& provider) const {
  if (pending.state.empty() || !same(callback.state, pending.state)) return refused("oidc.state");
  // RFC 9207: with two providers, an answer of one must not be taken to the other.
  const bool foreign = !callback.iss.empty() && callback.iss != provider.issuer;
  if (foreign || (provider.says_iss && callback.iss.empty())) return refused("oidc.issuer");
  if (callback.error == "access_denied") return refused("oidc.access_denied");
  if (!callback.error.empty()) return refused("oidc.refused", "authorization");
  if (callback.code.empty() || callback.code.size() > kCodeBytesMax) {
    return refused("oidc.refused", "no code");
  }
  return {};
}

core::Result<RelyingParty::Tokens> RelyingParty::exchange(const Callback& callback,
                                                          const PendingSignIn& pending,
                                                          const ProviderMetadata& provider) {
  http::ClientRequest request{.method = http::Method::kPost, .url = provider.token_endpoint};
  add(request.body, "grant_type", "authorization_code");
  add(request.body, "code", callback.code);
  add(request.body, "redirect_uri", config_.redirect_uri);
  add(request.body, "code_verifier", pending.code_verifier.reveal());
  const auto& secret = config_.client_secret.reveal();
  if (config_.client_auth == ClientAuth::kSecretPost) {
    add(request.body, "client_id", config_.client_id);
    add(request.body, "client_secret", secret);
  } else {
    // Both halves are form-encoded before they are joined (RFC 6749, section 2.3.1).
    const auto pair = http::percent_encode(config_.client_id) + ":" + http::percent_encode(secret);
    request.fields.emplace_back("Authorization", "Basic " + codec::to_base64(core::as_bytes(pair)));
  }
  request.fields.emplace_back("Content-Type", "application/x-www-form-urlencoded");
  TRY(const auto response, call(std::move(request)));
  if (response.status != 200) {
    const auto error = error_in(response.body);
    if (error == "invalid_grant") return refused("oidc.code_refused", error);
    return refused("oidc.refused", "token endpoint: " + error);
  }
  const auto json = codec::parse_json(response.body);
  if (!json || !json->is_object()) return unavailable("oidc.malformed", "token response");
  codec::JsonFields fields(json->as_object());
  auto id_token = fields.string("id_token", kTokenBytesMax);
  auto access_token = fields.string("access_token", kTokenBytesMax);
  const auto type = fields.string("token_type", 16);
  if (!id_token || !access_token || !type || !is_bearer(*type)) {
    return unavailable("oidc.malformed", "token response");
  }
  return Tokens{std::move(*id_token), std::move(*access_token)};
}

core::Result<codec::JsonObject> RelyingParty::userinfo(const ProviderMetadata& provider,
                                                       const Tokens& tokens, std::string_view sub) {
  if (provider.userinfo_endpoint.empty()) return codec::JsonObject{};
  http::ClientRequest request{.url = provider.userinfo_endpoint};
  request.fields.emplace_back("Authorization", "Bearer " + tokens.access_token);
  TRY(const auto response, call(std::move(request)));
  auto json = codec::parse_json(response.body);
  if (response.status != 200 || !json || !json->is_object()) {
    return unavailable("oidc.malformed", "userinfo: status " + std::to_string(response.status));
  }
  const auto* said = json->as_object().if_contains("sub");
  const bool ours =
      said != nullptr && said->is_string() && std::string_view(said->as_string()) == sub;
  if (!ours) return refused("oidc.userinfo_sub");
  return std::move(json->as_object());
}

core::Result<SignIn> RelyingParty::finish(const Callback& callback, const PendingSignIn& pending,
                                          core::Instant now) {
  TRY(const auto provider, metadata(now));
  TRY_VOID(check_callback(callback, pending, provider));
  TRY(const auto tokens, exchange(callback, pending, provider));
  const IdTokenExpectation expected{.issuer = provider.issuer,
                                    .client_id = config_.client_id,
                                    .nonce = pending.nonce,
                                    .access_token = tokens.access_token,
                                    .code = callback.code};
  TRY(auto known_keys, keys(provider, now, false));
  auto verified = verify_id_token(tokens.id_token, known_keys, expected, now);
  if (!verified && verified.error().reason == "oidc.id_token_key") {
    TRY(known_keys, keys(provider, now, true));
    verified = verify_id_token(tokens.id_token, known_keys, expected, now);
  }
  if (!verified) return core::fail(verified.error());
  TRY(const auto more, userinfo(provider, tokens, verified->sub));
  SignIn sign_in{provider.issuer, verified->sub, verified->acr, std::move(verified->claims)};
  // The id_token is signed and userinfo is not: what both say, the id_token says.
  for (const auto& member : more) {
    if (!sign_in.claims.contains(member.key())) sign_in.claims.insert(member);
  }
  return sign_in;
}

}  // namespace edges::oidc
