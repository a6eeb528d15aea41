#include "api/identity/authenticator_api.h"

#include "api/identity/identity_fields.h"
#include "api/identity/identity_json.h"
#include "api/identity/session_cookie.h"
#include "api/route_maker.h"
#include "api/wire.h"

namespace api {

using codec::JsonFields;
using http::AuthPolicy;
using http::Method;
using http::Request;

std::vector<http::Route> AuthenticatorApi::routes() {
  const RouteMaker<AuthenticatorApi> route(this);
  using Api = AuthenticatorApi;
  return {
      route({Method::kPost, "/api/v1/sessions/current/reauthentication", "reauthenticate",
             AuthPolicy::kSession, kTryingSecrets},
            &Api::reauthenticate),
  };
}

core::Result<http::Response> AuthenticatorApi::reauthenticate(const Request& request) {
  TRY(const auto json, http::json_body(request));
  TRY(auto fields, JsonFields::of(json));
  TRY(const auto password, password_member(fields, "password"));
  TRY_VOID(fields.finish());
  TRY(const auto known, services_.reauthentication.by_password(who(request.subject()), password,
                                                               request.received_at()));
  return http::json_ok(to_json(known));
}

}  // namespace api
