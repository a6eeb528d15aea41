// The words of the OpenID Connect edge: who we are at the provider, what a started sign-in has to
// remember, and what a finished one says. Value types.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "codec/json.h"
#include "core/instant.h"
#include "core/secret.h"

namespace edges::oidc {

enum class ClientAuth { kSecretBasic, kSecretPost };

struct OidcConfig {
  std::string issuer;  ///< exactly as the provider spells it
  std::string client_id;
  core::Secret<std::string> client_secret = {};
  ClientAuth client_auth = ClientAuth::kSecretBasic;
  std::string redirect_uri;
  std::vector<std::string> scopes = {"openid"};  ///< must hold "openid"
  std::chrono::milliseconds call_timeout{10'000};
};

/// A sign-in on its way: kept by the caller (bound to the browser) between start and finish.
struct PendingSignIn {
  std::string authorization_url;  ///< where to send the browser
  std::string state;
  std::string nonce;
  core::Secret<std::string> code_verifier;
};

/// What came back to redirect_uri. Absent parameters are empty.
struct Callback {
  std::string code;
  std::string state;
  std::string iss;    ///< RFC 9207
  std::string error;  ///< "access_denied", ...
};

/// Who the provider says it is.
struct SignIn {
  std::string issuer;
  std::string sub;
  std::string acr;           ///< empty if not said
  codec::JsonObject claims;  ///< of the id_token, and what only userinfo says
};

}  // namespace edges::oidc
