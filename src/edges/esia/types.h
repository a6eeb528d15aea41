// The words of the ESIA edge: who we are at ESIA, what a started sign-in has to remember, what came
// back. Value types, safe from any thread.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

#include "core/secret.h"

namespace edges::esia {

/// kV1 is /aas/oauth2/ac and /te with a CMS signature; kV2 is /aas/oauth2/v2/ac and /v3/te with a
/// bare GOST signature and the certificate's hash. They sign different strings.
enum class Scheme { kV1, kV2 };

/// How much of ESIA's addresses changes between stands; what is wrong here, ESIA refuses.
struct EsiaPaths {
  std::string authorize;
  std::string token;
  std::string persons = "/rs/prns";
  std::string logout = "/idp/ext/Logout";

  [[nodiscard]] static EsiaPaths of(Scheme scheme) {
    EsiaPaths paths;
    paths.authorize = scheme == Scheme::kV1 ? "/aas/oauth2/ac" : "/aas/oauth2/v2/ac";
    paths.token = scheme == Scheme::kV1 ? "/aas/oauth2/te" : "/aas/oauth2/v3/te";
    return paths;
  }
};

struct EsiaConfig {
  Scheme scheme = Scheme::kV2;
  std::string base_url;  ///< "https://esia.gosuslugi.ru", no slash at its end
  std::string issuer;    ///< as tokens spell it: "http://esia.gosuslugi.ru/"
  std::string client_id;
  std::string redirect_uri;
  std::vector<std::string> scopes = {"openid"};  ///< must hold "openid"
  std::vector<std::string> org_scopes = {};      ///< scope_org of kV2
  EsiaPaths paths = EsiaPaths::of(Scheme::kV2);
  bool embed = true;  ///< ask for the collections inside of the person; old stands cannot
  bool pkce = false;  ///< code_challenge_method=GOST3411, which some systems are registered with
  std::chrono::milliseconds call_timeout{10'000};
};

/// A sign-in on its way: kept by the caller (bound to the browser) between begin and redeem.
struct PendingSignIn {
  std::string authorization_url;
  std::string state;
  core::Secret<std::string> code_verifier;  ///< empty without PKCE
};

/// What came back to redirect_uri. Absent parameters are empty.
struct Callback {
  std::string code = {};
  std::string state = {};
  std::string error = {};
  std::string error_description = {};  ///< begins with "ESIA-007004"
};

}  // namespace edges::esia
