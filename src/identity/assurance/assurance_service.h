// AssuranceService: raising an account's level, or signing in, at the state identity provider; and
// what the account knows about its owner. The provider is an interface; edges/oidc implements it.
// Safe from any thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/result.h"
#include "core/rng.h"
#include "identity/session/session_service.h"
#include "identity/types.h"
#include "store/database.h"
#include "vault/vault.h"

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
  std::string iss;    ///< RFC 9207
  std::string error;  ///< OAuth error code
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
};

namespace sql {
struct FlowRow;
}

enum class Intent { kRaise, kSignIn };

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
};

/// The account and what it knows of its owner.
struct Profile {
  Citizen citizen;
  vault::PersonalRecords attributes;
};

struct AssurancePorts {
  store::Database& data;
  vault::Vault& vault;
  SessionService& sessions;
  IdentityProvider& provider;
  core::Rng& rng;
};

class AssuranceService {
 public:
  static constexpr core::Duration kFlowLife = std::chrono::minutes(15);

  AssuranceService(AssurancePorts ports, AssuranceTable table) : ports_(ports), table_(table) {}

  [[nodiscard]] const AssuranceTable& table() const { return table_; }

  /// @param citizen_id  who is signed in; needed for Intent::kRaise.
  /// Errors: kUnauthenticated "session.required"; those of IdentityProvider.
  [[nodiscard]] core::Result<Departure> depart(Intent intent,
                                               const std::optional<CitizenId>& citizen_id,
                                               std::string_view language, core::Instant now);
  /// Errors: kConflict "provider.flow_unknown" no such state, used, expired or another browser.
  /// Refusals: kForbidden "provider.refused_by_person"; "provider.account_not_trusted" the provider
  ///   has not proven the identity itself; kConflict "provider.belongs_to_other_account"; kNotFound
  ///   "provider.no_account_here" (sign-in only); those of IdentityProvider and the store.
  [[nodiscard]] core::Result<Arrival> arrive(const Return& back, core::Instant now);

  /// The account and its owner's attributes, for the owner.
  [[nodiscard]] core::Result<Profile> profile(const CitizenId& citizen_id, core::Instant now);
  /// The account's level. Errors: kNotFound "citizen.unknown".
  [[nodiscard]] core::Result<AssuranceLevel> level_of(const CitizenId& citizen_id);
  /// Errors: kForbidden "assurance.verified_required" when the level does not open the function.
  [[nodiscard]] core::Status require(const CitizenId& citizen_id, Function function);

 private:
  /// The rest of arrive, once the flow is known to be this browser's.
  [[nodiscard]] core::Result<std::optional<OpenedSession>> conclude(const sql::FlowRow& flow,
                                                                    const Return& back,
                                                                    core::Instant now);
  [[nodiscard]] core::Status raise(const CitizenId& citizen_id, const ProvenIdentity& proven,
                                   core::Instant now);
  [[nodiscard]] core::Result<OpenedSession> sign_in(const ProvenIdentity& proven,
                                                    const Device& device, core::Instant now);

  AssurancePorts ports_;
  AssuranceTable table_;
};

}  // namespace identity
