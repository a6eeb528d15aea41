#include "api/identity/asker.h"

#include "api/identity/identity_json.h"
#include "api/identity/session_cookie.h"
#include "api/wire.h"
#include "http/json_response.h"

namespace api {
namespace {

/// A token of ours in base64url, longer ones are not looked at.
constexpr std::size_t kBrowserBytes = 43;
/// Nonces are whole numbers that JSON carries exactly.
constexpr std::int64_t kNonceMax = 9'007'199'254'740'991;

}  // namespace

identity::Asker asker_of(const http::Request& request) {
  identity::Asker asker(http::tag_of(request.language()));
  asker.browser = request.cookie(kChallengeCookie).value_or("");
  asker.device = device_of(request);
  return asker;
}

identity::Asker bound_asker_of(const http::Request& request,
                               identity::ChallengeService& challenges) {
  auto asker = asker_of(request);
  if (asker.browser.size() != kBrowserBytes) asker.browser = challenges.make_browser();
  return asker;
}

http::Response accepted(const identity::Challenge& challenge, const identity::Asker& asker) {
  auto response = http::json_ok(to_json(challenge));
  response.status = 202;
  response.with(challenge_cookie(asker.browser));
  return response;
}

core::Result<std::optional<identity::WorkProof>> work_members(codec::JsonFields& fields) {
  TRY(auto puzzle, fields.optional_string("work_puzzle", identity::WorkDesk::kTextBytesMax));
  TRY(const auto nonce, fields.optional_int64("work_nonce", 0, kNonceMax));
  if (!puzzle && !nonce) return std::optional<identity::WorkProof>();
  if (!puzzle || !nonce) {
    return core::fail(core::ErrorCode::kInvalidInput, "json.member_missing",
                      "work_puzzle and work_nonce");
  }
  return std::optional(identity::WorkProof{std::move(*puzzle), *nonce});
}

http::Response work_answer(const identity::WorkPuzzle& work) {
  codec::JsonObject answer{{"puzzle", work.puzzle}, {"bits", work.bits}};
  put_moment(answer, "expires_at", work.expires_at);
  return http::json_ok(answer);
}

}  // namespace api
