// The session that a browser has at an identity provider after it signed in there: ours ends by
// itself, that one only where the provider is asked. It is a fact about the browser, so a cookie
// remembers it and no account does. Pure functions.
#pragma once

#include "http/response.h"
#include "identity/assurance/identity_provider.h"

namespace api {

/// Remembers the provider, if it has an address where its sessions end.
void note_provider_session(http::Response& response, const identity::IdentityProviders& providers,
                           std::string_view provider);

}  // namespace api
