#include "api/identity/authenticator_api.h"

#include "api/identity/identity_fields.h"
#include "api/identity/identity_json.h"
#include "api/identity/passkey_json.h"
#include "api/identity/session_cookie.h"
#include "api/wire.h"
#include "identity/types.h"

namespace api {
namespace {

using codec::JsonArray;
using codec::JsonFields;
using codec::JsonObject;
using core::ErrorCode;
using core::fail;
using http::Request;

constexpr std::size_t kTokenBytesMax = 64;
constexpr std::size_t kCodeTextMax = 16;
constexpr std::int64_t kCeremonySeconds = 300;

tl::unexpected<core::Error> one_of_them() {
  return fail(ErrorCode::kInvalidInput, "second_factor.one_of_them");
}

/// The one member that says how the owner of a session proves themselves again.
core::Result<identity::Reproof> reproof_of(const Request& request) {
  TRY(const auto json, http::json_body(request));
  TRY(auto fields, JsonFields::of(json));
  TRY(auto password, fields.optional_string("password", kPasswordTextMax));
  TRY(auto code, fields.optional_string("totp_code", kCodeTextMax));
  const bool by_passkey = fields.find("passkey") != nullptr;
  TRY_VOID(fields.finish());
  if (int{password.has_value()} + int{code.has_value()} + int{by_passkey} != 1) {
    return one_of_them();
  }
  if (password) return identity::Reproof(identity::Password(*std::move(password)));
  if (code) return identity::Reproof(identity::TotpCode{*std::move(code)});
  TRY(const auto* credential, fields.object("passkey"));
  TRY(auto assertion, assertion_of(*credential));
  return identity::Reproof(std::move(assertion));
}

/// A ticket and what it is redeemed by.
struct SecondFactorBody {
  identity::Token ticket;
  identity::SecondFactor factor;
};

core::Result<SecondFactorBody> second_factor_of(const Request& request) {
  TRY(const auto json, http::json_body(request));
  TRY(auto fields, JsonFields::of(json));
  TRY(auto ticket, fields.string("ticket", kTokenBytesMax));
  TRY(auto totp, fields.optional_string("totp_code", kCodeTextMax));
  TRY(auto recovery, fields.optional_string("recovery_code", kRecoveryCodeTextMax));
  TRY(auto phone, fields.optional_string("registration_token", kTokenBytesMax));
  const bool by_passkey = fields.find("passkey") != nullptr;
  TRY_VOID(fields.finish());
  const int given =
      int{totp.has_value()} + int{recovery.has_value()} + int{phone.has_value()} + int{by_passkey};
  if (given != 1) return one_of_them();
  SecondFactorBody body{identity::Token(std::move(ticket)), {}};
  if (totp) body.factor = identity::TotpCode{*std::move(totp)};
  if (recovery) {
    body.factor = identity::RecoveryCode{core::Secret<std::string>(*std::move(recovery))};
  }
  if (phone) body.factor = identity::PhoneProof{identity::Token(*std::move(phone))};
  if (by_passkey) {
    TRY(const auto* credential, fields.object("passkey"));
    TRY(body.factor, assertion_of(*credential));
  }
  return body;
}

}  // namespace

core::Result<http::Response> AuthenticatorApi::reauthenticate(const Request& request) {
  TRY(const auto proof, reproof_of(request));
  TRY(const auto known,
      services_.second_factor.prove(who(request.subject()), proof, request.received_at()));
  return http::json_ok(to_json(known));
}

core::Result<http::Response> AuthenticatorApi::begin_proof(const Request& request) {
  TRY(const auto asked,
      services_.second_factor.begin_proof(who(request.subject()), request.received_at()));
  return http::json_ok(to_json(asked, services_.passkeys.party(), true));
}

core::Result<http::Response> AuthenticatorApi::list(const Request& request) {
  const auto asking = who(request.subject());
  TRY(const auto passkeys, services_.passkeys.list(asking.citizen_id));
  TRY(const auto own, services_.second_factor.own(asking.citizen_id));
  JsonArray items;
  for (const auto& passkey : passkeys) items.push_back(to_json(passkey));
  return http::json_ok(JsonObject{{"passkeys", std::move(items)},
                                  {"totp", own.totp},
                                  {"recovery_codes_left", own.recovery_codes}});
}

core::Result<http::Response> AuthenticatorApi::begin_passkey(const Request& request) {
  TRY(const auto creation,
      services_.passkeys.begin_creation(who(request.subject()), request.received_at()));
  return http::json_ok(to_json(creation, services_.passkeys.party(), services_.installation_name));
}

core::Result<http::Response> AuthenticatorApi::create_passkey(const Request& request) {
  TRY(const auto json, http::json_body(request));
  TRY(auto fields, JsonFields::of(json));
  TRY(const auto name, fields.string("name", identity::PasskeyService::kNameBytesMax));
  TRY(const auto* credential, fields.object("credential"));
  TRY_VOID(fields.finish());
  TRY(const auto sent, registration_of(*credential));
  TRY(const auto passkey,
      services_.passkeys.create(who(request.subject()), sent, name, request.received_at()));
  return http::json_created(to_json(passkey));
}

core::Result<http::Response> AuthenticatorApi::rename_passkey(const Request& request) {
  TRY(const auto id, path_id<identity::PasskeyId>(request, "passkey_id"));
  TRY(const auto json, http::json_body(request));
  TRY(auto fields, JsonFields::of(json));
  TRY(const auto name, fields.string("name", identity::PasskeyService::kNameBytesMax));
  TRY_VOID(fields.finish());
  TRY_VOID(services_.passkeys.rename(request.subject().citizen_id, id, name));
  return http::no_content();
}

core::Result<http::Response> AuthenticatorApi::remove_passkey(const Request& request) {
  TRY(const auto id, path_id<identity::PasskeyId>(request, "passkey_id"));
  TRY_VOID(services_.passkeys.remove(who(request.subject()), id, request.received_at()));
  return http::no_content();
}

core::Result<http::Response> AuthenticatorApi::begin_sign_in(const Request& request) {
  TRY(const auto begun, services_.passkeys.begin_sign_in(request.received_at()));
  auto response = http::json_ok(to_json(begun.request, services_.passkeys.party(), true));
  response.with(http::SetCookie{.name = std::string(kPasskeyCookie),
                                .value = begun.browser_token.reveal(),
                                .max_age_s = kCeremonySeconds});
  return response;
}

core::Result<http::Response> AuthenticatorApi::finish_sign_in(const Request& request) {
  TRY(const auto json, http::json_body(request));
  TRY(auto fields, JsonFields::of(json));
  TRY(const auto* credential, fields.object("credential"));
  TRY_VOID(fields.finish());
  TRY(const auto sent, assertion_of(*credential));
  const identity::Token browser(request.cookie(kPasskeyCookie).value_or(""));
  TRY(const auto opened,
      services_.passkeys.sign_in(sent, browser, device_of(request), request.received_at()));
  TRY(auto response, session_opened(opened, request.received_at()));
  response.with(expired_cookie(kPasskeyCookie));
  return response;
}

core::Result<http::Response> AuthenticatorApi::begin_totp(const Request& request) {
  TRY(const auto enrolment, services_.totp.begin(who(request.subject()), request.received_at()));
  return http::json_created(
      JsonObject{{"otpauth_uri", enrolment.uri.reveal()}, {"secret", enrolment.secret.reveal()}});
}

core::Result<http::Response> AuthenticatorApi::confirm_totp(const Request& request) {
  TRY(const auto json, http::json_body(request));
  TRY(auto fields, JsonFields::of(json));
  TRY(const auto code, fields.string("totp_code", kCodeTextMax));
  TRY_VOID(fields.finish());
  TRY_VOID(services_.totp.confirm(who(request.subject()), code, request.received_at()));
  return http::no_content();
}

core::Result<http::Response> AuthenticatorApi::remove_totp(const Request& request) {
  TRY_VOID(services_.totp.remove(who(request.subject()), request.received_at()));
  return http::no_content();
}

core::Result<http::Response> AuthenticatorApi::make_recovery_codes(const Request& request) {
  TRY(const auto codes,
      services_.recovery_codes.make(who(request.subject()), request.received_at()));
  JsonArray items;
  for (const auto& code : codes) items.emplace_back(code.reveal());
  return http::json_created(JsonObject{{"codes", std::move(items)}});
}

core::Result<http::Response> AuthenticatorApi::begin_second_factor(const Request& request) {
  TRY(const auto json, http::json_body(request));
  TRY(auto fields, JsonFields::of(json));
  TRY(auto ticket, fields.string("ticket", kTokenBytesMax));
  TRY_VOID(fields.finish());
  TRY(const auto asked, services_.second_factor.begin_passkey(identity::Token(std::move(ticket)),
                                                              request.received_at()));
  return http::json_ok(to_json(asked, services_.passkeys.party(), false));
}

core::Result<http::Response> AuthenticatorApi::finish_second_factor(const Request& request) {
  TRY(const auto body, second_factor_of(request));
  TRY(const auto opened, services_.second_factor.finish(body.ticket, body.factor,
                                                        device_of(request), request.received_at()));
  return session_opened(opened, request.received_at());
}

core::Result<http::Response> AuthenticatorApi::close_others(const Request& request) {
  TRY(const auto closed,
      services_.sessions.close_others(who(request.subject()), request.received_at()));
  return http::json_ok(JsonObject{{"closed", closed}});
}

core::Result<http::Response> AuthenticatorApi::session_opened(const identity::OpenedSession& opened,
                                                              core::Instant now) {
  TRY(const auto profile, services_.assurance.profile(opened.citizen_id, now));
  TRY(const auto states, services_.gate.states(profile, identity::Client::kWeb, now));
  auto response = http::json_created(JsonObject{
      {"csrf_token", opened.csrf_token}, {"me", to_json(profile, states, opened.csrf_token)}});
  put_session(response, opened);
  return response;
}

}  // namespace api
