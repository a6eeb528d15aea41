// How a session travels: the cookie that holds its token, and the opaque key the http room carries
// from the authenticator to the handlers. Pure functions.
#pragma once

#include "http/cookies.h"
#include "http/request.h"
#include "http/response.h"
#include "identity/types.h"

namespace api {

inline constexpr std::string_view kSessionCookie = "__Host-session";
/// Binds the way to the identity provider and back to one browser.
inline constexpr std::string_view kProviderCookie = "__Host-provider";
/// Names the provider this browser has signed in at and may have a session of its own with.
inline constexpr std::string_view kProviderSessionCookie = "__Host-provider-session";
/// Binds a challenge to the browser that asked for it.
inline constexpr std::string_view kChallengeCookie = "__Host-challenge";
/// Lets a browser that was signed in be recognised (identity::DeviceMarks); outlives the session.
inline constexpr std::string_view kDeviceCookie = "__Host-device";

/// Binds a sign-in by passkey to the browser that asked for it.
inline constexpr std::string_view kPasskeyCookie = "__Host-passkey";

[[nodiscard]] http::SetCookie session_cookie(const identity::Token& token);
/// Puts both cookies of an opened session: its token and the browser's mark.
void put_session(http::Response& response, const identity::OpenedSession& opened);
/// For as long as the longest code lives, and some more for a person who comes back to the screen.
[[nodiscard]] http::SetCookie challenge_cookie(std::string_view browser);
[[nodiscard]] http::SetCookie expired_cookie(std::string_view name);

/// session id (16) | authenticated_at (8, microseconds) | amr bits (1) | aal (1) | token hash (32).
[[nodiscard]] core::Bytes session_key(const identity::Authenticated& who);
/// Who is signed in. The key must be one of session_key's (CORE_ASSERT).
[[nodiscard]] identity::Authenticated who(const http::Subject& subject);

/// Browser and system in words a person recognises, and the network they came from.
[[nodiscard]] identity::Device device_of(const http::Request& request);

}  // namespace api
