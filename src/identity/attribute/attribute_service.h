// AttributeService: what is known about the account's owner, with every source beside the others;
// and what the owner enters themselves. Safe from any thread.
#pragma once

#include <string_view>
#include <vector>

#include "core/result.h"
#include "core/rng.h"
#include "identity/attribute/attribute_claims.h"
#include "identity/types.h"
#include "store/database.h"
#include "vault/vault.h"

namespace identity {

/// Claims that other rooms hold in documents of theirs, in this room's words; app/ plugs the wallet
/// in. Nothing is copied: a document that goes takes what it says along.
class DocumentClaims {
 public:
  virtual ~DocumentClaims() = default;
  [[nodiscard]] virtual core::Result<vault::PersonalRecords> claims(const CitizenId& citizen_id,
                                                                    core::Instant now) = 0;
};

struct AttributePorts {
  store::Database& data;
  vault::Vault& vault;
  DocumentClaims& documents;
  core::Rng& rng;
};

class AttributeService {
 public:
  static constexpr std::size_t kPreferredNameCharactersMax = 64;
  static constexpr std::size_t kLivingAddressCharactersMax = 250;

  AttributeService(AttributePorts ports, Freshness freshness)
      : ports_(ports), freshness_(std::move(freshness)) {}

  [[nodiscard]] const Freshness& freshness() const { return freshness_; }

  /// Every attribute with all its claims, for the owner. Errors: those of the vault.
  [[nodiscard]] core::Result<std::vector<Attribute>> list(const CitizenId& id, core::Instant now);
  /// The same, of the profile alone when `documents` is false: cheaper, and without what documents
  /// contradict.
  [[nodiscard]] core::Result<std::vector<Attribute>> list(const CitizenId& id, bool documents,
                                                          core::Instant now);

  /// What the owner says of themselves: "preferred_name" or "living_address".
  /// Errors: kNotFound "attribute.not_yours" another name; kInvalidInput "attribute.value" empty,
  ///   too long, not UTF-8 or with control characters.
  [[nodiscard]] core::Status put_own(const CitizenId& id, std::string_view name,
                                     const core::Secret<std::string>& value, core::Instant now);
  /// Takes it back. Errors: kNotFound "attribute.not_yours".
  [[nodiscard]] core::Status remove_own(const CitizenId& id, std::string_view name,
                                        core::Instant now);

 private:
  AttributePorts ports_;
  Freshness freshness_;
};

}  // namespace identity
