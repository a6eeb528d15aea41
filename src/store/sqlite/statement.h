// Binding parameters to an SQLite statement and reading its columns. For the SQLite driver only;
// used by the thread that holds the connection.
#pragma once

#include "core/result.h"
#include "store/query.h"

struct sqlite3_stmt;

namespace store {

/// Binds all parameters; the statement keeps views of them until it is reset.
/// @return an SQLite result code; SQLITE_RANGE if there are more or fewer than the text names.
[[nodiscard]] int bind_all(sqlite3_stmt* statement, Params params);

/// The row the statement stands on.
/// Errors: kInternal "store.statement" a column is REAL, which is not portable.
[[nodiscard]] core::Result<Row> read_row(sqlite3_stmt* statement);

}  // namespace store
