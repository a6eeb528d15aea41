#include "api/identity/authenticator_api.h"
#include "api/identity/passkey_json.h"
#include "api/route_maker.h"

namespace api {

using http::AuthPolicy;
using http::Method;

std::vector<http::Route> AuthenticatorApi::routes() {
  const RouteMaker<AuthenticatorApi> route(this);
  using Api = AuthenticatorApi;
  constexpr auto kPublic = AuthPolicy::kPublic;
  constexpr auto kSession = AuthPolicy::kSession;
  std::vector<http::Route> routes{
      route({Method::kPost, "/api/v1/sessions/current/reauthentication", "reauthenticate", kSession,
             kTryingSecrets},
            &Api::reauthenticate),
      route({Method::kPost, "/api/v1/sessions/current/reauthentication/passkey",
             "startPasskeyReauthentication", kSession, kWriting},
            &Api::begin_proof),
      route({Method::kPost, "/api/v1/sessions/others/closing", "closeOtherSessions", kSession,
             kWriting},
            &Api::close_others),
      route({Method::kGet, "/api/v1/me/authenticators", "listAuthenticators", kSession, kReading},
            &Api::list),
      route({Method::kPost, "/api/v1/me/passkeys/options", "startPasskeyCreation", kSession,
             kWriting},
            &Api::begin_passkey),
      route({Method::kPost, "/api/v1/me/passkeys", "createPasskey", kSession, kTryingSecrets},
            &Api::create_passkey),
      route(
          {Method::kPatch, "/api/v1/me/passkeys/{passkey_id}", "renamePasskey", kSession, kWriting},
          &Api::rename_passkey),
      route({Method::kDelete, "/api/v1/me/passkeys/{passkey_id}", "removePasskey", kSession,
             kWriting},
            &Api::remove_passkey),
      route({Method::kPost, "/api/v1/me/totp", "startTotp", kSession, kWriting}, &Api::begin_totp),
      route({Method::kPut, "/api/v1/me/totp", "confirmTotp", kSession, kTryingSecrets},
            &Api::confirm_totp),
      route({Method::kDelete, "/api/v1/me/totp", "removeTotp", kSession, kWriting},
            &Api::remove_totp),
      route({Method::kPost, "/api/v1/me/recovery-codes", "makeRecoveryCodes", kSession, kWriting},
            &Api::make_recovery_codes),
      route({Method::kPost, "/api/v1/sessions/passkey/options", "startPasskeySignIn", kPublic,
             kWriting},
            &Api::begin_sign_in),
      route({Method::kPost, "/api/v1/sessions/passkey", "signInByPasskey", kPublic, kTryingSecrets},
            &Api::finish_sign_in),
      route({Method::kPost, "/api/v1/sessions/second-factor/passkey", "startSecondFactorPasskey",
             kPublic, kTryingSecrets},
            &Api::begin_second_factor),
      route({Method::kPost, "/api/v1/sessions/second-factor", "giveSecondFactor", kPublic,
             kTryingSecrets},
            &Api::finish_second_factor),
  };
  for (auto& line : routes) {
    if (line.operation_id == "createPasskey") line.body_bytes_max = kCeremonyBodyBytesMax;
  }
  return routes;
}

}  // namespace api
