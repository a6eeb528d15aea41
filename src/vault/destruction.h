// Destroying: how everything the vault holds of a citizen goes: first the keys, so that nothing
// opens any more, in backups neither; then the rows. Safe from any thread.
#pragma once

#include "core/result.h"
#include "core/strong_id.h"
#include "store/database.h"

namespace vault {

/// Destroys every key of the citizen, of whatever category, and scrubs the database's files of them
/// as far as readers let it; what they did not let goes with the next store::scrub. May be repeated
/// after an error.
/// @param keys  the key database. @return keys destroyed. Errors: the store's.
[[nodiscard]] core::Result<std::int64_t> destroy_keys(store::Database& keys,
                                                      const core::CitizenId& citizen_id);

/// How many rows went.
struct DestroyedRecords {
  std::int64_t records = 0;
  std::int64_t accesses = 0;
  std::int64_t blocks = 0;
};
/// Destroys every record of the citizen, who read them and what was blocked, in the caller's
/// transaction.
/// Errors: the store's.
[[nodiscard]] core::Result<DestroyedRecords> destroy_records(store::UnitOfWork& unit,
                                                             const core::CitizenId& citizen_id);

}  // namespace vault
