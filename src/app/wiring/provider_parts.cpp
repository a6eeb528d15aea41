#include "app/wiring/provider_parts.h"

namespace app {
namespace {

edges::oidc::OidcConfig oidc_config(const IdentityProviderSettings& settings) {
  edges::oidc::OidcConfig oidc;
  oidc.issuer = settings.issuer;
  oidc.client_id = settings.client_id;
  oidc.client_secret = settings.client_secret;
  oidc.redirect_uri = settings.redirect_uri;
  oidc.scopes = settings.scopes;
  oidc.call_timeout = settings.timeout;
  return oidc;
}

}  // namespace

ProviderParts::ProviderParts(const Config& config, core::Rng& rng,
                             identity::IdentityProvider* esia) {
  std::vector<identity::NamedProvider> list;
  if (esia != nullptr) list.push_back({"esia", config.esia->name_ru, config.esia->name_en, esia});
  for (const auto& [name, settings] : config.identity_providers) {
    http::ClientConfig calls;
    calls.total_timeout = settings.timeout;
    calls.ca_file = settings.ca_file;
    Oidc one;
    one.client = std::make_unique<http::Client>(calls);
    one.party =
        std::make_unique<edges::oidc::RelyingParty>(oidc_config(settings), *one.client, rng);
    one.provider = std::make_unique<OidcProvider>(*one.party, settings.trusted_claim);
    list.push_back({name, settings.name_ru, settings.name_en, one.provider.get()});
    oidc_.push_back(std::move(one));
  }
  providers_ = identity::IdentityProviders(std::move(list));
}

}  // namespace app
