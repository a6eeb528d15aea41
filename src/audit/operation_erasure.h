// How the history of a citizen goes with their account. A function over an open unit of work, safe
// from any thread that owns one.
#pragma once

#include "core/result.h"
#include "core/strong_id.h"
#include "store/unit_of_work.h"

namespace audit {

/// Removes the citizen's whole history. @return lines removed. Errors: store::UnitOfWork::run.
[[nodiscard]] core::Result<std::int64_t> erase_operations(store::UnitOfWork& unit,
                                                          const core::CitizenId& citizen_id);

}  // namespace audit
