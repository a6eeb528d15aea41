// The identity providers of the installation, as the identity room wants them. Made once by
// Platform; safe from any thread.
#pragma once

#include <memory>
#include <vector>

#include "app/adapters/oidc_provider.h"
#include "app/config/config.h"
#include "core/rng.h"
#include "http/client.h"
#include "identity/assurance/identity_provider.h"

namespace app {

class ProviderParts {
 public:
  /// @param esia  offered first, as "esia"; nullptr without [esia]. Outlives this.
  ProviderParts(const Config& config, core::Rng& rng, identity::IdentityProvider* esia);

  [[nodiscard]] const identity::IdentityProviders& providers() const { return providers_; }

 private:
  /// One of [identity_provider.NAME].
  struct Oidc {
    std::unique_ptr<http::Client> client;
    std::unique_ptr<edges::oidc::RelyingParty> party;
    std::unique_ptr<OidcProvider> provider;
  };

  std::vector<Oidc> oidc_;
  identity::IdentityProviders providers_;
};

}  // namespace app
