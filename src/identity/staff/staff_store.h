// Table of staff roles. Functions over an open unit of work; errors are those of
// store::UnitOfWork::run.
#pragma once

#include <vector>

#include "identity/staff/staff_service.h"
#include "store/unit_of_work.h"

namespace identity::sql {

[[nodiscard]] core::Status put_staff_role(store::UnitOfWork& unit, const StaffEntry& entry);
/// False when they did not have it.
[[nodiscard]] core::Result<bool> delete_staff_role(store::UnitOfWork& unit,
                                                   const CitizenId& citizen_id, StaffRole role);
[[nodiscard]] core::Result<std::vector<StaffEntry>> list_staff(store::UnitOfWork& unit);
[[nodiscard]] core::Result<std::vector<StaffRole>> list_staff_roles(store::UnitOfWork& unit,
                                                                    const CitizenId& citizen_id);

}  // namespace identity::sql
