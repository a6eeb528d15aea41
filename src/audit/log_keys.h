// The key under which a citizen's own entries rest: one per citizen in the key database, as the
// vault's are, so that deleting a citizen's keys makes their entries unreadable in every backup.
// Safe from any thread.
#pragma once

#include <optional>

#include "audit/log_record.h"
#include "core/rng.h"
#include "crypto/key_provider.h"
#include "store/database.h"

namespace audit {

/// What a sealed entry holds.
struct OpenedEntry {
  Salt salt{};
  std::string record;
};

class LogKeys {
 public:
  /// All must outlive it.
  LogKeys(store::Database& keys, crypto::KeyProvider& root, core::Rng& rng)
      : keys_(keys), root_(root), rng_(rng) {}

  /// Absent after an erasure, and for somebody whose first entry is not sealed yet.
  /// Errors: those of store::Database and crypto::KeyProvider.
  [[nodiscard]] core::Result<std::optional<crypto::Key256>> find(const core::CitizenId& citizen_id);
  /// Makes it at first use.
  [[nodiscard]] core::Result<crypto::Key256> get_or_make(const core::CitizenId& citizen_id,
                                                         core::Instant now);

 private:
  store::Database& keys_;
  crypto::KeyProvider& root_;
  core::Rng& rng_;
};

/// Which row a ciphertext belongs to; moved elsewhere it does not open.
struct EntryPlace {
  core::CitizenId citizen_id;
  EntryId entry_id;
};
[[nodiscard]] core::Bytes seal_entry(const crypto::Key256& key, const EntryPlace& place,
                                     const OpenedEntry& entry, core::Rng& rng);
/// Errors: kInternal "crypto.open_failed".
[[nodiscard]] core::Result<OpenedEntry> open_entry(const crypto::Key256& key,
                                                   const EntryPlace& place, core::ByteView sealed);

/// Seals what still rests in clear, one citizen a transaction.
/// @param citizens_max  how many citizens at most.
/// @return entries sealed. Errors: those of store::Database and crypto::KeyProvider.
[[nodiscard]] core::Result<int> seal_entries(store::Database& data, LogKeys& keys, core::Rng& rng,
                                             core::Instant now, int citizens_max);

}  // namespace audit
