#include "api/openid/openid_endpoints.h"
#include "codec/json.h"

namespace api {
namespace {

codec::JsonArray array(std::initializer_list<std::string_view> texts) {
  codec::JsonArray items;
  for (const auto text : texts) items.emplace_back(text);
  return items;
}

codec::JsonArray all_scopes() {
  auto scopes = array({"openid", "offline_access"});
  for (const auto& scope : openid::claim_scopes()) scopes.emplace_back(scope);
  return scopes;
}

codec::JsonArray claims_supported() {
  auto claims =
      array({"sub", "acr", "amr", "auth_time", "iss", "aud", "exp", "iat", "nonce", "sid"});
  for (const auto& claim : openid::all_claims()) claims.emplace_back(claim);
  return claims;
}

}  // namespace

codec::JsonObject discovery_document(const openid::ProviderAddress& address) {
  const auto methods = array({"client_secret_basic", "private_key_jwt"});
  const auto algorithms = array({"ES256", "RS256"});
  return {
      {"issuer", address.issuer},
      {"authorization_endpoint", address.at("/oauth/authorize")},
      {"token_endpoint", address.at("/oauth/token")},
      {"userinfo_endpoint", address.at("/oauth/userinfo")},
      {"jwks_uri", address.at("/oauth/jwks")},
      {"pushed_authorization_request_endpoint", address.at("/oauth/par")},
      {"introspection_endpoint", address.at("/oauth/introspect")},
      {"revocation_endpoint", address.at("/oauth/revoke")},
      {"end_session_endpoint", address.at("/oauth/end_session")},
      {"device_authorization_endpoint", address.at("/oauth/device_authorization")},
      {"backchannel_logout_supported", true},
      {"backchannel_logout_session_supported", true},
      {"response_types_supported", array({"code"})},
      {"response_modes_supported", array({"query"})},
      {"grant_types_supported", array({"authorization_code", "refresh_token", "client_credentials",
                                       "urn:ietf:params:oauth:grant-type:device_code"})},
      {"code_challenge_methods_supported", array({"S256"})},
      {"subject_types_supported", array({"pairwise"})},
      {"id_token_signing_alg_values_supported", array({"ES256"})},
      {"userinfo_signing_alg_values_supported", array({"ES256"})},
      {"token_endpoint_auth_methods_supported",
       array({"client_secret_basic", "private_key_jwt", "none"})},
      {"token_endpoint_auth_signing_alg_values_supported", algorithms},
      {"introspection_endpoint_auth_methods_supported", methods},
      {"introspection_endpoint_auth_signing_alg_values_supported", algorithms},
      {"revocation_endpoint_auth_methods_supported",
       array({"client_secret_basic", "private_key_jwt", "none"})},
      {"revocation_endpoint_auth_signing_alg_values_supported", algorithms},
      {"dpop_signing_alg_values_supported", array({"ES256"})},
      {"scopes_supported", all_scopes()},
      {"claims_supported", claims_supported()},
      {"claim_types_supported", array({"normal"})},
      {"acr_values_supported", array({openid::kAcrPhone, openid::kAcrVerified})},
      {"prompt_values_supported", array({"none", "login", "consent", "select_account"})},
      {"ui_locales_supported", array({"ru", "en"})},
      {"claims_parameter_supported", true},
      {"request_parameter_supported", false},
      {"request_uri_parameter_supported", false},
      {"require_pushed_authorization_requests", false},
      {"authorization_response_iss_parameter_supported", true}};
}

}  // namespace api
