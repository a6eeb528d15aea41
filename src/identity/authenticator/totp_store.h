// Tables of code apps and recovery codes. Functions over an open unit of work; errors are those of
// store::UnitOfWork::run.
#pragma once

#include <optional>
#include <vector>

#include "identity/types.h"
#include "store/unit_of_work.h"

namespace identity {

/// What an account has beside its password.
struct OwnAuthenticators {
  bool passkey = false;
  bool totp = false;
  std::int64_t recovery_codes = 0;

  /// Whether a second factor is asked for: recovery codes alone stand in for one that is lost.
  [[nodiscard]] bool second_factor() const { return passkey || totp; }
};

namespace sql {

struct TotpRow {
  core::Instant made_at;
  std::optional<core::Instant> confirmed_at;
  std::int64_t last_used_step = 0;
  std::int64_t failures = 0;
  core::Instant blocked_until;
};

/// Begins anew, unless a confirmed one is there: then false.
[[nodiscard]] core::Result<bool> put_totp(store::UnitOfWork& unit, const CitizenId& citizen_id,
                                          core::Instant now);
[[nodiscard]] core::Result<std::optional<TotpRow>> find_totp(store::UnitOfWork& unit,
                                                             const CitizenId& citizen_id);
/// Uses a step up. False when it or a later one was used before: exactly one of many wins.
[[nodiscard]] core::Result<bool> use_totp_step(store::UnitOfWork& unit, const CitizenId& citizen_id,
                                               std::int64_t step);
[[nodiscard]] core::Status confirm_totp(store::UnitOfWork& unit, const CitizenId& citizen_id,
                                        core::Instant now);
/// Adds a wrong code. @return how many in a row.
[[nodiscard]] core::Result<std::int64_t> count_totp_failure(store::UnitOfWork& unit,
                                                            const CitizenId& citizen_id);
[[nodiscard]] core::Status block_totp(store::UnitOfWork& unit, const CitizenId& citizen_id,
                                      core::Instant until);
/// False when there was none.
[[nodiscard]] core::Result<bool> delete_totp(store::UnitOfWork& unit, const CitizenId& citizen_id);

/// Replaces all codes of the account.
[[nodiscard]] core::Status put_recovery_codes(store::UnitOfWork& unit, const CitizenId& citizen_id,
                                              const std::vector<core::Bytes>& hashes,
                                              core::Instant now);
/// Takes a code out. False when it was not there: exactly one of many wins.
[[nodiscard]] core::Result<bool> take_recovery_code(store::UnitOfWork& unit,
                                                    const CitizenId& citizen_id,
                                                    core::ByteView hash);
[[nodiscard]] core::Status delete_recovery_codes(store::UnitOfWork& unit,
                                                 const CitizenId& citizen_id);

[[nodiscard]] core::Result<OwnAuthenticators> find_authenticators(store::UnitOfWork& unit,
                                                                  const CitizenId& citizen_id);

}  // namespace sql
}  // namespace identity
