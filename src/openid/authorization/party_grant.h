// PartyGrant: what a citizen agreed to give a party, from the act to its end. It is the consent
// under which data leave the platform: nothing is released, and no token is made, but in a unit
// that holds it. Functions over an open unit of work; errors are those of store::UnitOfWork::run.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "openid/types.h"
#include "store/unit_of_work.h"

namespace openid {

struct PartyGrant {
  CitizenId citizen_id;
  std::string client_id;
  Texts claims;          ///< what may be given now
  Texts granted_claims;  ///< what was agreed to
  bool offline_access = false;
  core::Bytes purpose_digest;
  core::Instant granted_at;
  std::optional<core::Instant> expires_at;  ///< the first moment it no longer holds
  std::optional<core::Instant> narrowed_at;
  std::optional<core::Instant> withdrawn_at;
  core::Instant last_used_at;
  std::string document_sha256;  ///< of the text that was shown; empty = before texts were kept

  /// Needs no job: what has expired is dead by the clock of whoever asks.
  [[nodiscard]] bool is_live(core::Instant now) const {
    return !withdrawn_at && (!expires_at || now < *expires_at);
  }
};

/// Whether each of `asked` is among `granted`.
[[nodiscard]] bool covers(const Texts& granted, std::span<const std::string> asked);
/// Those of `asked` that are among `granted`.
[[nodiscard]] Texts common(const Texts& asked, const Texts& granted);

/// The last one, also when it has ended.
[[nodiscard]] core::Result<std::optional<PartyGrant>> find_grant(store::UnitOfWork& unit,
                                                                 const CitizenId& citizen_id,
                                                                 std::string_view client_id);
/// The live one, in a unit that may write: it lives until the unit has committed, because whoever
/// withdraws or narrows it waits, or the unit does not commit.
[[nodiscard]] core::Result<std::optional<PartyGrant>> hold_grant(store::UnitOfWork& unit,
                                                                 const CitizenId& citizen_id,
                                                                 std::string_view client_id,
                                                                 core::Instant now);
/// Stores an agreement; one that had ended before is kept beside it as a record.
[[nodiscard]] core::Status put_grant(store::UnitOfWork& unit, const PartyGrant& grant);
[[nodiscard]] core::Result<std::vector<PartyGrant>> list_live_grants(store::UnitOfWork& unit,
                                                                     const CitizenId& citizen_id,
                                                                     core::Instant now);
/// All there ever were: those that may live first, then by the moment they were given.
[[nodiscard]] core::Result<std::vector<PartyGrant>> list_grants(store::UnitOfWork& unit,
                                                                const CitizenId& citizen_id);
/// False when there is no live one.
[[nodiscard]] core::Result<bool> withdraw_grant(store::UnitOfWork& unit,
                                                const CitizenId& citizen_id,
                                                std::string_view client_id, core::Instant now);
/// Leaves `narrowed.claims`, as of `narrowed.narrowed_at`.
[[nodiscard]] core::Status narrow_grant(store::UnitOfWork& unit, const PartyGrant& narrowed);
[[nodiscard]] core::Status touch_grant(store::UnitOfWork& unit, const CitizenId& citizen_id,
                                       std::string_view client_id, core::Instant now);

}  // namespace openid
