#include "identity/authenticator/authenticator_erasure.h"

#include "identity/authenticator/passkey_store.h"
#include "identity/authenticator/totp_store.h"

namespace identity {

core::Status erase_authenticators(store::UnitOfWork& unit, const CitizenId& citizen_id) {
  TRY(const auto passkeys, sql::list_passkeys(unit, citizen_id));
  for (const auto& row : passkeys) {
    TRY_VOID(sql::delete_passkey(unit, citizen_id, row.passkey.id));
  }
  TRY_VOID(sql::delete_totp(unit, citizen_id));
  return sql::delete_recovery_codes(unit, citizen_id);
}

}  // namespace identity
