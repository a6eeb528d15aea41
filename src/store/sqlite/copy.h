// Copying a whole SQLite database into another file.
// For store/backup only; safe from any thread, on different files.
#pragma once

#include <string>

#include "core/result.h"

namespace store {

/// Writes what `from` holds at one moment into the empty file `to`, without free pages, and checks
/// the result. Others may write to `from` meanwhile.
/// Errors: kUnavailable "store.missing", "store.busy", "store.full", "store.io"; kInternal
///         "store.corrupt" `from` is damaged or no database.
[[nodiscard]] core::Status copy_sqlite(const std::string& from, const std::string& to);

}  // namespace store
