#include "api/identity/attribute_api.h"

#include "api/identity/attribute_json.h"
#include "api/route_maker.h"
#include "api/wire.h"

namespace api {

using codec::JsonArray;
using codec::JsonFields;
using codec::JsonObject;
using core::ErrorCode;
using core::fail;
using http::Request;

namespace {

constexpr std::size_t kValueBytesMax = 1024;

}  // namespace

std::vector<http::Route> AttributeApi::routes() {
  using Api = AttributeApi;
  using http::Method;
  constexpr auto kSession = http::AuthPolicy::kSession;
  const RouteMaker<Api> route(this);
  return {
      route({Method::kGet, "/api/v1/me/attributes", "listAttributes", kSession, kReading},
            &Api::list_attributes),
      route({Method::kPut, "/api/v1/me/attributes/{name}", "putAttribute", kSession, kWriting},
            &Api::put_attribute),
      route(
          {Method::kDelete, "/api/v1/me/attributes/{name}", "removeAttribute", kSession, kWriting},
          &Api::remove_attribute),
      route({Method::kGet, "/api/v1/me/functions", "listFunctions", kSession, kReading},
            &Api::list_functions),
      route({Method::kGet, "/api/v1/me/providers", "listLinkedProviders", kSession, kReading},
            &Api::list_providers),
      route({Method::kDelete, "/api/v1/me/providers/{provider}", "unlinkProvider", kSession,
             kWriting},
            &Api::unlink_provider),
  };
}

core::Result<http::Response> AttributeApi::list_attributes(const Request& request) {
  TRY(const auto attributes,
      services_.attributes.list(request.subject().citizen_id, request.received_at()));
  JsonArray items;
  for (const auto& attribute : attributes) items.push_back(to_json(attribute));
  return http::json_ok(JsonObject{{"attributes", std::move(items)}});
}

core::Result<http::Response> AttributeApi::put_attribute(const Request& request) {
  TRY(const auto json, http::json_body(request));
  TRY(auto fields, JsonFields::of(json));
  TRY(auto value, fields.string("value", kValueBytesMax));
  TRY_VOID(fields.finish());
  TRY_VOID(services_.attributes.put_own(request.subject().citizen_id, request.path_param("name"),
                                        core::Secret<std::string>(std::move(value)),
                                        request.received_at()));
  return http::no_content();
}

core::Result<http::Response> AttributeApi::remove_attribute(const Request& request) {
  TRY_VOID(services_.attributes.remove_own(request.subject().citizen_id, request.path_param("name"),
                                           request.received_at()));
  return http::no_content();
}

core::Result<http::Response> AttributeApi::list_functions(const Request& request) {
  const auto client = identity::find_client(request.query("client").value_or("web"));
  if (!client) return fail(ErrorCode::kInvalidInput, "functions.client_unknown");
  TRY(const auto profile,
      services_.assurance.profile(request.subject().citizen_id, request.received_at()));
  TRY(const auto states, services_.gate.states(profile, *client, request.received_at()));
  JsonArray items;
  for (const auto& state : states) items.push_back(to_json(state));
  return http::json_ok(JsonObject{{"client", identity::name_of(*client)},
                                  {"level", identity::name_of(profile.citizen.level)},
                                  {"functions", std::move(items)}});
}

core::Result<http::Response> AttributeApi::list_providers(const Request& request) {
  TRY(const auto linked, services_.links.list(request.subject().citizen_id));
  JsonArray items;
  for (const auto& one : linked) items.push_back(to_json(one));
  return http::json_ok(JsonObject{{"providers", std::move(items)}});
}

core::Result<http::Response> AttributeApi::unlink_provider(const Request& request) {
  TRY_VOID(services_.links.unlink(request.subject().citizen_id, request.path_param("provider"),
                                  request.received_at()));
  return http::no_content();
}

}  // namespace api
