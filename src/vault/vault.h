// The vault: personal data at rest, and the one way to read it. Values are AES-256-GCM ciphertext
// under a key per citizen and category; the wrapped keys live in a database of their own, so that
// deleting a key row erases the data everywhere. No log, no read: whoever is not the citizen gets
// plaintext only together with a committed access record. Each write is one operation of the law,
// by its name (vault/operation.h). Safe from any thread; made once by app/.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/instant.h"
#include "core/result.h"
#include "core/rng.h"
#include "crypto/key_provider.h"
#include "store/database.h"
#include "vault/operation.h"
#include "vault/types.h"

namespace vault {

/// What a consent has to allow for one reading.
struct ConsentQuestion {
  core::CitizenId citizen_id;
  std::string_view consent;                 ///< "registry_documents", "party:<client_id>"
  std::span<const std::string> attributes;  ///< each must be covered, in the asker's words
  core::Instant now;
};

/// Whether a consent lives, in the vault's own words; app/ plugs the rooms in that keep consents.
class ConsentCheck {
 public:
  virtual ~ConsentCheck() = default;
  /// Whether it lives and covers what is asked for, and holds it so until the unit has committed:
  /// who withdraws or narrows it meanwhile waits, or this unit does not commit. Only in a unit that
  /// may write. Errors: the store's.
  [[nodiscard]] virtual core::Result<bool> hold_live(store::UnitOfWork& unit,
                                                     const ConsentQuestion& question) = 0;
};

/// Who wants which data of whom, and what for.
struct OpenRequest {
  core::CitizenId citizen_id;
  Category category = Category::kProfile;
  Purpose purpose = Purpose::kShowToCitizen;
  Actor actor;
  core::Instant now;
  std::vector<std::string> attributes = {};  ///< what a consent to this actor has to cover
};

/// What one opening found, still sealed; made by Vault::open_later alone, after the access record
/// was durable.
class Opening {
 public:
  /// Errors: kInternal "crypto.open_failed".
  [[nodiscard]] core::Result<PersonalRecords> records() const;

 private:
  friend class Vault;
  Opening(OpenRequest request, std::optional<crypto::Key256> key)
      : request_(std::move(request)), key_(std::move(key)) {}
  OpenRequest request_;
  std::optional<crypto::Key256> key_;
  store::Rows rows_;
};
using Opened = std::function<void(core::Result<std::shared_ptr<const Opening>>)>;

/// One value to be sealed.
struct SealRequest {
  core::CitizenId citizen_id;
  Category category = Category::kProfile;
  std::string name;
  core::Secret<std::string> value;
  Provenance provenance;
};

/// What the vault rests on; all must outlive it.
struct VaultPorts {
  store::Database& data;
  store::Database& keys;
  crypto::KeyProvider& root;
  ConsentCheck& consents;
  core::Rng& rng;
};

class Vault {
 public:
  explicit Vault(VaultPorts ports);

  /// Extracts, uses or transfers, as the purpose says (opening_of in vault/purposes.h): everything
  /// of one category, in clear; empty when there is nothing. Of several sources that
  /// speak of one name the one in force stands first (vault/claims.h).
  /// @param beside  runs first in the same unit of the data database: one transaction instead of
  ///                two where a request needs both. Its errors are answered as they are.
  /// Errors: kForbidden "vault.purpose_owner_only"  the purpose is the citizen's alone;
  ///         kForbidden "vault.consent_missing"     the consent behind the purpose does not live;
  ///         kForbidden "vault.blocked"             the category is blocked, and the purpose is one
  ///                                                that a block stops (stops_when_blocked);
  ///         kInternal "crypto.open_failed"         a row or key was altered or moved;
  ///         those of store::Database.
  [[nodiscard]] core::Result<PersonalRecords> open(const OpenRequest& request,
                                                   const store::UnitFunction& beside = {});
  /// The same for somebody who is not the citizen, without waiting for the access record: `done` is
  /// called as store::Database::write_then does, and may decrypt elsewhere.
  /// Errors: as open, given to `done`.
  void open_later(const OpenRequest& request, Opened done);

  /// Encrypts a value for its place; makes the category's key at first use.
  /// Errors: those of store::Database and crypto::KeyProvider.
  [[nodiscard]] core::Result<SealedRecord> seal(const SealRequest& request);
  /// Records, in the caller's transaction, what a source says for the first time.
  /// Errors: kForbidden "vault.blocked" the category is blocked;
  ///         kConflict "store.unique"   the source has given this value before: clarify it;
  ///         those of store::UnitOfWork::run.
  [[nodiscard]] core::Status record(store::UnitOfWork& unit, const SealedRecord& record);
  /// Clarifies: the source's newer value replaces its older one; other sources are left alone.
  /// False when the source has given none. Errors: kForbidden "vault.blocked"; the store's.
  [[nodiscard]] core::Result<bool> clarify(store::UnitOfWork& unit, const SealedRecord& record);
  /// Clarifies what the source has given before and records what it has not, for callers that take
  /// either. @return which of the two it was. Errors: kForbidden "vault.blocked"; the store's.
  [[nodiscard]] core::Result<Operation> record_or_clarify(store::UnitOfWork& unit,
                                                          const SealedRecord& record);
  /// Deletes one record, whoever it is from, blocked or not. What is not there is no error. (What
  /// one source says is deleted in vault/claims.h; all of a person is destroyed in
  /// vault/destruction.h.)
  [[nodiscard]] core::Status delete_record(store::UnitOfWork& unit,
                                           const core::CitizenId& citizen_id, Category category,
                                           std::string_view name);

  /// The blind index of a normalised value; `kind` keeps numbers of different kinds apart.
  [[nodiscard]] BlindIndex blind_index(std::string_view kind, std::string_view value) const;

  /// Short-lived data of somebody who is not a citizen yet (a number being proven), under a
  /// platform key. `place` names table, column and row.
  [[nodiscard]] core::Bytes seal_transient(std::string_view place,
                                           const core::Secret<std::string>& value) const;
  /// Errors: kInternal "crypto.open_failed".
  [[nodiscard]] core::Result<core::Secret<std::string>> open_transient(std::string_view place,
                                                                       core::ByteView sealed) const;

 private:
  [[nodiscard]] core::Result<std::optional<crypto::Key256>> find_key(
      const core::CitizenId& citizen_id, Category category);
  [[nodiscard]] core::Result<crypto::Key256> get_or_make_key(const core::CitizenId& citizen_id,
                                                             Category category, core::Instant now);
  [[nodiscard]] core::Result<store::Rows> select(store::UnitOfWork& unit,
                                                 const OpenRequest& request);

  VaultPorts ports_;
  crypto::Key256 index_key_;
  crypto::Key256 transient_key_;
};

}  // namespace vault
