// Copies of a whole database for safe keeping, taken while servers write to it, and the way back. A
// copy is one file: an SQLite database without free pages, or an archive of pg_dump. For the
// command line: each call works with connections of its own and may take minutes. Safe from any
// thread, on different files.
#pragma once

#include <string>

#include "store/database.h"

namespace store {

/// How copies of this engine are told apart: "sqlite", "postgresql".
[[nodiscard]] std::string_view name_of(Engine engine);
/// Errors: kInvalidInput "store.url".
[[nodiscard]] core::Result<Engine> engine_of(std::string_view url);

/// Copies the database as it is at one moment into a new file of mode 0600, and returns when it is
/// on disk. Nothing is left behind when it fails.
/// Errors: kConflict "backup.file_exists"; kUnavailable "store.missing", "store.full", "store.io",
///         "store.busy", "backup.tool" pg_dump is not installed or failed (the detail is what it
///         said); kInternal "store.corrupt" the database is damaged; kInvalidInput "store.url".
[[nodiscard]] core::Status copy_out(const std::string& url, const std::string& file);

/// Fills a database that holds nothing with a copy. A SQLite file is made; a PostgreSQL database
/// must be there.
/// Errors: kConflict "backup.target_not_empty"; kNotFound "backup.file_missing"; kInternal
///         "store.corrupt" the copy is damaged; otherwise as copy_out, "backup.tool" of pg_restore.
[[nodiscard]] core::Status copy_in(const std::string& url, const std::string& file);

}  // namespace store
