// PartyService: the register of relying parties: who is in it, changing it, and proving at our
// endpoints to be one of them. Reads are answered from memory; a change made by another process is
// seen within a second. Safe from any thread.
#pragma once

#include <map>
#include <shared_mutex>

#include "codec/json.h"
#include "core/result.h"
#include "core/rng.h"
#include "crypto/key256.h"
#include "openid/client/party_documents.h"
#include "openid/types.h"
#include "store/database.h"

namespace openid {

/// A party just registered; the secret is shown once and kept nowhere.
struct NewParty {
  PartyPtr party;
  std::optional<core::Secret<std::string>> client_secret;
};

/// What somebody presented at an endpoint to prove which party it is.
struct PresentedClient {
  std::optional<std::pair<std::string, core::Secret<std::string>>> basic;  ///< client_id, secret
  std::string client_id;  ///< of the form; may be empty
  std::string client_assertion_type;
  std::string client_assertion;
  std::string audience;  ///< what an assertion must name: our issuer
};

/// An ask beyond a registration, as the registrar reads it.
struct RefusedAsk {
  std::string what;
  std::int64_t times = 0;
  core::Instant first_at;
  core::Instant last_at;
};

class PartyService {
 public:
  /// @param secret_key  keys the stored tags of client secrets.
  PartyService(store::Database& data, PartyDocuments& documents, core::Rng& rng,
               crypto::Key256 secret_key);

  /// Errors: those of parse_registration, check_sector and the store.
  [[nodiscard]] core::Result<NewParty> add(const codec::Json& registration, core::Instant now);
  /// Errors: kNotFound "relying_party.unknown"; those of parse_registration and check_sector.
  [[nodiscard]] core::Result<PartyPtr> change(std::string_view client_id,
                                              const codec::Json& registration, core::Instant now);
  /// Errors: kNotFound "relying_party.unknown".
  [[nodiscard]] core::Result<PartyPtr> set_disabled(std::string_view client_id, bool disabled,
                                                    core::Instant now);
  /// The old secret stops working at once.
  /// Errors: kNotFound "relying_party.unknown"; kConflict "relying_party.no_secret" it proves
  ///   itself otherwise.
  [[nodiscard]] core::Result<NewParty> rotate_secret(std::string_view client_id, core::Instant now);

  [[nodiscard]] core::Result<std::vector<PartyPtr>> list(core::Instant now);
  /// Also a disabled one. Errors: kNotFound "relying_party.unknown".
  [[nodiscard]] core::Result<PartyPtr> get(std::string_view client_id, core::Instant now);
  [[nodiscard]] core::Result<std::vector<RefusedAsk>> refused_asks(std::string_view client_id);
  /// Writes an ask beyond the registration down.
  [[nodiscard]] core::Status note_excess(std::string_view client_id, std::string_view what,
                                         core::Instant now);

  /// The registration as it can be sent back to change it.
  [[nodiscard]] static codec::JsonObject registration_of(const RelyingParty& party);

  /// Errors: kUnauthenticated "oauth.invalid_client..."; kInvalidInput "oauth.invalid_request..."
  ///   two ways of proving at once.
  [[nodiscard]] core::Result<PartyPtr> authenticate(const PresentedClient& presented,
                                                    core::Instant now);

 private:
  using Register = std::map<std::string, PartyPtr, std::less<>>;
  [[nodiscard]] core::Status refresh(core::Instant now);
  [[nodiscard]] core::Result<NewParty> store(RelyingParty party, bool with_secret);
  [[nodiscard]] core::Bytes tag_of(std::string_view client_id, std::string_view secret) const;
  [[nodiscard]] core::Result<PartyPtr> known(std::string_view client_id, core::Instant now);
  [[nodiscard]] core::Result<PartyPtr> by_assertion(const PresentedClient& presented,
                                                    core::Instant now);

  store::Database& data_;
  PartyDocuments& documents_;
  PartyKeys keys_;
  core::Rng& rng_;
  crypto::Key256 secret_key_;
  std::shared_mutex mutex_;
  std::shared_ptr<const Register> register_ = std::make_shared<const Register>();
  std::int64_t version_ = 0;
  core::Instant refreshed_at_;
};

}  // namespace openid
