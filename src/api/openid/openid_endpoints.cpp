#include "api/openid/openid_endpoints.h"

#include <algorithm>
#include <array>

#include "api/limits.h"
#include "api/openid/oauth_form.h"
#include "http/text.h"

namespace api {
namespace {

using core::ErrorCode;
using core::fail;
using http::Request;
using openid::Parameters;

constexpr std::string_view kFormType = "application/x-www-form-urlencoded";
constexpr std::string_view kTokenPath = "/oauth/token";
constexpr std::string_view kClientCredentials = "client_credentials";
constexpr std::string_view kAsksForClient = "grant_type=client_credentials";

/// A secret is compared; an assertion or a proof is used up, and that is a write.
bool presents_secret(const Request& request) {
  return !request.header("dpop") && request.header("authorization").value_or("").size() > 5 &&
         http::equal_no_case(request.header("authorization")->substr(0, 6), "basic ");
}

// Looks at the form as it was sent: one written in another way is answered too, by a worker.
bool token_waits(const Request& request) {
  if (!presents_secret(request)) return true;
  auto form = request.body();
  while (!form.empty()) {
    if (http::next_part(form, '&') == kAsksForClient) return false;
  }
  return true;
}

bool has_proof(const Request& request) {
  return std::any_of(request.fields().begin(), request.fields().end(),
                     [](const auto& field) { return field.first == "dpop"; });
}

core::Result<std::string> required(const Parameters& form, std::string_view name) {
  const auto value = openid::find(form, name);
  if (value) return std::string(*value);
  return fail(ErrorCode::kInvalidInput, "oauth.invalid_request." + std::string(name) + "_missing");
}

codec::JsonObject token_json(const openid::TokenAnswer& answer) {
  codec::JsonObject json{{"access_token", answer.access_token.reveal()},
                         {"token_type", answer.token_type},
                         {"expires_in", answer.expires_in_s}};
  if (!answer.scope.empty()) json["scope"] = answer.scope;
  if (answer.refresh_token) json["refresh_token"] = answer.refresh_token->reveal();
  if (answer.id_token) json["id_token"] = *answer.id_token;
  return json;
}

codec::JsonObject introspection_json(const openid::TokenFacts& facts, const std::string& issuer) {
  codec::JsonObject json{{"active", true},
                         {"client_id", facts.client_id},
                         {"token_type", facts.jkt.empty() ? "Bearer" : "DPoP"},
                         {"iss", issuer},
                         {"iat", facts.issued_at.seconds()},
                         {"exp", facts.expires_at.seconds()}};
  if (!facts.scope.empty()) json["scope"] = facts.scope;
  if (!facts.jkt.empty()) json["cnf"] = codec::JsonObject{{"jkt", facts.jkt}};
  if (facts.sign_in) {
    json["acr"] = facts.sign_in->acr;
    json["auth_time"] = facts.sign_in->auth_time.seconds();
  }
  return json;
}

/// A consent that ended after its token was looked at: the token is worth nothing any more.
core::Error told(core::Error error) {
  if (error.code != ErrorCode::kForbidden) return error;
  return {ErrorCode::kUnauthenticated, "oauth.invalid_token.consent_ended", {}};
}

}  // namespace

core::Result<http::Response> OpenidEndpoints::jwks(const Request& request) {
  TRY(const auto set, services_.keys.published(request.received_at()));
  // Short enough that a key published before it signs is known everywhere when it does.
  return http::json_ok(set).with("Cache-Control", "public, max-age=300");
}

core::Result<http::Response> OpenidEndpoints::authorize(const Request& request) {
  auto parameters = query_of(request);
  if (request.method() == http::Method::kPost) {
    TRY(parameters, form_of(request));
  }
  TRY(const auto to, services_.authorizations.begin(parameters, request.received_at()));
  return http::redirect(303, to.location);
}

core::Result<openid::PartyPtr> OpenidEndpoints::client_of(const Request& request,
                                                          const Parameters& form) {
  TRY(const auto presented, presented_client(request, form, services_.address.issuer));
  return services_.parties.authenticate(presented, request.received_at());
}

core::Result<std::string> OpenidEndpoints::proof_of(const Request& request, std::string_view path,
                                                    std::string_view access_token) {
  const auto count = std::count_if(request.fields().begin(), request.fields().end(),
                                   [](const auto& field) { return field.first == "dpop"; });
  if (count == 0) return std::string();
  const auto proof = request.header("dpop");
  if (!proof) return fail(ErrorCode::kInvalidInput, "oauth.invalid_dpop_proof.doubled");
  return services_.tokens.take_proof(*proof,
                                     {.method = http::name_of(request.method()),
                                      .url = services_.address.at(path),
                                      .access_token = access_token},
                                     request.received_at());
}

core::Result<http::Response> OpenidEndpoints::push(const Request& request) {
  TRY(auto form, form_of(request));
  TRY(const auto party, client_of(request, form));
  TRY(const auto jkt, proof_of(request, "/oauth/par", {}));
  TRY(const auto pushed, services_.authorizations.push(*party, form, jkt, request.received_at()));
  return http::json_created(
      codec::JsonObject{{"request_uri", pushed.request_uri}, {"expires_in", pushed.expires_in_s}});
}

core::Result<http::Response> OpenidEndpoints::token(const Request& request) {
  TRY(const auto form, form_of(request));
  TRY(const auto party, client_of(request, form));
  TRY(const auto jkt, proof_of(request, kTokenPath, {}));
  if (openid::find(form, "grant_type") == kClientCredentials) {
    return serve_client(*party, form, jkt, request.received_at());
  }
  TRY(const auto answer, grant(*party, form, jkt, request.received_at()));
  return http::json_ok(token_json(answer));
}

core::Result<http::Response> OpenidEndpoints::serve_client(const openid::RelyingParty& party,
                                                           const Parameters& form,
                                                           std::string_view jkt,
                                                           core::Instant now) {
  const auto scope = openid::find(form, "scope").value_or("");
  TRY(auto pending, services_.tokens.serve_client(party, scope, jkt, now));
  return http::hold({.begin = std::move(pending.store),
                     .finish = [json = token_json(pending.answer)](
                                   const core::Status& stored) -> core::Result<http::Response> {
                       if (!stored) return core::fail(stored.error());
                       return http::json_ok(json);
                     }});
}

core::Result<openid::TokenAnswer> OpenidEndpoints::grant(const openid::RelyingParty& party,
                                                         const Parameters& form,
                                                         std::string_view jkt, core::Instant now) {
  TRY(const auto type, required(form, "grant_type"));
  const auto scope = openid::find(form, "scope").value_or("");
  if (type == "refresh_token") {
    TRY(const auto token, required(form, "refresh_token"));
    return services_.tokens.refresh(party, token, scope, jkt, now);
  }
  if (type == "urn:ietf:params:oauth:grant-type:device_code") {
    TRY(const auto code, required(form, "device_code"));
    return services_.devices.poll(party, code, jkt, now);
  }
  if (type != "authorization_code")
    return fail(ErrorCode::kInvalidInput, "oauth.unsupported_grant_type");
  openid::CodeExchange exchange;
  TRY(exchange.code, required(form, "code"));
  TRY(exchange.redirect_uri, required(form, "redirect_uri"));
  TRY(exchange.code_verifier, required(form, "code_verifier"));
  return services_.tokens.exchange_code(party, exchange, jkt, now);
}

core::Result<http::Response> OpenidEndpoints::end_session(const Request& request) {
  auto parameters = query_of(request);
  if (request.method() == http::Method::kPost) {
    TRY(parameters, form_of(request));
  }
  TRY(auto page, services_.logouts.begin(parameters, request.received_at()));
  return http::redirect(303, std::move(page));
}

core::Result<http::Response> OpenidEndpoints::start_device(const Request& request) {
  TRY(const auto form, form_of(request));
  TRY(const auto party, client_of(request, form));
  TRY(const auto start, services_.devices.start(*party, openid::find(form, "scope").value_or(""),
                                                request.received_at()));
  const auto page = services_.address.at("/device");
  return http::json_ok(
      codec::JsonObject{{"device_code", start.device_code.reveal()},
                        {"user_code", start.user_code},
                        {"verification_uri", page},
                        {"verification_uri_complete", page + "?user_code=" + start.user_code},
                        {"expires_in", start.expires_in_s},
                        {"interval", start.interval_s}});
}

core::Result<http::Response> OpenidEndpoints::introspect(const Request& request) {
  TRY(const auto form, form_of(request));
  TRY(const auto party, client_of(request, form));
  if (party->auth == openid::ClientAuth::kNone) {
    return fail(ErrorCode::kUnauthenticated, "oauth.invalid_client.credential_missing");
  }
  TRY(const auto token, required(form, "token"));
  TRY(const auto facts, services_.tokens.introspect(*party, token, request.received_at()));
  if (!facts) return http::json_ok(codec::JsonObject{{"active", false}});
  auto json = introspection_json(*facts, services_.address.issuer);
  if (facts->citizen_id) {
    json["sub"] = services_.tokens.pseudonyms().sub(*party, *facts->citizen_id);
  }
  return http::json_ok(json);
}

core::Result<http::Response> OpenidEndpoints::revoke(const Request& request) {
  TRY(const auto form, form_of(request));
  TRY(const auto party, client_of(request, form));
  TRY(const auto token, required(form, "token"));
  TRY_VOID(services_.tokens.revoke(*party, token, request.received_at()));
  return http::text("");
}

core::Result<http::Response> OpenidEndpoints::userinfo(const Request& request) {
  Parameters form;
  if (request.method() == http::Method::kPost && !request.body().empty()) {
    TRY(form, form_of(request));
  }
  TRY(const auto bearer, bearer_token(request, form));
  openid::PresentedToken presented{.token = bearer.token, .with_dpop = bearer.with_dpop, .jkt = {}};
  TRY(presented.jkt, proof_of(request, "/oauth/userinfo", bearer.token));
  const auto now = request.received_at();
  TRY(const auto right, services_.tokens.check_userinfo(presented, services_.parties, now));
  if (right.claims.empty()) return tell_userinfo(right, {}, now);
  // Between the two the reading is put on record.
  using Values = core::Result<std::function<core::Result<openid::ClaimValues>()>>;
  const auto values = std::make_shared<std::optional<Values>>();
  return http::hold(
      {.begin =
           [this, right, values, now](const http::Held::Resume& resume) {
             services_.tokens.claims().release_later(right.citizen_id, right.party->client_id,
                                                     right.claims, now,
                                                     [values, resume](Values released) {
                                                       values->emplace(std::move(released));
                                                       resume({});
                                                     });
           },
       .finish = [this, right, values, now](const core::Status& /*status*/) -> Answer {
         if (!**values) return fail(told((**values).error()));
         TRY(const auto found, (***values)());
         return tell_userinfo(right, found, now);
       }});
}

core::Result<http::Response> OpenidEndpoints::tell_userinfo(const openid::UserInfoRight& right,
                                                            const openid::ClaimValues& values,
                                                            core::Instant now) {
  TRY(auto claims, services_.tokens.userinfo_json(right, values));
  if (!right.party->signed_userinfo) return http::json_ok(claims);
  claims["iss"] = services_.address.issuer;
  claims["aud"] = right.party->client_id;
  TRY(auto jwt, services_.tokens.sign(claims, "JWT", now));
  return http::bytes("application/jwt", std::move(jwt));
}

http::Route OpenidEndpoints::endpoint(http::Method method, std::string path,
                                      std::string operation_id, Handler handler) {
  http::Route route;
  route.method = method;
  route.pattern = std::move(path);
  route.operation_id = std::move(operation_id);
  route.auth = http::AuthPolicy::kPublic;
  route.limit = kPartyCalls;
  route.body_bytes_max = kSmallBodyBytesMax;
  // No browser makes these with a cookie: each carries a credential of its own.
  route.csrf_exempt = true;
  route.body_media_type = kFormType;
  route.render_error = oauth_error;
  route.any_origin = true;
  route.handler = [this, handler](const Request& request) { return (this->*handler)(request); };
  return route;
}

std::vector<http::Route> OpenidEndpoints::routes() {
  using Api = OpenidEndpoints;
  using http::Method;
  std::vector<http::Route> routes{
      endpoint(Method::kGet, "/oauth/jwks", "getProviderKeys", &Api::jwks),
      endpoint(Method::kGet, "/oauth/authorize", "authorize", &Api::authorize),
      endpoint(Method::kPost, "/oauth/authorize", "authorizeByForm", &Api::authorize),
      endpoint(Method::kGet, "/oauth/end_session", "endSession", &Api::end_session),
      endpoint(Method::kPost, "/oauth/end_session", "endSessionByForm", &Api::end_session),
      endpoint(Method::kPost, "/oauth/device_authorization", "authorizeDevice", &Api::start_device),
      endpoint(Method::kPost, "/oauth/par", "pushAuthorizationRequest", &Api::push),
      endpoint(Method::kPost, "/oauth/token", "issueTokens", &Api::token),
      endpoint(Method::kPost, "/oauth/introspect", "introspectToken", &Api::introspect),
      endpoint(Method::kPost, "/oauth/revoke", "revokeToken", &Api::revoke),
      endpoint(Method::kGet, "/oauth/userinfo", "getUserinfo", &Api::userinfo),
      endpoint(Method::kPost, "/oauth/userinfo", "getUserinfoByPost", &Api::userinfo),
  };
  for (auto& route : routes) {
    if (route.pattern == kTokenPath) route.waits = token_waits;
    if (route.pattern == "/oauth/introspect") {
      route.waits = [](const Request& request) { return !presents_secret(request); };
    }
    if (route.pattern == "/oauth/userinfo") route.waits = has_proof;
    if (route.waits) route.execution = http::Execution::kKeyedRead;
  }
  // A person sits at this one: they get a page.
  for (std::size_t i = 1; i <= 4; ++i) {
    routes[i].any_origin = false;
    routes[i].render_error = [](const core::Error& /*error*/) {
      return http::redirect(303, "/authorize?problem=authorization.malformed");
    };
  }
  constexpr std::array<std::pair<const char*, const char*>, 2> kDiscovery{{
      {"/.well-known/openid-configuration", "getOpenidConfiguration"},
      {"/.well-known/oauth-authorization-server", "getAuthorizationServerMetadata"},
  }};
  for (const auto& [path, operation_id] : kDiscovery) {
    auto route = endpoint(Method::kGet, path, operation_id, &Api::jwks);
    route.handler = nullptr;
    route.constant = http::json_ok(discovery_document(services_.address));
    route.constant->with("Cache-Control", "public, max-age=300")
        .with("Access-Control-Allow-Origin", "*");
    route.any_origin = false;
    routes.push_back(std::move(route));
  }
  return routes;
}

}  // namespace api
