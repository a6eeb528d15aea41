// OwnRecords: what the identity room itself holds of a citizen, and how it goes: the account, its
// numbers and logins, password, sessions, codes on their way. Safe from any thread.
#pragma once

#include "identity/account/account_holder.h"

namespace identity {

class OwnRecords final : public AccountHolder {
 public:
  [[nodiscard]] core::Status freeze(store::UnitOfWork& unit, const core::CitizenId& citizen_id,
                                    core::Instant now) override;
  [[nodiscard]] core::Status erase(store::UnitOfWork& unit, const Erasure& erasure,
                                   ErasureCounts& counts) override;
};

}  // namespace identity
