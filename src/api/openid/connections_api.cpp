#include "api/openid/connections_api.h"

#include "api/route_maker.h"
#include "api/wire.h"

namespace api {
namespace {

using codec::JsonArray;
using codec::JsonObject;
using core::ErrorCode;
using core::fail;
using http::Request;

JsonObject party_json(const openid::RelyingParty& party, std::string_view language) {
  return {{"client_id", party.client_id},
          {"name", party.name.in(language)},
          {"purpose", party.purpose.in(language)}};
}

JsonObject document_json(const openid::ConsentDocument& document) {
  return {{"language", document.language}, {"text", document.text}, {"sha256", document.sha256}};
}

core::Result<JsonArray> values_json(const openid::AuthorizationView& view) {
  JsonArray items;
  for (const auto& claim : view.claims) {
    JsonObject item{{"claim", claim}};
    const auto& values = *view.values;
    const auto found = std::find_if(values.begin(), values.end(),
                                    [&](const auto& value) { return value.name == claim; });
    if (found != values.end()) {
      TRY(auto value, codec::parse_json(found->json.reveal()));
      item["value"] = std::move(value);
    }
    items.push_back(std::move(item));
  }
  return items;
}

}  // namespace

core::Result<std::optional<openid::SignedIn>> ConnectionsApi::who(const Request& request) {
  if (!request.has_subject()) return std::optional<openid::SignedIn>();
  const auto& subject = request.subject();
  TRY(auto signed_in,
      services_.sign_ins.find(subject.citizen_id, subject.session_key, request.received_at()));
  return std::optional(std::move(signed_in));
}

core::Result<http::Response> ConnectionsApi::view(const Request& request) {
  TRY(const auto signed_in, who(request));
  TRY(const auto view, services_.authorizations.view(request.path_param("request_id"),
                                                     {signed_in, http::tag_of(request.language())},
                                                     request.received_at()));
  JsonObject json{{"state", openid::name_of(view.state)},
                  {"party", party_json(*view.party, http::tag_of(request.language()))},
                  {"offline_access", view.offline_access},
                  {"device", view.is_device}};
  if (view.values) {
    TRY(json["claims"], values_json(view));
  }
  if (view.document) json["document"] = document_json(*view.document);
  put_moment(json, "expires_at", view.expires_at);
  return http::json_ok(json);
}

core::Result<http::Response> ConnectionsApi::decide(const Request& request) {
  TRY(const auto json, http::json_body(request));
  TRY(auto fields, codec::JsonFields::of(json));
  TRY(const auto name, fields.string("decision", 16));
  TRY(const auto sha256, fields.optional_string("document_sha256", 64));
  TRY_VOID(fields.finish());
  const auto decision = openid::find_decision(name);
  if (!decision) return fail(ErrorCode::kInvalidInput, "authorization.decision_unknown");
  TRY(const auto signed_in, who(request));
  TRY(const auto to, services_.authorizations.decide(request.path_param("request_id"),
                                                     {*decision, sha256.value_or("")}, signed_in,
                                                     request.received_at()));
  return http::json_ok(JsonObject{{"location", to.location}});
}

core::Result<http::Response> ConnectionsApi::enter_user_code(const Request& request) {
  TRY(const auto json, http::json_body(request));
  TRY(auto fields, codec::JsonFields::of(json));
  TRY(const auto user_code, fields.string("user_code", 32));
  TRY_VOID(fields.finish());
  TRY(const auto id, services_.devices.open(user_code, request.received_at()));
  return http::json_created(JsonObject{{"request_id", id}});
}

core::Result<http::Response> ConnectionsApi::view_logout(const Request& request) {
  TRY(const auto signed_in, who(request));
  TRY(const auto view,
      services_.logouts.view(request.path_param("logout_id"), request.received_at()));
  JsonObject json{{"confirm", signed_in && !services_.logouts.is_of(view, *signed_in)},
                  {"signed_in", signed_in.has_value()}};
  if (view.party) json["party"] = party_json(*view.party, http::tag_of(request.language()));
  put_text(json, "location", view.location);
  return http::json_ok(json);
}

core::Result<http::Response> ConnectionsApi::list(const Request& request) {
  TRY(const auto connections,
      services_.connections.list(request.subject().citizen_id, request.received_at()));
  JsonArray items;
  for (const auto& connection : connections) {
    JsonObject item{{"party", party_json(*connection.party, http::tag_of(request.language()))},
                    {"claims", JsonArray(connection.claims.begin(), connection.claims.end())},
                    {"offline_access", connection.offline_access}};
    put_moment(item, "granted_at", connection.granted_at);
    put_moment(item, "last_used_at", connection.last_used_at);
    items.push_back(std::move(item));
  }
  return http::json_ok(JsonObject{{"connections", std::move(items)}});
}

core::Result<http::Response> ConnectionsApi::disconnect(const Request& request) {
  TRY_VOID(services_.connections.disconnect(
      request.subject().citizen_id, request.path_param("client_id"), request.received_at()));
  return http::no_content();
}

std::vector<http::Route> ConnectionsApi::routes() {
  const RouteMaker<ConnectionsApi> route(this);
  using Api = ConnectionsApi;
  using http::AuthPolicy;
  using http::Method;
  return {
      route({Method::kGet, "/api/v1/authorizations/{request_id}", "getAuthorization",
             AuthPolicy::kOptionalSession, kReading},
            &Api::view),
      route({Method::kPost, "/api/v1/authorizations/{request_id}/decision", "decideAuthorization",
             AuthPolicy::kOptionalSession, kWriting},
            &Api::decide),
      route({Method::kPost, "/api/v1/device-authorizations", "enterUserCode", AuthPolicy::kPublic,
             kTryingSecrets},
            &Api::enter_user_code),
      route({Method::kGet, "/api/v1/logouts/{logout_id}", "getLogout", AuthPolicy::kOptionalSession,
             kReading},
            &Api::view_logout),
      route(
          {Method::kGet, "/api/v1/connections", "listConnections", AuthPolicy::kSession, kReading},
          &Api::list),
      route({Method::kDelete, "/api/v1/connections/{client_id}", "disconnectParty",
             AuthPolicy::kSession, kWriting},
            &Api::disconnect),
  };
}

}  // namespace api
