// SignInFacts: what one sign-in at a party is about, as it is kept with its code and its tokens.
// Value type; pure functions, safe from any thread.
#pragma once

#include "core/result.h"
#include "openid/types.h"

namespace openid {

struct SignInFacts {
  Texts scopes;
  Texts id_token_claims;
  Texts userinfo_claims;
  core::Instant auth_time;
  std::string acr;
  Texts amr;
  std::string jkt;  ///< thumbprint the refresh tokens are bound to; empty = none
};

[[nodiscard]] std::string to_text(const SignInFacts& facts);
/// Errors: kInternal "facts.stored_malformed".
[[nodiscard]] core::Result<SignInFacts> facts_from_text(std::string_view text);

}  // namespace openid
