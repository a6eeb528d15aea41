// The catalogue of claims: which there are, which scope asks for which, and where their values come
// from (an interface that app/ plugs the vault into). Pure functions, safe from any thread.
#pragma once

#include <functional>
#include <string_view>

#include "core/result.h"
#include "openid/types.h"

namespace openid {

/// Every claim that can be registered, in the order of the consent page.
[[nodiscard]] const Texts& all_claims();
/// Scopes that ask for claims: profile, phone, email, address, snils, inn, id_doc.
[[nodiscard]] const Texts& claim_scopes();
/// The claims of a scope; none when the scope asks for no claims.
[[nodiscard]] Texts claims_of_scope(std::string_view scope);

/// Called once with whether a reading is on record, and then where to take the values from.
using Released = std::function<void(core::Result<std::function<core::Result<ClaimValues>()>>)>;

/// Values of a citizen's claims, in this room's words; app/ plugs the vault in.
class ClaimsSource {
 public:
  virtual ~ClaimsSource() = default;
  /// For the citizen's own eyes: nothing is recorded. What there is no value for is left out.
  [[nodiscard]] virtual core::Result<ClaimValues> preview(const CitizenId& citizen_id,
                                                          const Texts& claims,
                                                          core::Instant now) = 0;
  /// For a party: needs the citizen's live grant and commits an access record with the reading.
  /// Errors: kForbidden "vault.consent_missing".
  [[nodiscard]] virtual core::Result<ClaimValues> release(const CitizenId& citizen_id,
                                                          std::string_view client_id,
                                                          const Texts& claims,
                                                          core::Instant now) = 0;
  /// The same without waiting for the record; `done` must not block, the function it is given may
  /// run later and elsewhere.
  virtual void release_later(const CitizenId& citizen_id, std::string_view client_id,
                             const Texts& claims, core::Instant now, Released done) = 0;
};

}  // namespace openid
