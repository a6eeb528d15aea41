#include "api/identity/email_api.h"

#include "api/identity/asker.h"
#include "api/route_maker.h"
#include "api/wire.h"

namespace api {
namespace {

using codec::JsonFields;
using codec::JsonObject;
using http::Request;

JsonObject to_json(const identity::EmailState& state) {
  JsonObject json{{"available", state.available}, {"code_digits", state.code_digits}};
  if (state.confirmed) {
    JsonObject confirmed{{"email_masked", state.confirmed->masked}};
    put_moment(confirmed, "confirmed_at", state.confirmed->at);
    json["confirmed"] = std::move(confirmed);
  }
  if (state.pending) {
    JsonObject pending{{"email_masked", state.pending->masked}};
    put_moment(pending, "expires_at", state.pending->at);
    json["pending"] = std::move(pending);
  }
  return json;
}

}  // namespace

core::Result<http::Response> EmailApi::state(const Request& request) {
  TRY(const auto state, email_.state(request.subject().citizen_id));
  return http::json_ok(to_json(state));
}

core::Result<http::Response> EmailApi::set(const Request& request) {
  TRY(const auto json, http::json_body(request));
  TRY(auto fields, JsonFields::of(json));
  TRY(const auto text, fields.string("email", identity::EmailAddress::kTextBytesMax));
  auto asker = asker_of(request);
  TRY(asker.work, work_members(fields));
  TRY_VOID(fields.finish());
  TRY(const auto address, identity::EmailAddress::parse(text));
  TRY_VOID(email_.set(request.subject().citizen_id, address, asker, request.received_at()));
  TRY(const auto state, email_.state(request.subject().citizen_id));
  auto response = http::json_ok(to_json(state));
  response.status = 202;
  return response;
}

core::Result<http::Response> EmailApi::prepare_work(const Request& request) {
  TRY(const auto json, http::json_body(request));
  TRY(auto fields, JsonFields::of(json));
  TRY(const auto text, fields.string("email", identity::EmailAddress::kTextBytesMax));
  TRY_VOID(fields.finish());
  TRY(const auto address, identity::EmailAddress::parse(text));
  TRY(const auto work, email_.prepare_work(request.subject().citizen_id, address, asker_of(request),
                                           request.received_at()));
  return work_answer(work);
}

core::Result<http::Response> EmailApi::confirm(const Request& request) {
  TRY(const auto json, http::json_body(request));
  TRY(auto fields, JsonFields::of(json));
  TRY(auto code, fields.string("code", 16));
  TRY_VOID(fields.finish());
  TRY_VOID(email_.confirm(request.subject().citizen_id, core::Secret<std::string>(std::move(code)),
                          request.received_at()));
  return http::no_content();
}

core::Result<http::Response> EmailApi::remove(const Request& request) {
  TRY_VOID(email_.remove(request.subject().citizen_id, request.received_at()));
  return http::no_content();
}

std::vector<http::Route> EmailApi::routes() {
  const RouteMaker<EmailApi> route(this);
  using Api = EmailApi;
  using http::Method;
  constexpr auto kSession = http::AuthPolicy::kSession;
  return {
      route({Method::kGet, "/api/v1/me/email", "getEmail", kSession, kReading}, &Api::state),
      route({Method::kPut, "/api/v1/me/email", "setEmail", kSession, kSendingCodes}, &Api::set),
      route({Method::kPost, "/api/v1/me/email/work", "prepareEmailWork", kSession, kTryingSecrets},
            &Api::prepare_work),
      route({Method::kPost, "/api/v1/me/email/confirmation", "confirmEmail", kSession,
             kTryingSecrets},
            &Api::confirm),
      route({Method::kDelete, "/api/v1/me/email", "removeEmail", kSession, kWriting}, &Api::remove),
  };
}

}  // namespace api
