#include "edges/esia/esia_client.h"

#include <algorithm>
#include <utility>

#include "codec/base64url.h"
#include "core/assert.h"
#include "crypto/digest.h"
#include "crypto/streebog.h"
#include "edges/esia/error_table.h"
#include "edges/esia/random_state.h"
#include "edges/esia/signed_text.h"
#include "edges/esia/timestamp.h"
#include "http/parameters.h"

namespace edges::esia {
namespace {

using core::ErrorCode;

constexpr std::size_t kCodeBytesMax = 8192;  // ESIA's code is a JWT
constexpr std::size_t kVerifierBytes = 32;

auto refused(std::string_view reason, std::string_view why = {}) {
  return core::fail(ErrorCode::kForbidden, reason, std::string(why));
}
auto unavailable(std::string_view reason, std::string detail) {
  return core::fail(ErrorCode::kUnavailable, reason, std::move(detail));
}

bool same(std::string_view a, std::string_view b) {
  return !b.empty() && crypto::equal_constant_time(core::as_bytes(a), core::as_bytes(b));
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

std::string form_of(const std::vector<std::pair<std::string_view, std::string>>& parameters) {
  std::string form;
  for (const auto& [name, value] : parameters) {
    if (!form.empty()) form += '&';
    form.append(name).append("=").append(http::percent_encode(value));
  }
  return form;
}

}  // namespace

EsiaClient::EsiaClient(EsiaConfig config, ClientSigner signer,
                       std::vector<crypto::Certificate> certificates, http::HttpCaller& caller,
                       core::Rng& rng)
    : config_(std::move(config)),
      signer_(std::move(signer)),
      certificates_(std::move(certificates)),
      caller_(caller),
      rng_(rng) {
  CORE_ASSERT(!certificates_.empty());
}

core::Result<EsiaClient::Parameters> EsiaClient::signed_parameters(const std::string& state,
                                                                   std::string_view code,
                                                                   core::Instant now) const {
  const auto scope = joined(config_.scopes);
  const auto scope_org = joined(config_.org_scopes);
  const auto timestamp = to_esia_timestamp(now);
  TRY(auto secret,
      signer_.client_secret(signed_text(config_.scheme, {.client_id = config_.client_id,
                                                         .scope = scope,
                                                         .scope_org = scope_org,
                                                         .timestamp = timestamp,
                                                         .state = state,
                                                         .redirect_uri = config_.redirect_uri,
                                                         .code = code})));
  Parameters parameters{{"client_id", config_.client_id},
                        {"client_secret", std::move(secret)},
                        {"scope", scope},
                        {"timestamp", timestamp},
                        {"state", state},
                        {"redirect_uri", config_.redirect_uri}};
  if (!scope_org.empty()) parameters.emplace_back("scope_org", scope_org);
  if (!signer_.certificate_hash().empty()) {
    parameters.emplace_back("client_certificate_hash", signer_.certificate_hash());
  }
  return parameters;
}

core::Result<PendingSignIn> EsiaClient::begin(core::Instant now) {
  PendingSignIn pending;
  pending.state = random_state(rng_);
  TRY(auto parameters, signed_parameters(pending.state, {}, now));
  parameters.emplace_back("response_type", "code");
  parameters.emplace_back("access_type", "online");
  if (config_.pkce) {
    auto verifier = codec::to_base64url(core::random_bytes(rng_, kVerifierBytes));
    TRY(const auto challenge, crypto::streebog256(core::as_bytes(verifier)));
    parameters.emplace_back("code_challenge", codec::to_base64url(challenge));
    parameters.emplace_back("code_challenge_method", "GOST3411");
    pending.code_verifier = core::Secret<std::string>(std::move(verifier));
  }
  pending.authorization_url =
      config_.base_url + config_.paths.authorize + "?" + form_of(parameters);
  return pending;
}

core::Result<http::ClientResponse> EsiaClient::call(http::ClientRequest request) {
  request.fields.emplace_back("Accept", "application/json");
  request.response_bytes_max = kPersonBytesMax;
  request.total_timeout = config_.call_timeout;
  auto response = caller_.call(request);
  if (response) return response;
  const auto& reason = response.error().reason;
  const bool read = reason == "client.too_large" || reason == "client.malformed";
  return unavailable(read ? "esia.malformed" : "esia.unavailable", reason);
}

core::Result<TokenResponse> EsiaClient::exchange(const Callback& callback,
                                                 const PendingSignIn& pending,
                                                 const std::string& state, core::Instant now) {
  TRY(auto parameters, signed_parameters(state, callback.code, now));
  parameters.emplace_back("code", callback.code);
  parameters.emplace_back("grant_type", "authorization_code");
  parameters.emplace_back("token_type", "Bearer");
  const auto& verifier = pending.code_verifier.reveal();
  if (!verifier.empty()) parameters.emplace_back("code_verifier", verifier);
  http::ClientRequest request{.method = http::Method::kPost,
                              .url = config_.base_url + config_.paths.token};
  request.fields.emplace_back("Content-Type", "application/x-www-form-urlencoded");
  request.body = form_of(parameters);
  TRY(const auto response, call(std::move(request)));
  if (response.status != 200) return core::fail(parse_refusal(response.status, response.body));
  return parse_token_response(response.body);
}

core::Result<EsiaSignIn> EsiaClient::redeem(const Callback& callback, const PendingSignIn& pending,
                                            core::Instant now) {
  if (!same(callback.state, pending.state)) return refused("esia.state", "callback");
  if (!callback.error.empty() || !callback.error_description.empty()) {
    return core::fail(esia_error(callback.error, callback.error_description));
  }
  if (callback.code.empty() || callback.code.size() > kCodeBytesMax) {
    return refused("esia.refused", "no code");
  }
  const auto state = random_state(rng_);
  TRY(const auto tokens, exchange(callback, pending, state, now));
  const TokenExpectation expected{config_.issuer, config_.client_id, certificates_};
  EsiaSignIn sign_in;
  TRY(sign_in.token, verify_id_token(tokens.id_token, expected, now));
  if (!same(tokens.state, state)) return refused("esia.state", "token response");
  TRY(const auto access, verify_access_token(tokens.access_token, expected, now));
  if (access.oid != sign_in.token.oid || access.session != sign_in.token.session) {
    return refused("esia.mixed_up");
  }
  Session session{.access_token = tokens.access_token,
                  .person_url = config_.base_url + config_.paths.persons + "/" + access.oid};
  TRY(sign_in.person, person(session));
  return sign_in;
}

std::string EsiaClient::logout_url(std::string_view redirect_url) const {
  return config_.base_url + config_.paths.logout + "?" +
         form_of({{"client_id", config_.client_id}, {"redirect_url", std::string(redirect_url)}});
}

}  // namespace edges::esia
