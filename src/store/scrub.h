// Scrubbing: what was deleted from a database goes from its files too. Safe from any thread, beside
// readers and writers.
#pragma once

#include "store/database.h"

namespace store {

/// SQLite: deleted rows are overwritten in the file as they are deleted (secure_delete); this
/// writes the log back and empties it, in which they still stand. May take a second when readers do
/// not finish. PostgreSQL: nothing is done here; docs/adr/0045 says what VACUUM leaves.
/// Errors: kUnavailable "store.busy" a reader did not finish in time: call again later;
///         those of Database::write.
[[nodiscard]] core::Status scrub(Database& database);

}  // namespace store
