// How OAuth endpoints speak: requests as forms with credentials in a header, answers and errors as
// JSON of RFC 6749, section 5. Pure functions, safe from any thread.
#pragma once

#include "http/json_response.h"
#include "http/request.h"
#include "http/response.h"
#include "openid/client/party_service.h"
#include "openid/types.h"

namespace api {

/// {"error", "error_description"} with OAuth's status; 401 carries a challenge.
[[nodiscard]] http::Response oauth_error(const core::Error& error);

/// The form's parameters. Errors: those of http::Request::form.
[[nodiscard]] core::Result<openid::Parameters> form_of(const http::Request& request);
/// The query's parameters.
[[nodiscard]] openid::Parameters query_of(const http::Request& request);

/// What the request presents to prove which party it is.
/// @param issuer  what an assertion must name.
/// Errors: kUnauthenticated "oauth.invalid_client.authorization_header" it is no Basic credential.
[[nodiscard]] core::Result<openid::PresentedClient> presented_client(const http::Request& request,
                                                                     const openid::Parameters& form,
                                                                     const std::string& issuer);

/// A token after "Bearer " or "DPoP ".
struct BearerToken {
  std::string token;
  bool with_dpop = false;
};
/// Errors: kUnauthenticated "oauth.invalid_token.missing"; kInvalidInput "oauth.invalid_request..."
///   in two places at once.
[[nodiscard]] core::Result<BearerToken> bearer_token(const http::Request& request,
                                                     const openid::Parameters& form);

}  // namespace api
