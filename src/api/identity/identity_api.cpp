#include "api/identity/identity_api.h"

#include <charconv>

#include "api/identity/asker.h"
#include "api/identity/identity_fields.h"
#include "api/identity/identity_json.h"
#include "api/identity/provider_session.h"
#include "api/identity/session_cookie.h"
#include "api/limits.h"
#include "api/wire.h"

namespace api {
namespace {

using codec::JsonArray;
using codec::JsonFields;
using codec::JsonObject;
using core::ErrorCode;
using core::fail;
using http::Request;

constexpr std::size_t kTokenBytesMax = 64;

core::Result<identity::Token> token_member(JsonFields& fields) {
  TRY(auto token, fields.string("registration_token", kTokenBytesMax));
  return identity::Token(std::move(token));
}

core::Result<identity::SeenEdition> seen_members(JsonFields& fields) {
  identity::SeenEdition seen;
  TRY(const auto number, fields.int64("number", 1, 9999));
  seen.number = static_cast<int>(number);
  TRY(seen.language, fields.string("language", 8));
  TRY(seen.sha256, fields.string("sha256", 64));
  return seen;
}

/// The token and the edition of one act of registration.
struct EditionBody {
  identity::Token token;
  identity::SeenEdition seen;
};

core::Result<EditionBody> edition_body(const Request& request) {
  TRY(const auto json, http::json_body(request));
  TRY(auto fields, JsonFields::of(json));
  EditionBody body;
  TRY(body.token, token_member(fields));
  TRY(body.seen, seen_members(fields));
  TRY_VOID(fields.finish());
  return body;
}

http::Response step_json(identity::RegistrationStep step) {
  return http::json_ok(JsonObject{{"next", identity::name_of(step)}});
}

core::Result<int> page_size(const Request& request) {
  constexpr int kDefault = 20;
  const auto text = request.query("limit");
  if (!text) return kDefault;
  int size = 0;
  const auto read = std::from_chars(text->data(), text->data() + text->size(), size);
  const bool whole = read.ec == std::errc{} && read.ptr == text->data() + text->size();
  if (!whole || size < 1 || size > audit::History::kPageMax) {
    return fail(ErrorCode::kInvalidInput, "page.limit");
  }
  return size;
}

}  // namespace

core::Result<http::Response> IdentityApi::set_password(const Request& request) {
  TRY(const auto json, http::json_body(request));
  TRY(auto fields, JsonFields::of(json));
  TRY(const auto token, token_member(fields));
  TRY(const auto password, password_member(fields, "password"));
  TRY_VOID(fields.finish());
  TRY(const auto step,
      services_.registrations.set_password(token, password, request.received_at()));
  return step_json(step);
}

core::Result<http::Response> IdentityApi::accept_agreement(const Request& request) {
  TRY(const auto body, edition_body(request));
  TRY(const auto step,
      services_.registrations.accept_agreement(body.token, body.seen, request.received_at()));
  return step_json(step);
}

core::Result<http::Response> IdentityApi::give_consent(const Request& request) {
  TRY(const auto body, edition_body(request));
  TRY(const auto opened, services_.registrations.give_consent(
                             body.token, body.seen, device_of(request), request.received_at()));
  return session_opened(opened, request.received_at());
}

core::Result<http::Response> IdentityApi::recover(const Request& request) {
  TRY(const auto json, http::json_body(request));
  TRY(auto fields, JsonFields::of(json));
  TRY(const auto token, token_member(fields));
  TRY(auto code, fields.optional_string("recovery_code", kRecoveryCodeTextMax));
  TRY_VOID(fields.finish());
  const auto recovery_code =
      code ? std::optional(core::Secret<std::string>(*std::move(code))) : std::nullopt;
  TRY(const auto opened, services_.registrations.recover(token, recovery_code, device_of(request),
                                                         request.received_at()));
  return session_opened(opened, request.received_at());
}

core::Result<http::Response> IdentityApi::sign_in(const Request& request) {
  TRY(const auto json, http::json_body(request));
  TRY(auto fields, JsonFields::of(json));
  TRY(const auto phone_text, fields.string("phone", identity::PhoneNumber::kTextBytesMax));
  TRY(const auto password, password_member(fields, "password"));
  TRY(const auto work, work_members(fields));
  TRY_VOID(fields.finish());
  TRY(const auto phone, identity::PhoneNumber::parse(phone_text, services_.phones));
  TRY(const auto outcome,
      services_.sessions.sign_in(phone, password, device_of(request), request.received_at(), work));
  if (const auto* ticket = std::get_if<identity::SecondFactorTicket>(&outcome)) {
    auto response = http::json_ok(to_json(*ticket));
    response.status = 202;
    return response;
  }
  return session_opened(std::get<identity::OpenedSession>(outcome), request.received_at());
}

core::Result<http::Response> IdentityApi::session_opened(const identity::OpenedSession& opened,
                                                         core::Instant now) {
  TRY(const auto profile, services_.assurance.profile(opened.citizen_id, now));
  TRY(const auto states, services_.gate.states(profile, identity::Client::kWeb, now));
  auto response = http::json_created(JsonObject{
      {"csrf_token", opened.csrf_token}, {"me", to_json(profile, states, opened.csrf_token)}});
  put_session(response, opened);
  return response;
}

core::Result<http::Response> IdentityApi::list_sessions(const Request& request) {
  const auto asking = who(request.subject());
  TRY(const auto sessions, services_.sessions.list(asking.citizen_id, request.received_at()));
  JsonArray items;
  for (const auto& session : sessions) items.push_back(to_json(session, asking.session_id));
  return http::json_ok(JsonObject{{"sessions", std::move(items)}});
}

core::Result<http::Response> IdentityApi::sign_out(const Request& request) {
  const auto asking = who(request.subject());
  TRY_VOID(
      services_.sessions.close(asking.citizen_id, asking.session_id, false, request.received_at()));
  auto response = http::no_content();
  response.with(expired_cookie(kSessionCookie));
  return response;
}

core::Result<http::Response> IdentityApi::close_session(const Request& request) {
  const auto asking = who(request.subject());
  TRY(const auto id, path_id<identity::SessionId>(request, "session_id"));
  const bool elsewhere = id != asking.session_id;
  TRY_VOID(services_.sessions.close(asking.citizen_id, id, elsewhere, request.received_at()));
  auto response = http::no_content();
  if (!elsewhere) response.with(expired_cookie(kSessionCookie));
  return response;
}

core::Result<http::Response> IdentityApi::me(const Request& request) {
  const auto asking = who(request.subject());
  TRY(const auto profile, services_.assurance.profile(asking.citizen_id, request.received_at()));
  TRY(const auto states,
      services_.gate.states(profile, identity::Client::kWeb, request.received_at()));
  return http::json_ok(to_json(profile, states, services_.sessions.csrf_token(asking.token_hash)));
}

core::Result<http::Response> IdentityApi::change_password(const Request& request) {
  TRY(const auto json, http::json_body(request));
  TRY(auto fields, JsonFields::of(json));
  TRY(auto current_text, fields.optional_string("current_password", kPasswordTextMax));
  const auto current =
      current_text ? std::optional(identity::Password(*std::move(current_text))) : std::nullopt;
  TRY(const auto changed, password_member(fields, "new_password"));
  TRY_VOID(fields.finish());
  TRY_VOID(services_.sessions.change_password(who(request.subject()), current, changed,
                                              request.received_at()));
  return http::no_content();
}

core::Result<http::Response> IdentityApi::operations(const Request& request) {
  std::optional<audit::OperationId> before;
  if (const auto cursor = request.query("cursor")) {
    const auto id = audit::OperationId::parse(*cursor);
    if (!id) return fail(ErrorCode::kInvalidInput, "page.cursor");
    before = *id;
  }
  TRY(const int limit, page_size(request));
  TRY(const auto page, services_.history.page(request.subject().citizen_id, before, limit));
  JsonArray items;
  for (const auto& operation : page) {
    JsonObject item{{"operation_id", operation.id.to_string()}, {"kind", operation.kind}};
    put_moment(item, "at", operation.at);
    put_text(item, "subject", operation.subject);
    items.push_back(std::move(item));
  }
  JsonObject json{{"operations", std::move(items)}};
  if (page.size() == static_cast<std::size_t>(limit)) {
    json["next_cursor"] = page.back().id.to_string();
  }
  return http::json_ok(json);
}

core::Result<http::Response> IdentityApi::depart(const Request& request) {
  TRY(const auto json, http::json_body(request));
  TRY(auto fields, JsonFields::of(json));
  TRY(const auto intent, fields.string("intent", 16));
  TRY(auto provider, fields.optional_string("provider", 20));
  TRY_VOID(fields.finish());
  if (intent != "raise" && intent != "sign_in") {
    return fail(ErrorCode::kInvalidInput, "provider.intent_unknown");
  }
  identity::Leave leave{
      .intent = intent == "raise" ? identity::Intent::kRaise : identity::Intent::kSignIn,
      .citizen_id = {},
      .provider = std::move(provider).value_or(""),
      .language = http::tag_of(request.language())};
  if (request.has_subject()) leave.citizen_id = request.subject().citizen_id;
  TRY(const auto departure, services_.assurance.depart(leave, request.received_at()));
  auto response =
      http::json_created(JsonObject{{"authorization_url", departure.authorization_url}});
  // Lax: the answer comes back as a navigation from the provider's site.
  response.with(http::SetCookie{.name = std::string(kProviderCookie),
                                .value = departure.browser_token.reveal(),
                                .max_age_s = 15LL * 60,
                                .strict_same_site = false});
  return response;
}

core::Result<http::Response> IdentityApi::arrive(const Request& request) {
  const identity::Return back{
      .parameters = {.code = request.query("code").value_or(""),
                     .state = request.query("state").value_or(""),
                     .iss = request.query("iss").value_or(""),
                     .error = request.query("error").value_or(""),
                     .error_description = request.query("error_description").value_or("")},
      .browser_token = identity::Token(request.cookie(kProviderCookie).value_or("")),
      .device = device_of(request)};
  const auto arrival = services_.assurance.arrive(back, request.received_at());
  // The browser is on a navigation: it gets a page that explains, not a problem document.
  const auto refusal = arrival ? arrival->refusal : std::optional(arrival.error());
  if (refusal) {
    const bool signing_in = arrival && arrival->intent == identity::Intent::kSignIn;
    auto response = http::redirect(
        303, std::string(signing_in ? "/sign-in" : "/level") + "?problem=" + refusal->reason);
    response.with(expired_cookie(kProviderCookie));
    return response;
  }
  const bool raised = arrival->intent == identity::Intent::kRaise;
  auto response = http::redirect(303, raised ? "/level?result=verified" : "/home?result=signed_in");
  response.with(expired_cookie(kProviderCookie));
  if (arrival->session) put_session(response, *arrival->session);
  note_provider_session(response, services_.assurance.providers(), arrival->provider);
  return response;
}

}  // namespace api
