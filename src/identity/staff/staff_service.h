// StaffService: what somebody may do for the installation beside being its citizen. Roles are given
// on the machine's command line only, so that no session can raise itself. Safe from any thread.
#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "identity/types.h"
#include "store/database.h"

namespace identity {

enum class StaffRole {
  kRegistrar,              ///< keeps the register of relying parties
  kDataProtectionOfficer,  ///< answers people's requests about their data
};
inline constexpr std::array kAllStaffRoles{StaffRole::kRegistrar,
                                           StaffRole::kDataProtectionOfficer};
[[nodiscard]] std::string_view name_of(StaffRole role);
[[nodiscard]] std::optional<StaffRole> find_staff_role(std::string_view name);

/// One role of one person.
struct StaffEntry {
  CitizenId citizen_id;
  StaffRole role = StaffRole::kRegistrar;
  core::Instant granted_at;
};

class StaffService {
 public:
  explicit StaffService(store::Database& data) : data_(data) {}

  /// Giving it twice is no error. Errors: kNotFound "citizen.unknown"; the store's.
  [[nodiscard]] core::Status grant(const CitizenId& citizen_id, StaffRole role, core::Instant now);
  /// Errors: kNotFound "staff.no_such_role" they do not have it.
  [[nodiscard]] core::Status revoke(const CitizenId& citizen_id, StaffRole role);
  [[nodiscard]] core::Result<std::vector<StaffEntry>> list();
  [[nodiscard]] core::Result<std::vector<StaffRole>> roles_of(const CitizenId& citizen_id);
  /// Errors: kForbidden "staff.role_required".
  [[nodiscard]] core::Status require(const CitizenId& citizen_id, StaffRole role);

 private:
  store::Database& data_;
};

}  // namespace identity
