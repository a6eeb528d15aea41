// What a command plugs into the vault and the privacy room: what it does rests on no consent, and
// it ends none. Safe from any thread.
#pragma once

#include "privacy/service.h"
#include "vault/vault.h"

namespace app {

/// Nothing that needs a consent can be read from the command line.
class NoConsents final : public vault::ConsentCheck {
 public:
  core::Result<bool> hold_live(store::UnitOfWork& /*unit*/,
                               const vault::ConsentQuestion& /*question*/) override {
    return false;
  }
};

/// Nobody here has to hear of a consent that ends.
class NothingEnds final : public privacy::ConsentEnded {
 public:
  core::Status consent_ended(store::UnitOfWork& /*unit*/, const core::CitizenId& /*citizen_id*/,
                             privacy::ConsentPurpose /*purpose*/) override {
    return {};
  }
};

}  // namespace app
