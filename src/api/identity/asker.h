// Who asks for a code, as far as a request shows, and the answer that binds the code to that
// browser. Pure functions.
#pragma once

#include "codec/json.h"
#include "http/request.h"
#include "http/response.h"
#include "identity/challenge/challenge_service.h"

namespace api {

[[nodiscard]] identity::Asker asker_of(const http::Request& request);
/// The same with a browser token, made if there was none.
[[nodiscard]] identity::Asker bound_asker_of(const http::Request& request,
                                             identity::ChallengeService& challenges);
/// 202 with the challenge and the cookie of the browser that may answer it.
[[nodiscard]] http::Response accepted(const identity::Challenge& challenge,
                                      const identity::Asker& asker);

/// What the asker has worked: "work_puzzle" and "work_nonce", both or none.
[[nodiscard]] core::Result<std::optional<identity::WorkProof>> work_members(
    codec::JsonFields& fields);
/// "ChallengeWork" of the contract.
[[nodiscard]] http::Response work_answer(const identity::WorkPuzzle& work);

}  // namespace api
