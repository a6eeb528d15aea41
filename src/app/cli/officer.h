// Who answers for what a command does with people's data: its officer, found by their number. For
// commands, on the main thread.
#pragma once

#include <string>

#include "app/config/jurisdiction.h"
#include "vault/vault.h"

namespace app {

/// The account with this number, if it has the role of the data protection officer.
/// Errors: those of identity::PhoneNumber::parse; kNotFound "citizen.unknown"; kForbidden
///         "staff.role_required"; the store's.
[[nodiscard]] core::Result<core::CitizenId> find_officer(const vault::VaultPorts& ports,
                                                         const std::string& number,
                                                         const Jurisdiction& jurisdiction);

}  // namespace app
