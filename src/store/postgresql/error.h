// What PostgreSQL's SQLSTATE codes mean to a caller of the store. For the PostgreSQL driver only.
// Pure functions, safe from any thread.
#pragma once

#include <libpq-fe.h>

#include <string_view>

#include "core/result.h"

namespace store {

/// The reason of a conflict with a concurrent transaction: the driver runs the unit again, so a
/// caller never sees it (it becomes "store.busy" when the attempts are used up).
inline constexpr std::string_view kSerializationReason = "store.serialization";

/// The Error for a failed result. The detail names the query, the SQLSTATE, and the constraint or
/// table; PostgreSQL's own message only where it cannot quote a value from a row or a parameter.
[[nodiscard]] tl::unexpected<core::Error> postgresql_error(const PGresult* result,
                                                           std::string_view doing);

/// The Error for a connection that could not be made.
[[nodiscard]] tl::unexpected<core::Error> postgresql_connect_error(const PGconn* connection);

}  // namespace store
