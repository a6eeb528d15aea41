// ConnectionService: the parties a citizen agreed to give data to: the list, giving less, and
// ending it. Safe from any thread.
#pragma once

#include <vector>

#include "core/rng.h"
#include "openid/authorization/consent_document.h"
#include "openid/authorization/party_grant.h"
#include "openid/client/party_service.h"
#include "store/database.h"

namespace openid {

/// A party the citizen agreed to give something to.
struct Connection {
  PartyPtr party;
  Texts claims;
  bool offline_access = false;
  core::Instant granted_at;
  core::Instant last_used_at;
};

/// An agreement of any time with the party it was made with; none when the party is gone.
struct PartyConsent {
  PartyGrant grant;
  PartyPtr party;
};

class ConnectionService {
 public:
  ConnectionService(store::Database& data, PartyService& parties, core::Rng& rng)
      : data_(data), parties_(parties), rng_(rng) {}

  /// The last used first. Errors: the store's.
  [[nodiscard]] core::Result<std::vector<Connection>> list(const CitizenId& citizen_id,
                                                           core::Instant now);
  /// Every agreement there is or was. Errors: the store's.
  [[nodiscard]] core::Result<std::vector<PartyConsent>> list_all(const CitizenId& citizen_id,
                                                                 core::Instant now);
  /// A text somebody was shown when they agreed. Errors: kNotFound "consent.document_unknown".
  [[nodiscard]] core::Result<ConsentDocument> document(std::string_view sha256);
  /// Leaves only these claims of a live agreement: the others are given to nobody any more, also
  /// not by tokens that were issued before.
  /// Errors: kNotFound "connection.unknown"; kInvalidInput "consent.narrow_to_nothing", "consent
  ///         .narrow_wider" a claim that is not in it now, "consent.not_narrower" all that are.
  [[nodiscard]] core::Status narrow(const CitizenId& citizen_id, std::string_view client_id,
                                    const Texts& claims, core::Instant now);
  /// Ends a connection: agreement, sign-ins and tokens. Errors: kNotFound "connection.unknown".
  [[nodiscard]] core::Status disconnect(const CitizenId& citizen_id, std::string_view client_id,
                                        core::Instant now);

 private:
  store::Database& data_;
  PartyService& parties_;
  core::Rng& rng_;
};

}  // namespace openid
