// Archives of a PostgreSQL database by its own pg_dump and pg_restore.
// For store/backup only; safe from any thread, on different files.
#pragma once

#include <string>

#include "core/result.h"

namespace store {

/// Writes the database into `file`, as it is at one moment.
/// Errors: kUnavailable "backup.tool", "store.unreachable"; kInvalidInput "store.url".
[[nodiscard]] core::Status dump_postgresql(const std::string& url, const std::string& file);
/// Fills an empty database, in one transaction.
/// Errors: those of dump_postgresql; kConflict "backup.target_not_empty" it has tables.
[[nodiscard]] core::Status restore_postgresql(const std::string& url, const std::string& file);

}  // namespace store
