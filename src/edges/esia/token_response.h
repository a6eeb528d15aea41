// The token endpoint's answers: tokens, or a refusal. For esia_client.cpp and the fuzz target; pure
// functions over hostile bytes, safe from any thread.
#pragma once

#include <string>
#include <string_view>

#include "core/result.h"

namespace edges::esia {

struct TokenResponse {
  std::string access_token;
  std::string id_token;
  std::string state;  ///< of the token request, echoed
};

/// Reads an answer with status 200. A refresh token in it is not kept: nothing is asked of ESIA
/// when the person is not there.
/// Errors: kUnavailable "esia.malformed" no JSON object with all three, or not Bearer.
[[nodiscard]] core::Result<TokenResponse> parse_token_response(std::string_view body);

/// Reads the body of any other answer of ESIA. Errors: see esia_error.
[[nodiscard]] core::Error parse_refusal(int status, std::string_view body);

}  // namespace edges::esia
