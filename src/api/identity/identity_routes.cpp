#include "api/identity/identity_api.h"
#include "api/route_maker.h"

namespace api {

using http::AuthPolicy;
using http::Method;
using http::Route;

std::vector<Route> IdentityApi::routes() {
  const RouteMaker<IdentityApi> route(this);
  using Api = IdentityApi;
  constexpr auto kPublic = AuthPolicy::kPublic;
  constexpr auto kSession = AuthPolicy::kSession;
  constexpr auto kKeyedRead = http::Execution::kKeyedRead;
  return {
      route({Method::kPut, "/api/v1/registration/password", "setRegistrationPassword", kPublic,
             kTryingSecrets},
            &Api::set_password),
      route({Method::kPut, "/api/v1/registration/agreement", "acceptRegistrationAgreement", kPublic,
             kTryingSecrets},
            &Api::accept_agreement),
      route({Method::kPut, "/api/v1/registration/consent", "giveRegistrationConsent", kPublic,
             kTryingSecrets},
            &Api::give_consent),
      route({Method::kPost, "/api/v1/registration/recovery", "recoverAccount", kPublic,
             kTryingSecrets},
            &Api::recover),
      route({Method::kPost, "/api/v1/sessions", "signIn", kPublic, kTryingSecrets}, &Api::sign_in),
      route({Method::kGet, "/api/v1/sessions", "listSessions", kSession, kReading},
            &Api::list_sessions),
      route({Method::kDelete, "/api/v1/sessions/current", "signOut", kSession, kWriting},
            &Api::sign_out),
      route({Method::kDelete, "/api/v1/sessions/{session_id}", "closeSession", kSession, kWriting},
            &Api::close_session),
      route({Method::kGet, "/api/v1/me", "getMe", kSession, kReading, kKeyedRead}, &Api::me),
      route({Method::kPut, "/api/v1/me/password", "changePassword", kSession, kTryingSecrets},
            &Api::change_password),
      route({Method::kGet, "/api/v1/operations", "listOperations", kSession, kReading},
            &Api::operations),
      route({Method::kPost, "/api/v1/identity-provider/authorizations", "startIdentityProvider",
             AuthPolicy::kOptionalSession, kWriting},
            &Api::depart),
      route({Method::kGet, "/api/v1/identity-provider/callback", "finishIdentityProvider", kPublic,
             kTryingSecrets},
            &Api::arrive),
      route({Method::kGet, "/api/v1/identity-provider/session", "getProviderSession", kPublic,
             kReading},
            &Api::provider_session),
      route({Method::kDelete, "/api/v1/identity-provider/session", "endProviderSession", kPublic,
             kWriting},
            &Api::end_provider_session),
  };
}

}  // namespace api
