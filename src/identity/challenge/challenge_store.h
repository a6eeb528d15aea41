// Tables of challenges and registrations. Functions over an open unit of work; errors are those of
// store::UnitOfWork::run.
#pragma once

#include <optional>

#include "identity/types.h"
#include "store/unit_of_work.h"

namespace identity::sql {

/// A challenge's row. `state`: "live", "answered", "replaced", "exhausted", "used" (another browser
/// answered with the same shared code).
struct ChallengeRow {
  ChallengeId id;
  ChallengeId code_id;  ///< whose message carries the code; id itself unless it is shared
  core::Bytes browser_hash;
  core::Bytes device;  ///< empty unless the browser is recognised
  std::int64_t code_digits = 0;
  core::Bytes phone_index;
  core::Bytes phone_sealed;  ///< vault transient, place challenge_place(id)
  std::string phone_masked;
  Channel channel = Channel::kCall;
  core::Bytes code_hash;
  std::string state;
  std::int64_t attempts_left = 0;
  core::Instant created_at;
  core::Instant expires_at;
};

[[nodiscard]] core::Status insert_challenge(store::UnitOfWork& unit, const ChallengeRow& row);
[[nodiscard]] core::Result<std::optional<ChallengeRow>> find_challenge(store::UnitOfWork& unit,
                                                                       const ChallengeId& id);
/// Ends every live challenge that this browser has for the number: one each.
[[nodiscard]] core::Status replace_live_challenges(store::UnitOfWork& unit, const ChallengeRow& by);
/// The newest challenge that sent a code of at least so many digits to the number, if that can
/// still be answered at the moment.
[[nodiscard]] core::Result<std::optional<ChallengeRow>> find_shared_challenge(
    store::UnitOfWork& unit, core::ByteView phone_index, int digits_min, core::Instant at);
/// Ends every other challenge that waits for the same code.
[[nodiscard]] core::Status use_up_code(store::UnitOfWork& unit, const ChallengeRow& by);
/// The keyed hash of a code that was given out.
struct CodeHash {
  ChallengeId id;
  core::Bytes hash;
};
/// Codes given to the number that have not expired, answered or replaced ones too.
[[nodiscard]] core::Result<std::vector<CodeHash>> find_unexpired_codes(store::UnitOfWork& unit,
                                                                       core::ByteView phone_index,
                                                                       core::Instant now);
[[nodiscard]] core::Status set_challenge_state(store::UnitOfWork& unit, const ChallengeId& id,
                                               std::string_view state, std::int64_t attempts_left);
/// Removes challenges and registrations that ended before the moment. @return rows removed.
[[nodiscard]] core::Result<std::int64_t> purge_challenges(store::UnitOfWork& unit,
                                                          core::Instant before);

/// A registration's row: what has been done so far between proof and account.
struct RegistrationRow {
  core::Bytes token_hash;
  core::Bytes phone_index;
  core::Bytes phone_sealed;  ///< vault transient, place registration_place(token_hash)
  std::string phone_masked;
  Channel channel = Channel::kCall;  ///< how the number was proven
  AccountState account = AccountState::kNew;
  std::optional<CitizenId> citizen_id;  ///< of an existing account
  RegistrationStep step = RegistrationStep::kPassword;
  std::string phc;
  SeenEdition agreement;
  std::optional<core::Instant> agreement_accepted_at;
  core::Instant expires_at;
};

[[nodiscard]] core::Status insert_registration(store::UnitOfWork& unit, const RegistrationRow& row);
[[nodiscard]] core::Result<std::optional<RegistrationRow>> find_registration(
    store::UnitOfWork& unit, core::ByteView token_hash);
/// Writes step, password hash and agreement if the row still is at `expected`; false = it is not.
[[nodiscard]] core::Result<bool> advance_registration(store::UnitOfWork& unit,
                                                      const RegistrationRow& row,
                                                      RegistrationStep expected);
/// False when it was not there any more: somebody finished it first.
[[nodiscard]] core::Result<bool> delete_registration(store::UnitOfWork& unit,
                                                     core::ByteView token_hash);

[[nodiscard]] std::string challenge_place(const ChallengeId& id);
[[nodiscard]] std::string registration_place(core::ByteView token_hash);

}  // namespace identity::sql
