// AssuranceService: raising an account's level, or signing in, at an identity provider; and what
// the account knows about its owner. Safe from any thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/result.h"
#include "core/rng.h"
#include "identity/assurance/identity_provider.h"
#include "identity/session/session_service.h"
#include "identity/types.h"
#include "store/database.h"
#include "vault/vault.h"

namespace identity {

namespace sql {
struct FlowRow;
}

/// Whom a provider has identified, and which one.
struct ProvenAt {
  std::string provider;
  ProvenIdentity identity;
};

enum class Intent { kRaise, kSignIn };

/// Who wants to leave, where to and what for.
struct Leave {
  Intent intent = Intent::kRaise;
  std::optional<CitizenId> citizen_id;  ///< who is signed in; needed for Intent::kRaise
  std::string provider;                 ///< its id; empty = the only one there is
  std::string_view language;            ///< of the provider's pages, "ru" or "en"
};

/// The browser leaves with this.
struct Departure {
  std::string authorization_url;
  Token browser_token;  ///< into a cookie: the answer must come back to the same browser
};

/// What came back in the callback.
struct Return {
  ProviderReturn parameters;
  Token browser_token;
  Device device;
};

/// How it ended: a raised level, a session, or a refusal. The intent is told in any case, since it
/// decides where the person is led back to.
struct Arrival {
  Intent intent = Intent::kRaise;
  std::optional<OpenedSession> session;  ///< with Intent::kSignIn
  std::optional<core::Error> refusal;    ///< why nothing came of it
  std::string provider = {};             ///< where the browser comes from
};

/// The account and what it knows of its owner.
struct Profile {
  Citizen citizen;
  vault::PersonalRecords attributes;
  bool closing = false;  ///< confirmed for deletion: one page is left
};

struct AssurancePorts {
  store::Database& data;
  vault::Vault& vault;
  SessionService& sessions;
  const IdentityProviders& providers;
  core::Rng& rng;
};

class AssuranceService {
 public:
  static constexpr core::Duration kFlowLife = std::chrono::minutes(15);

  explicit AssuranceService(AssurancePorts ports) : ports_(ports) {}

  /// Errors: kUnauthenticated "session.required"; those of IdentityProviders::choose and
  ///   IdentityProvider::begin.
  [[nodiscard]] core::Result<Departure> depart(const Leave& leave, core::Instant now);
  /// The answer is redeemed by the provider the browser was sent to, whatever it says of itself: an
  /// answer of another one does not pass that provider's checks (RFC 9207, mix-up).
  /// Errors: kConflict "provider.flow_unknown" no such state, used, expired or another browser.
  /// Refusals: kForbidden "provider.refused_by_person"; "provider.account_not_trusted" the provider
  ///   has not proven the identity itself; kConflict "provider.belongs_to_other_account" that
  ///   person has another account; kConflict "provider.other_person" this account is proven to be
  ///   somebody else's; kNotFound "provider.no_account_here" (sign-in only); those of
  ///   IdentityProvider and the store.
  [[nodiscard]] core::Result<Arrival> arrive(const Return& back, core::Instant now);

  /// The account and its owner's attributes, for the owner.
  [[nodiscard]] core::Result<Profile> profile(const CitizenId& citizen_id, core::Instant now);
  /// The providers of this installation.
  [[nodiscard]] const IdentityProviders& providers() const { return ports_.providers; }
  /// The account's level. Errors: kNotFound "citizen.unknown".
  [[nodiscard]] core::Result<AssuranceLevel> level_of(const CitizenId& citizen_id);

 private:
  /// The rest of arrive, once the flow is known to be this browser's.
  [[nodiscard]] core::Result<std::optional<OpenedSession>> conclude(const sql::FlowRow& flow,
                                                                    const Return& back,
                                                                    core::Instant now);
  [[nodiscard]] core::Status raise(const CitizenId& citizen_id, const ProvenAt& proven,
                                   core::Instant now);
  [[nodiscard]] core::Result<OpenedSession> sign_in(const ProvenAt& proven, const Device& device,
                                                    core::Instant now);

  AssurancePorts ports_;
};

}  // namespace identity
