#include "api/identity/challenge_api.h"

#include "api/identity/asker.h"
#include "api/identity/identity_json.h"
#include "api/route_maker.h"
#include "api/wire.h"

namespace api {

using codec::JsonFields;
using core::ErrorCode;
using core::fail;
using http::Request;

core::Result<http::Response> ChallengeApi::start(const Request& request) {
  TRY(const auto json, http::json_body(request));
  TRY(auto fields, JsonFields::of(json));
  TRY(const auto phone_text, fields.string("phone", identity::PhoneNumber::kTextBytesMax));
  TRY(const auto channel_name, fields.string("channel", 8));
  auto asker = bound_asker_of(request, services_.challenges);
  TRY(asker.work, work_members(fields));
  TRY_VOID(fields.finish());
  const auto channel = identity::find_channel(channel_name);
  if (!channel) return fail(ErrorCode::kInvalidInput, "challenge.channel_unknown");
  TRY(const auto phone, identity::PhoneNumber::parse(phone_text, services_.phones));
  TRY(const auto challenge,
      services_.challenges.start(phone, *channel, asker, request.received_at()));
  return accepted(challenge, asker);
}

core::Result<http::Response> ChallengeApi::prepare_work(const Request& request) {
  TRY(const auto json, http::json_body(request));
  TRY(auto fields, JsonFields::of(json));
  TRY(const auto phone_text, fields.string("phone", identity::PhoneNumber::kTextBytesMax));
  TRY_VOID(fields.finish());
  TRY(const auto phone, identity::PhoneNumber::parse(phone_text, services_.phones));
  TRY(const auto work,
      services_.challenges.prepare_work(phone, asker_of(request), request.received_at()));
  return work_answer(work);
}

core::Result<http::Response> ChallengeApi::switch_to_sms(const Request& request) {
  TRY(const auto id, path_id<identity::ChallengeId>(request, "challenge_id"));
  const auto asker = asker_of(request);
  TRY(const auto challenge, services_.challenges.switch_to_sms(id, asker, request.received_at()));
  return accepted(challenge, asker);
}

core::Result<http::Response> ChallengeApi::answer(const Request& request) {
  TRY(const auto id, path_id<identity::ChallengeId>(request, "challenge_id"));
  TRY(const auto json, http::json_body(request));
  TRY(auto fields, JsonFields::of(json));
  TRY(auto code, fields.string("code", 16));
  TRY_VOID(fields.finish());
  TRY(const auto ticket,
      services_.challenges.answer(id, core::Secret<std::string>(std::move(code)),
                                  request.received_at(), asker_of(request).browser));
  return http::json_ok(to_json(ticket));
}

std::vector<http::Route> ChallengeApi::routes() {
  const RouteMaker<ChallengeApi> route(this);
  using Api = ChallengeApi;
  constexpr auto kPublic = http::AuthPolicy::kPublic;
  constexpr auto kPost = http::Method::kPost;
  return {
      route({kPost, "/api/v1/challenges", "startChallenge", kPublic, kSendingCodes}, &Api::start),
      route({kPost, "/api/v1/challenges/work", "prepareChallengeWork", kPublic, kTryingSecrets},
            &Api::prepare_work),
      route({kPost, "/api/v1/challenges/{challenge_id}/sms", "switchChallengeToSms", kPublic,
             kSendingCodes},
            &Api::switch_to_sms),
      route({kPost, "/api/v1/challenges/{challenge_id}/answer", "answerChallenge", kPublic,
             kTryingSecrets},
            &Api::answer),
  };
}

}  // namespace api
