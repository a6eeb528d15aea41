// What goes with a deleted account: passkeys, code app, recovery codes. The code app's secret is in
// the vault and goes with its key. For whoever deletes accounts; function over an open unit of
// work.
#pragma once

#include "identity/types.h"
#include "store/unit_of_work.h"

namespace identity {

/// Tickets of a second factor are left to their ten minutes: without an account they open nothing.
/// Errors: those of store::UnitOfWork::run.
[[nodiscard]] core::Status erase_authenticators(store::UnitOfWork& unit,
                                                const CitizenId& citizen_id);

}  // namespace identity
