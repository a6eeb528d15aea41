// run_unit: how both drivers call a unit's function, so that what it throws ends in one place. For
// drivers only.
#pragma once

#include "core/result.h"
#include "store/unit_of_work.h"

namespace store {

/// Calls the function and decides what the unit came to: its own error, the error of a failed
/// statement that the function passed over, or success.
/// Errors: those; kInternal "store.unit_threw" with the exception's type, never its text.
[[nodiscard]] core::Status run_unit(const UnitFunction& work, UnitOfWork& unit);

}  // namespace store
