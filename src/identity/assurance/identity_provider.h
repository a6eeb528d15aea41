// The identity providers a person may be sent to, in this room's words; edges/oidc and others
// implement them and app/ makes the list. Safe from any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/instant.h"
#include "core/result.h"
#include "core/secret.h"

namespace identity {

/// A sign-in begun at the provider: where the browser goes, and what must be remembered till it is
/// back.
struct ProviderDeparture {
  std::string authorization_url;
  std::string state;
  std::string nonce;
  core::Secret<std::string> code_verifier;
};

/// The parameters of the callback; absent ones are empty.
struct ProviderReturn {
  std::string code;
  std::string state;
  std::string iss;                     ///< RFC 9207
  std::string error;                   ///< OAuth error code
  std::string error_description = {};  ///< ESIA's code stands here
};

/// One attribute the provider vouches for: "given_name", "birth_date", "snils"...
struct ProvenAttribute {
  std::string name;
  core::Secret<std::string> value;
};

/// Whom the provider has identified; its tokens have been checked.
struct ProvenIdentity {
  core::Secret<std::string> subject;  ///< `sub`, with the issuer before it
  bool trusted = false;               ///< the provider itself has proven the identity
  std::vector<ProvenAttribute> attributes;
};

/// The identity provider, in this room's words.
class IdentityProvider {
 public:
  virtual ~IdentityProvider() = default;
  /// @param language  of the provider's pages, "ru" or "en".
  /// Errors: kUnavailable "provider.unavailable".
  [[nodiscard]] virtual core::Result<ProviderDeparture> begin(std::string_view language,
                                                              core::Instant now) = 0;
  /// Exchanges the code. Calls the outside: the person waits for exactly this.
  /// Errors: kUnavailable "provider.unavailable"; kForbidden "provider.refused_by_person";
  ///   kForbidden "provider.refused_token" a check of what came back failed (detail says which).
  [[nodiscard]] virtual core::Result<ProvenIdentity> redeem(const ProviderReturn& back,
                                                            const ProviderDeparture& departure,
                                                            core::Instant now) = 0;
  /// Where the browser ends its session at the provider and is led back here; empty = it cannot.
  [[nodiscard]] virtual std::string logout_url() const { return {}; }
};

/// A provider under the id the configuration gives it, and its name on our buttons.
struct NamedProvider {
  std::string id;  ///< "esia": lower-case letters and digits, never changed once people are linked
  std::string name_ru;
  std::string name_en;
  IdentityProvider* provider = nullptr;  ///< outlives the list
};

/// All providers of this installation, in the order they are offered. Constant while it runs.
class IdentityProviders {
 public:
  IdentityProviders() = default;
  /// Ids are distinct (CORE_ASSERT).
  explicit IdentityProviders(std::vector<NamedProvider> list);

  [[nodiscard]] const std::vector<NamedProvider>& list() const { return list_; }
  /// The provider with this id; with none, the only one there is.
  /// Errors: kUnavailable "provider.unavailable" there is none at all; kInvalidInput
  ///   "provider.required" several and none named; kInvalidInput "provider.unknown".
  [[nodiscard]] core::Result<const NamedProvider*> choose(std::string_view id) const;

 private:
  std::vector<NamedProvider> list_;
};

/// Where what this provider says is from, as rows name it: "identity_provider:esia".
[[nodiscard]] std::string provider_source(std::string_view id);

}  // namespace identity
