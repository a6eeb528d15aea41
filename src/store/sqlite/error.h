// What SQLite's result codes mean to a caller of the store. For the SQLite driver only; called by
// the thread that holds the connection.
#pragma once

#include <string_view>

#include "core/result.h"

struct sqlite3;

namespace store {

/// The Error for the extended result code that a call on `connection` (may be null) just returned.
/// @param doing  what was tried: a query's name or "open"; goes into the detail together with
///               SQLite's own message, which never holds a bound value.
[[nodiscard]] tl::unexpected<core::Error> sqlite_error(sqlite3* connection, int code,
                                                       std::string_view doing);

}  // namespace store
