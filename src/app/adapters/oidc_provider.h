// An identity provider over OpenID Connect, in the identity room's words: which claims
// become which attributes. Safe from any thread.
#pragma once

#include <string>

#include "edges/oidc/relying_party.h"
#include "identity/assurance/identity_provider.h"

namespace app {

class OidcProvider final : public identity::IdentityProvider {
 public:
  /// @param trusted_claim  the boolean claim that says the identity was proven.
  OidcProvider(edges::oidc::RelyingParty& party, std::string trusted_claim)
      : party_(party), trusted_claim_(std::move(trusted_claim)) {}

  [[nodiscard]] core::Result<identity::ProviderDeparture> begin(std::string_view language,
                                                                core::Instant now) override;
  [[nodiscard]] core::Result<identity::ProvenIdentity> redeem(
      const identity::ProviderReturn& back, const identity::ProviderDeparture& departure,
      core::Instant now) override;

 private:
  edges::oidc::RelyingParty& party_;
  std::string trusted_claim_;
};

}  // namespace app
