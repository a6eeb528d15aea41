#include "api/identity/number_api.h"

#include "api/identity/asker.h"
#include "api/identity/session_cookie.h"
#include "api/route_maker.h"
#include "api/wire.h"

namespace api {
namespace {

using codec::JsonArray;
using codec::JsonFields;
using codec::JsonObject;
using core::ErrorCode;
using core::fail;
using http::Request;
using identity::PhoneId;

constexpr std::size_t kTokenBytesMax = 64;

core::Result<identity::Token> token_member(JsonFields& fields, std::string_view name) {
  TRY(auto token, fields.string(name, kTokenBytesMax));
  return identity::Token(std::move(token));
}

core::Result<identity::NumberProofs> proofs_body(const Request& request) {
  TRY(const auto json, http::json_body(request));
  TRY(auto fields, JsonFields::of(json));
  identity::NumberProofs proofs;
  TRY(proofs.added, token_member(fields, "new_token"));
  TRY(proofs.own, token_member(fields, "own_token"));
  TRY_VOID(fields.finish());
  return proofs;
}

core::Result<identity::Token> own_proof_body(const Request& request) {
  TRY(const auto json, http::json_body(request));
  TRY(auto fields, JsonFields::of(json));
  TRY(auto token, token_member(fields, "own_token"));
  TRY_VOID(fields.finish());
  return token;
}

JsonObject to_json(const identity::PendingNumber& pending) {
  JsonObject json{{"replaces", pending.replaces.to_string()}, {"phone_masked", pending.masked}};
  put_moment(json, "applies_at", pending.applies_at);
  return json;
}

JsonObject to_json(const identity::OwnNumbers& own) {
  JsonArray numbers;
  for (const auto& number : own.numbers) {
    JsonObject item{{"number_id", number.id.to_string()},
                    {"phone_masked", number.masked},
                    {"primary", number.primary}};
    put_moment(item, "confirmed_at", number.confirmed_at);
    numbers.push_back(std::move(item));
  }
  JsonObject json{{"numbers", std::move(numbers)}};
  if (own.pending) json["pending"] = to_json(*own.pending);
  return json;
}

}  // namespace

core::Result<http::Response> NumberApi::list(const Request& request) {
  TRY(const auto own, numbers_.list(request.subject().citizen_id));
  return http::json_ok(to_json(own));
}

core::Result<http::Response> NumberApi::challenge(const Request& request) {
  TRY(const auto id, path_id<PhoneId>(request, "number_id"));
  TRY(const auto json, http::json_body(request));
  TRY(auto fields, JsonFields::of(json));
  TRY(const auto channel_name, fields.string("channel", 8));
  auto asker = bound_asker_of(request, challenges_);
  TRY(asker.work, work_members(fields));
  TRY_VOID(fields.finish());
  const auto channel = identity::find_channel(channel_name);
  if (!channel) return fail(ErrorCode::kInvalidInput, "challenge.channel_unknown");
  TRY(const auto challenge,
      numbers_.challenge(request.subject().citizen_id, id, *channel, asker, request.received_at()));
  return accepted(challenge, asker);
}

core::Result<http::Response> NumberApi::prepare_work(const Request& request) {
  TRY(const auto id, path_id<PhoneId>(request, "number_id"));
  TRY(const auto work, numbers_.prepare_work(request.subject().citizen_id, id, asker_of(request),
                                             request.received_at()));
  return work_answer(work);
}

core::Result<http::Response> NumberApi::add(const Request& request) {
  TRY(const auto proofs, proofs_body(request));
  TRY_VOID(numbers_.add(request.subject().citizen_id, proofs, request.received_at()));
  return http::no_content();
}

core::Result<http::Response> NumberApi::replace(const Request& request) {
  TRY(const auto id, path_id<PhoneId>(request, "number_id"));
  TRY(const auto proofs, proofs_body(request));
  TRY_VOID(numbers_.replace(request.subject().citizen_id, id, proofs, request.received_at()));
  return http::no_content();
}

core::Result<http::Response> NumberApi::replace_lost(const Request& request) {
  TRY(const auto id, path_id<PhoneId>(request, "number_id"));
  TRY(const auto json, http::json_body(request));
  TRY(auto fields, JsonFields::of(json));
  TRY(const auto added, token_member(fields, "new_token"));
  TRY_VOID(fields.finish());
  TRY(const auto pending,
      numbers_.replace_lost(who(request.subject()), id, added, request.received_at()));
  auto response = http::json_ok(to_json(pending));
  response.status = 202;
  return response;
}

core::Result<http::Response> NumberApi::make_primary(const Request& request) {
  TRY(const auto id, path_id<PhoneId>(request, "number_id"));
  TRY(const auto own, own_proof_body(request));
  TRY_VOID(numbers_.make_primary(request.subject().citizen_id, id, own, request.received_at()));
  return http::no_content();
}

core::Result<http::Response> NumberApi::remove(const Request& request) {
  TRY(const auto id, path_id<PhoneId>(request, "number_id"));
  TRY(const auto own, own_proof_body(request));
  TRY_VOID(numbers_.remove(request.subject().citizen_id, id, own, request.received_at()));
  return http::no_content();
}

core::Result<http::Response> NumberApi::cancel_change(const Request& request) {
  TRY_VOID(numbers_.cancel_change(request.subject().citizen_id, request.received_at()));
  return http::no_content();
}

std::vector<http::Route> NumberApi::routes() {
  const RouteMaker<NumberApi> route(this);
  using Api = NumberApi;
  using http::Method;
  constexpr auto kSession = http::AuthPolicy::kSession;
  return {
      route({Method::kGet, "/api/v1/me/numbers", "listNumbers", kSession, kReading}, &Api::list),
      route({Method::kPost, "/api/v1/me/numbers", "addNumber", kSession, kTryingSecrets},
            &Api::add),
      route(
          {Method::kDelete, "/api/v1/me/numbers/change", "cancelNumberChange", kSession, kWriting},
          &Api::cancel_change),
      route({Method::kPut, "/api/v1/me/numbers/{number_id}", "replaceNumber", kSession,
             kTryingSecrets},
            &Api::replace),
      route({Method::kPost, "/api/v1/me/numbers/{number_id}/challenge", "challengeNumber", kSession,
             kSendingCodes},
            &Api::challenge),
      route({Method::kPost, "/api/v1/me/numbers/{number_id}/challenge/work", "prepareNumberWork",
             kSession, kTryingSecrets},
            &Api::prepare_work),
      route({Method::kPost, "/api/v1/me/numbers/{number_id}/loss", "replaceLostNumber", kSession,
             kTryingSecrets},
            &Api::replace_lost),
      route({Method::kPut, "/api/v1/me/numbers/{number_id}/primary", "makeNumberPrimary", kSession,
             kTryingSecrets},
            &Api::make_primary),
      route({Method::kPost, "/api/v1/me/numbers/{number_id}/removal", "removeNumber", kSession,
             kTryingSecrets},
            &Api::remove),
  };
}

}  // namespace api
