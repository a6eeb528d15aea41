// Whether somebody has asked that nothing more be done with their data, and waits for the answer.
// What was granted is a block of the vault and stops by itself. A function over an open unit of
// work; errors are those of store::UnitOfWork::run.
#pragma once

#include "core/result.h"
#include "core/strong_id.h"
#include "store/unit_of_work.h"

namespace privacy::sql {

/// An open request for stopping, blocking or erasure, or one that contests a decision.
[[nodiscard]] core::Result<bool> has_open_objection(store::UnitOfWork& unit,
                                                    const core::CitizenId& citizen_id);

}  // namespace privacy::sql
