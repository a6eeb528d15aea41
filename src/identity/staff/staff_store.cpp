#include "identity/staff/staff_store.h"

namespace identity::sql {
namespace {

constexpr store::Query kPut{"staff_role.put",
                            "INSERT INTO staff_role (citizen_id, role, granted_at_utc)"
                            " VALUES ($1, $2, $3) ON CONFLICT (citizen_id, role) DO NOTHING"};
constexpr store::Query kDelete{"staff_role.delete",
                               "DELETE FROM staff_role WHERE citizen_id = $1 AND role = $2"};
constexpr store::Query kList{
    "staff_role.list",
    "SELECT citizen_id, role, granted_at_utc FROM staff_role ORDER BY granted_at_utc"};
constexpr store::Query kListOf{"staff_role.list_of",
                               "SELECT role FROM staff_role WHERE citizen_id = $1 ORDER BY role"};

}  // namespace

core::Status put_staff_role(store::UnitOfWork& unit, const StaffEntry& entry) {
  TRY_VOID(unit.run(kPut, {entry.citizen_id, name_of(entry.role), entry.granted_at}));
  return {};
}

core::Result<bool> delete_staff_role(store::UnitOfWork& unit, const CitizenId& citizen_id,
                                     StaffRole role) {
  TRY(const auto rows, unit.run(kDelete, {citizen_id, name_of(role)}));
  return rows.affected() == 1;
}

core::Result<std::vector<StaffEntry>> list_staff(store::UnitOfWork& unit) {
  TRY(const auto rows, unit.run(kList));
  std::vector<StaffEntry> entries;
  for (const auto& row : rows) {
    const auto role = find_staff_role(row.text(1));
    if (role) entries.push_back({row.id<CitizenId>(0), *role, row.instant(2)});
  }
  return entries;
}

core::Result<std::vector<StaffRole>> list_staff_roles(store::UnitOfWork& unit,
                                                      const CitizenId& citizen_id) {
  TRY(const auto rows, unit.run(kListOf, {citizen_id}));
  std::vector<StaffRole> roles;
  for (const auto& row : rows) {
    const auto role = find_staff_role(row.text(0));
    if (role) roles.push_back(*role);
  }
  return roles;
}

}  // namespace identity::sql
