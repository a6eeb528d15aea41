// How a session travels: the cookie that holds its token, and the opaque key the http room carries
// from the authenticator to the handlers. Pure functions.
#pragma once

#include "http/cookies.h"
#include "http/request.h"
#include "identity/types.h"

namespace api {

inline constexpr std::string_view kSessionCookie = "__Host-session";
/// Binds the way to the identity provider and back to one browser.
inline constexpr std::string_view kProviderCookie = "__Host-provider";

[[nodiscard]] http::SetCookie session_cookie(const identity::Token& token);
[[nodiscard]] http::SetCookie expired_cookie(std::string_view name);

/// session id (16) | authenticated_at (8, microseconds) | amr bits (1) | aal (1) | token hash (32).
[[nodiscard]] core::Bytes session_key(const identity::Authenticated& who);
/// Who is signed in. The key must be one of session_key's (CORE_ASSERT).
[[nodiscard]] identity::Authenticated who(const http::Subject& subject);

/// Browser and system in words a person recognises, and the network they came from.
[[nodiscard]] identity::Device device_of(const http::Request& request);

}  // namespace api
