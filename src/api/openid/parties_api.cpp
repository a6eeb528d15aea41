#include "api/openid/parties_api.h"

#include "api/route_maker.h"
#include "api/wire.h"

namespace api {
namespace {

using codec::JsonArray;
using codec::JsonObject;
using http::Request;

constexpr std::size_t kRegistrationBytesMax = 64UL * 1024;

JsonObject party_json(const openid::RelyingParty& party) {
  JsonObject json{{"client_id", party.client_id},
                  {"state", party.disabled ? "disabled" : "live"},
                  {"registration", openid::PartyService::registration_of(party)}};
  put_moment(json, "registered_at", party.registered_at);
  put_moment(json, "changed_at", party.changed_at);
  return json;
}

JsonObject new_party_json(const openid::NewParty& made) {
  auto json = party_json(*made.party);
  if (made.client_secret) json["client_secret"] = made.client_secret->reveal();
  return json;
}

}  // namespace

core::Status PartiesApi::require_registrar(const Request& request) {
  return services_.staff.require(request.subject().citizen_id, identity::StaffRole::kRegistrar);
}

core::Result<http::Response> PartiesApi::roles(const Request& request) {
  TRY(const auto roles, services_.staff.roles_of(request.subject().citizen_id));
  JsonArray names;
  for (const auto role : roles) names.emplace_back(identity::name_of(role));
  return http::json_ok(JsonObject{{"roles", std::move(names)}});
}

core::Result<http::Response> PartiesApi::list(const Request& request) {
  TRY_VOID(require_registrar(request));
  TRY(const auto parties, services_.parties.list(request.received_at()));
  JsonArray items;
  for (const auto& party : parties) items.push_back(party_json(*party));
  return http::json_ok(JsonObject{{"relying_parties", std::move(items)}});
}

core::Result<http::Response> PartiesApi::add(const Request& request) {
  TRY_VOID(require_registrar(request));
  TRY(const auto json, http::json_body(request));
  TRY(const auto made, services_.parties.add(json, request.received_at()));
  return http::json_created(new_party_json(made));
}

core::Result<http::Response> PartiesApi::get(const Request& request) {
  TRY_VOID(require_registrar(request));
  const auto& client_id = request.path_param("client_id");
  TRY(const auto party, services_.parties.get(client_id, request.received_at()));
  TRY(const auto asks, services_.parties.refused_asks(client_id));
  auto json = party_json(*party);
  JsonArray refused;
  for (const auto& ask : asks) {
    JsonObject item{{"asked", ask.what}, {"times", ask.times}};
    put_moment(item, "first_at", ask.first_at);
    put_moment(item, "last_at", ask.last_at);
    refused.push_back(std::move(item));
  }
  json["refused"] = std::move(refused);
  return http::json_ok(json);
}

core::Result<http::Response> PartiesApi::change(const Request& request) {
  TRY_VOID(require_registrar(request));
  TRY(const auto json, http::json_body(request));
  TRY(const auto party,
      services_.parties.change(request.path_param("client_id"), json, request.received_at()));
  return http::json_ok(party_json(*party));
}

core::Result<http::Response> PartiesApi::set_state(const Request& request) {
  TRY_VOID(require_registrar(request));
  TRY(const auto json, http::json_body(request));
  TRY(auto fields, codec::JsonFields::of(json));
  TRY(const auto state, fields.string("state", 16));
  TRY_VOID(fields.finish());
  if (state != "live" && state != "disabled") {
    return core::fail(core::ErrorCode::kInvalidInput, "relying_party.state");
  }
  TRY(const auto party, services_.parties.set_disabled(request.path_param("client_id"),
                                                       state == "disabled", request.received_at()));
  return http::json_ok(party_json(*party));
}

core::Result<http::Response> PartiesApi::rotate_secret(const Request& request) {
  TRY_VOID(require_registrar(request));
  TRY(const auto made,
      services_.parties.rotate_secret(request.path_param("client_id"), request.received_at()));
  return http::json_ok(new_party_json(made));
}

std::vector<http::Route> PartiesApi::routes() {
  const RouteMaker<PartiesApi> route(this);
  using Api = PartiesApi;
  using http::Method;
  constexpr auto kSession = http::AuthPolicy::kSession;
  std::vector<http::Route> routes{
      route({Method::kGet, "/api/v1/staff/roles", "listMyRoles", kSession, kReading}, &Api::roles),
      route({Method::kGet, "/api/v1/relying-parties", "listRelyingParties", kSession, kReading},
            &Api::list),
      route({Method::kPost, "/api/v1/relying-parties", "addRelyingParty", kSession, kWriting},
            &Api::add),
      route({Method::kGet, "/api/v1/relying-parties/{client_id}", "getRelyingParty", kSession,
             kReading},
            &Api::get),
      route({Method::kPut, "/api/v1/relying-parties/{client_id}", "changeRelyingParty", kSession,
             kWriting},
            &Api::change),
      route({Method::kPut, "/api/v1/relying-parties/{client_id}/state", "setRelyingPartyState",
             kSession, kWriting},
            &Api::set_state),
      route({Method::kPost, "/api/v1/relying-parties/{client_id}/secret", "rotateClientSecret",
             kSession, kWriting},
            &Api::rotate_secret),
  };
  for (auto& one : routes) one.body_bytes_max = kRegistrationBytesMax;
  return routes;
}

}  // namespace api
