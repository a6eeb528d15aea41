#include "app/wiring/authenticator_parts.h"

namespace app {
namespace {

/// "https://id.example:8443": the origin is that, the relying party id its host alone.
identity::RelyingParty relying_party(const std::string& public_url) {
  const auto host_at = public_url.find("://") + 3;
  const auto host = public_url.substr(host_at);
  return {host.substr(0, host.find_first_of(":/")), public_url};
}

identity::SecondFactorDemand demand_of(const Config& config) {
  return identity::find_second_factor_demand(config.second_factor.demanded_of)
      .value_or(identity::SecondFactorDemand::kEverybody);
}

}  // namespace

AuthenticatorBase::AuthenticatorBase(const Config& config, const AuthenticatorGround& ground)
    : gate(demand_of(config), ground.rng),
      recovery_codes({ground.data, ground.vault, ground.rng}) {}

AuthenticatorParts::AuthenticatorParts(const Config& config, const AuthenticatorGround& ground,
                                       AuthenticatorBase& base, identity::SessionService& sessions,
                                       identity::AssuranceService& assurance,
                                       identity::FunctionGate& gate)
    : reauthentication_({ground.data, ground.hasher, ground.rng}),
      passkeys_({ground.data, ground.vault, sessions, ground.rng},
                relying_party(config.server.public_url), ground.root.derive("passkey_challenge")),
      totp_({ground.data, ground.vault, ground.rng}, config.installation.name),
      second_factor_(
          {ground.data, sessions, reauthentication_, passkeys_, totp_, base.recovery_codes}),
      api_({sessions, assurance, gate, passkeys_, totp_, base.recovery_codes, second_factor_,
            config.installation.name}) {}

core::Status AuthenticatorParts::purge(core::Instant now) {
  TRY_VOID(passkeys_.purge(now));
  TRY_VOID(second_factor_.purge(now));
  return {};
}

}  // namespace app
