// What stands between a right password and a session: nothing, or a ticket that a second factor
// turns into one. An account that has a passkey or a code app is always asked; whether others are
// asked for a code by phone is the installation's policy. Safe from any thread.
#pragma once

#include <optional>
#include <vector>

#include "core/result.h"
#include "core/rng.h"
#include "identity/types.h"
#include "store/unit_of_work.h"

namespace identity {

enum class SecondFactorMethod { kPasskey, kTotp, kRecoveryCode, kPhone };
[[nodiscard]] std::string_view name_of(SecondFactorMethod method);

/// Of whom a second factor is demanded although they have set none up: they prove their number.
enum class SecondFactorDemand { kNobody, kVerified, kEverybody };
[[nodiscard]] std::string_view name_of(SecondFactorDemand demand);
[[nodiscard]] std::optional<SecondFactorDemand> find_second_factor_demand(std::string_view name);

/// The first factor was right; this leads to the second.
struct SecondFactorTicket {
  Token token;
  std::vector<SecondFactorMethod> methods;
  core::Instant expires_at;
};

class SecondFactorGate {
 public:
  static constexpr core::Duration kTicketLife = std::chrono::minutes(10);
  static constexpr std::int64_t kAttempts = 5;

  SecondFactorGate(SecondFactorDemand demand, core::Rng& rng) : demand_(demand), rng_(rng) {}

  /// A ticket if this account has to give a second factor, in the unit that judged the first.
  [[nodiscard]] core::Result<std::optional<SecondFactorTicket>> ask(store::UnitOfWork& unit,
                                                                    const CitizenId& citizen_id,
                                                                    AmrSet proven,
                                                                    core::Instant now);

 private:
  SecondFactorDemand demand_;
  core::Rng& rng_;
};

namespace sql {

struct SecondFactorRow {
  core::Bytes token_hash;
  CitizenId citizen_id;
  AmrSet amr;
  std::int64_t attempts_left = 0;
  core::Instant expires_at;
};
[[nodiscard]] core::Status insert_second_factor(store::UnitOfWork& unit,
                                                const SecondFactorRow& row);
[[nodiscard]] core::Result<std::optional<SecondFactorRow>> find_second_factor(
    store::UnitOfWork& unit, core::ByteView token_hash);
/// Spends one attempt before it is judged. False when none is left, or no ticket.
[[nodiscard]] core::Result<bool> spend_second_factor_attempt(store::UnitOfWork& unit,
                                                             core::ByteView token_hash);
/// False when another request was first.
[[nodiscard]] core::Result<bool> delete_second_factor(store::UnitOfWork& unit,
                                                      core::ByteView token_hash);
[[nodiscard]] core::Result<std::int64_t> purge_second_factors(store::UnitOfWork& unit,
                                                              core::Instant now);

}  // namespace sql
}  // namespace identity
