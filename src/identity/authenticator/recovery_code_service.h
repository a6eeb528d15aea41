// RecoveryCodes: ten codes on paper, each good once, for the day the phone is gone. 60 random bits
// each; the table holds keyed hashes. Safe from any thread.
#pragma once

#include <vector>

#include "core/result.h"
#include "core/rng.h"
#include "identity/authenticator/totp_store.h"
#include "store/database.h"
#include "vault/vault.h"

namespace identity {

struct RecoveryCodePorts {
  store::Database& data;
  vault::Vault& vault;  ///< for blind indexes alone
  core::Rng& rng;
};

class RecoveryCodes {
 public:
  static constexpr std::size_t kCount = 10;

  explicit RecoveryCodes(RecoveryCodePorts ports) : ports_(ports) {}

  /// New codes, "ABCD-EFGH-JKMN", shown this once; earlier ones stop working.
  /// Errors: those of require_recent_proof and the store.
  [[nodiscard]] core::Result<std::vector<core::Secret<std::string>>> make(const Authenticated& who,
                                                                          core::Instant now);
  /// Uses a code up, in the unit that acts on it. Spaces, dashes and case do not matter.
  /// Errors: kForbidden "recovery_code.wrong" no such code, or used; the store's.
  [[nodiscard]] core::Status take(store::UnitOfWork& unit, const CitizenId& citizen_id,
                                  const core::Secret<std::string>& code, core::Instant now);

 private:
  [[nodiscard]] core::Bytes hash_of(const CitizenId& citizen_id, std::string_view code) const;

  RecoveryCodePorts ports_;
};

}  // namespace identity
