// AuthorizationRequest: what a party asks for in one sign-in, read from parameters and held against
// its registration. Value type; pure functions, safe from any thread.
#pragma once

#include <cstdint>

#include "codec/json.h"
#include "core/result.h"
#include "openid/types.h"

namespace openid {

inline constexpr std::size_t kStateBytesMax = 1024;
inline constexpr std::size_t kNonceBytesMax = 512;

struct AuthorizationRequest {
  std::string client_id;
  std::string redirect_uri;  ///< empty for a device
  std::string state;
  std::string nonce;
  std::string code_challenge;
  Texts scopes;
  Texts id_token_claims;   ///< asked for by the claims parameter
  Texts userinfo_claims;   ///< by scopes and the claims parameter
  std::string acr_wanted;  ///< kAcrVerified when nothing less will do
  std::optional<std::int64_t> max_age_s;
  Texts prompt;
  std::string dpop_jkt;    ///< the code goes to the holder of this key only; may be empty
  std::string device_key;  ///< base64url of the device authorization's key; empty for a browser
  std::string pushed_key;  ///< base64url of the pushed request's key, used up with this one
  core::Instant asked_at;

  [[nodiscard]] bool wants(std::string_view scope) const { return has(scopes, scope); }
  [[nodiscard]] bool prompts(std::string_view word) const { return has(prompt, word); }
  /// Every claim asked for, in the catalogue's order.
  [[nodiscard]] Texts all_claims() const;
};

/// A refusal that may be told to the redirect URI, or may not, since that is what is wrong.
struct RequestRefusal {
  core::Error error;
  std::string excess;  ///< what is beyond the registration; empty = something else is wrong
};

/// Checks where the browser would be sent back; everything else may be told there.
/// Errors: kInvalidInput "authorization.redirect_uri" absent (and not the only one), or not exactly
///   a registered one.
[[nodiscard]] core::Result<std::string> check_redirect_uri(const Parameters& parameters,
                                                           const RelyingParty& party);

/// Reads the rest. Errors: kInvalidInput "oauth.CODE.why" with OAuth's and OpenID Connect's codes;
/// for excess, the error is "oauth.invalid_scope.not_registered" or
/// "oauth.access_denied.claim_not_registered".
[[nodiscard]] tl::expected<AuthorizationRequest, RequestRefusal> parse_authorization_request(
    const Parameters& parameters, const RelyingParty& party, core::Instant now);

/// Reads the scope of a request that has nothing else (device grant). Errors: as above.
[[nodiscard]] tl::expected<AuthorizationRequest, RequestRefusal> parse_scope_request(
    std::string_view scope, const RelyingParty& party, core::Instant now);

/// As it is kept in a row, and back. Errors: kInternal "request.stored_malformed".
[[nodiscard]] std::string to_text(const AuthorizationRequest& request);
[[nodiscard]] core::Result<AuthorizationRequest> request_from_text(std::string_view text);

}  // namespace openid
