// RelyingParty: sign-in at an OpenID Connect provider by the authorization code flow with PKCE,
// state and nonce. What the provider publishes is cached; keys are fetched again once when a token
// names an unknown one. Safe from any thread; calls block their thread on the provider.
#pragma once

#include <mutex>
#include <optional>
#include <string>

#include "codec/jose.h"
#include "core/instant.h"
#include "core/result.h"
#include "core/rng.h"
#include "edges/oidc/provider_metadata.h"
#include "edges/oidc/types.h"
#include "http/client.h"

namespace edges::oidc {

/// How long discovery and keys are believed without asking again.
inline constexpr std::chrono::seconds kPublishedFor{3600};
/// Keys are fetched again for an unknown kid at most this often, whatever tokens are thrown at us.
inline constexpr std::chrono::seconds kRefetchPause{30};

class RelyingParty {
 public:
  /// `caller` and `rng` must outlive it.
  RelyingParty(OidcConfig config, http::HttpCaller& caller, core::Rng& rng);

  /// Begins a sign-in.
  /// @param ui_locales  "ru" or "en": the language of the provider's pages; may be empty.
  /// Errors: kUnavailable "oidc.unavailable" the provider does not answer; "oidc.metadata".
  [[nodiscard]] core::Result<PendingSignIn> start(std::string_view ui_locales, core::Instant now);

  /// Ends a sign-in with what came back to redirect_uri.
  /// Errors: kForbidden   "oidc.state", "oidc.issuer" an answer to another question or of another
  ///                      provider; "oidc.access_denied" the person said no; "oidc.refused" the
  ///                      provider said no; "oidc.code_refused" a code used, old or foreign;
  ///                      "oidc.userinfo_sub"; "oidc.id_token_*" see verify_id_token;
  ///         kUnavailable "oidc.unavailable" no answer; "oidc.malformed" an answer without sense;
  ///                      "oidc.metadata".
  [[nodiscard]] core::Result<SignIn> finish(const Callback& callback, const PendingSignIn& pending,
                                            core::Instant now);

 private:
  struct Tokens {
    std::string id_token;
    std::string access_token;
  };
  [[nodiscard]] core::Result<http::ClientResponse> call(http::ClientRequest request);
  [[nodiscard]] core::Result<ProviderMetadata> metadata(core::Instant now);
  [[nodiscard]] core::Result<codec::JwkSet> keys(const ProviderMetadata& provider,
                                                 core::Instant now, bool refetch);
  [[nodiscard]] core::Status check_callback(const Callback& callback, const PendingSignIn& pending,
                                            const ProviderMetadata& provider) const;
  [[nodiscard]] core::Result<Tokens> exchange(const Callback& callback,
                                              const PendingSignIn& pending,
                                              const ProviderMetadata& provider);
  [[nodiscard]] core::Result<codec::JsonObject> userinfo(const ProviderMetadata& provider,
                                                         const Tokens& tokens,
                                                         std::string_view sub);

  template <typename T>
  struct Published {
    T value;
    core::Instant fetched_at;
  };

  OidcConfig config_;
  http::HttpCaller& caller_;
  core::Rng& rng_;
  std::mutex mutex_;
  std::optional<Published<ProviderMetadata>> metadata_;
  std::optional<Published<codec::JwkSet>> keys_;
};

}  // namespace edges::oidc
