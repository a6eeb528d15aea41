// The vault's one question about consents, answered by the rooms that keep them: the privacy room
// for what the platform does, the OpenID room for a party that is named. No plaintext that rests on
// a consent leaves the vault past this. Safe from any thread.
#pragma once

#include "vault/vault.h"

namespace app {

class VaultConsents final : public vault::ConsentCheck {
 public:
  [[nodiscard]] core::Result<bool> hold_live(store::UnitOfWork& unit,
                                             const vault::ConsentQuestion& question) override;
};

}  // namespace app
