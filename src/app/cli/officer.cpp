#include "app/cli/officer.h"

#include "identity/account_store.h"
#include "identity/phone_number.h"
#include "identity/staff/staff_service.h"

namespace app {

core::Result<core::CitizenId> find_officer(const vault::VaultPorts& ports,
                                           const std::string& number,
                                           const Jurisdiction& jurisdiction) {
  TRY(const auto phone, identity::PhoneNumber::parse(number, jurisdiction.phone.policy));
  const vault::Vault vault(ports);
  const auto index = vault.blind_index(identity::sql::kPhoneLogin, phone.e164()).bytes;
  TRY(const auto found, ports.data.read([&](store::UnitOfWork& unit) {
    return identity::sql::find_login(unit, identity::sql::kPhoneLogin, index);
  }));
  if (!found) return core::fail(core::ErrorCode::kNotFound, "citizen.unknown");
  TRY_VOID(identity::StaffService(ports.data)
               .require(*found, identity::StaffRole::kDataProtectionOfficer));
  return *found;
}

}  // namespace app
