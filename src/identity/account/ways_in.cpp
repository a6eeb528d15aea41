#include "identity/account/ways_in.h"

#include "identity/account_store.h"
#include "identity/assurance/provider_store.h"
#include "identity/authenticator/passkey_store.h"

namespace identity {

core::Result<WaysIn> find_ways_in(store::UnitOfWork& unit, const core::CitizenId& citizen_id) {
  TRY(const auto password, sql::find_password(unit, citizen_id));
  TRY(const auto passkeys, sql::list_passkeys(unit, citizen_id));
  TRY(const auto links, sql::list_links(unit, citizen_id));
  return WaysIn{!password.empty(), !passkeys.empty(), !links.empty()};
}

}  // namespace identity
