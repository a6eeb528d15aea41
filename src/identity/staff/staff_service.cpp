#include "identity/staff/staff_service.h"

#include <algorithm>

#include "identity/account_store.h"
#include "identity/staff/staff_store.h"

namespace identity {

std::string_view name_of(StaffRole role) {
  switch (role) {
    case StaffRole::kRegistrar:
      return "registrar";
    case StaffRole::kDataProtectionOfficer:
      return "data_protection_officer";
  }
  return "registrar";
}

std::optional<StaffRole> find_staff_role(std::string_view name) {
  for (const auto role : kAllStaffRoles) {
    if (name_of(role) == name) return role;
  }
  return std::nullopt;
}

core::Status StaffService::grant(const CitizenId& citizen_id, StaffRole role, core::Instant now) {
  return data_.write([&](store::UnitOfWork& unit) -> core::Status {
    TRY_VOID(sql::get_citizen(unit, citizen_id));
    return sql::put_staff_role(unit, {citizen_id, role, now});
  });
}

core::Status StaffService::revoke(const CitizenId& citizen_id, StaffRole role) {
  return data_.write([&](store::UnitOfWork& unit) -> core::Status {
    TRY(const bool had, sql::delete_staff_role(unit, citizen_id, role));
    if (!had) return core::fail(core::ErrorCode::kNotFound, "staff.no_such_role");
    return {};
  });
}

core::Result<std::vector<StaffEntry>> StaffService::list() {
  return data_.read([](store::UnitOfWork& unit) { return sql::list_staff(unit); });
}

core::Result<std::vector<StaffRole>> StaffService::roles_of(const CitizenId& citizen_id) {
  return data_.read(
      [&](store::UnitOfWork& unit) { return sql::list_staff_roles(unit, citizen_id); });
}

core::Status StaffService::require(const CitizenId& citizen_id, StaffRole role) {
  TRY(const auto roles, roles_of(citizen_id));
  if (std::find(roles.begin(), roles.end(), role) != roles.end()) return {};
  return core::fail(core::ErrorCode::kForbidden, "staff.role_required");
}

}  // namespace identity
