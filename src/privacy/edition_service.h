// EditionService: the editions of the public documents as people meet them: which there are, what
// differs from the one before, which of them somebody has accepted and which waits for them.
// Safe from any thread; what it is made of must outlive it.
#pragma once

#include <map>
#include <mutex>
#include <set>
#include <tuple>
#include <vector>

#include "core/result.h"
#include "core/rng.h"
#include "privacy/edition_difference.h"
#include "privacy/edition_library.h"
#include "store/database.h"

namespace privacy {

/// How something was accepted.
enum class AcceptedHow {
  kRegistration,  ///< when the account was made
  kUse,           ///< in the account, before the edition came into force
  kSignIn,        ///< at the door: it was in force, and nothing else was open until then
};
[[nodiscard]] std::string_view name_of(AcceptedHow how);

/// An acceptance as it is on record.
struct AcceptanceRecord {
  SeenEdition seen;
  std::string how;
  core::Instant accepted_at;
};

/// An edition somebody has not accepted.
struct WaitingEdition {
  const Edition* edition = nullptr;
  bool binds = false;  ///< in force: the account is closed but for leaving and the law's rights
};

/// Changes of one edition against the one before it.
struct EditionChanges {
  const Edition* edition = nullptr;
  const Edition* previous = nullptr;  ///< nullptr for the first
  const std::vector<ClauseChange>* changes = nullptr;
};

class EditionService {
 public:
  EditionService(store::Database& data, const EditionLibrary& editions, core::Rng& rng);

  [[nodiscard]] const EditionLibrary& editions() const { return editions_; }

  /// Errors: kNotFound "edition.unknown"; also for one that is to be published later.
  [[nodiscard]] core::Result<EditionChanges> changes(EditionKind kind, int number,
                                                     std::string_view language,
                                                     core::Instant now) const;

  /// Editions of the agreement that are published and that the person has not accepted: the one in
  /// force first, then those to come. Whoever accepted a newer edition has none: an older one is
  /// never asked for, also when the clock steps back. Errors: the store's.
  [[nodiscard]] core::Result<std::vector<WaitingEdition>> waiting(const core::CitizenId& citizen_id,
                                                                  std::string_view language,
                                                                  core::Instant now);
  /// Newest first, at most 100. Errors: the store's.
  [[nodiscard]] core::Result<std::vector<AcceptanceRecord>> accepted(
      const core::CitizenId& citizen_id);

  /// Accepts an edition of the agreement that is in force or announced, by the bytes shown.
  /// Errors: kInvalidInput "edition.nothing_to_accept" only the agreement is accepted;
  ///         kNotFound "edition.unknown" no such edition is published;
  ///         kConflict "edition.superseded" a newer one is in force;
  ///         kInvalidInput "edition.mismatch" the digest is of other bytes;
  ///         kConflict "edition.already_accepted"; the store's.
  [[nodiscard]] core::Result<AcceptanceRecord> accept(const core::CitizenId& citizen_id,
                                                      const SeenEdition& seen, core::Instant now);

  /// Whether an edition is in force that the person has not accepted. Costs nothing while the first
  /// edition is in force, one read by key once a process and person otherwise. Errors: the store's.
  [[nodiscard]] core::Result<bool> must_accept(const core::CitizenId& citizen_id,
                                               core::Instant now);

 private:
  using Key = std::tuple<EditionKind, int, std::string>;
  [[nodiscard]] int number_in_force(core::Instant now) const;
  void remember(const core::CitizenId& citizen_id, int number);

  store::Database& data_;
  const EditionLibrary& editions_;
  core::Rng& rng_;
  std::map<Key, std::vector<ClauseChange>> changes_;
  std::mutex mutex_;
  int remembered_number_ = 0;
  std::set<core::CitizenId> remembered_;  ///< who accepted remembered_number_ or a newer one
};

}  // namespace privacy
