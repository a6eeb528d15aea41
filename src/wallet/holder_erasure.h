// How a holder leaves the wallet: devices and their attestations at once, the rest with the
// account. Functions over an open unit of work; errors are those of store::UnitOfWork::run.
#pragma once

#include "store/unit_of_work.h"
#include "wallet/types.h"

namespace wallet {

/// Takes every device back: their unexpired attestations go onto the list of revoked ones.
[[nodiscard]] core::Status revoke_everything(store::UnitOfWork& unit, const CitizenId& id,
                                             core::Instant now);

/// How many rows of the wallet's tables went.
struct ErasedHolder {
  std::int64_t documents = 0;
  std::int64_t devices = 0;
  std::int64_t attestations = 0;
  std::int64_t portraits = 0;
};
[[nodiscard]] core::Result<ErasedHolder> erase_holder(store::UnitOfWork& unit, const CitizenId& id);

}  // namespace wallet
