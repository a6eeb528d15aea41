// Tables of accounts on their way out and of their receipts. Functions over an open unit of work;
// errors are those of store::UnitOfWork::run.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "identity/types.h"
#include "store/unit_of_work.h"

namespace identity::sql {

/// A row of account_deletion. `state`: "asked", "frozen", "erasing".
struct DeletionRow {
  CitizenId citizen_id;
  std::string state;
  ChallengeId challenge_id;
  std::optional<core::Instant> confirmed_at;
  std::optional<core::Instant> due_at;
  core::Bytes receipt_hash;
  core::Bytes sealed;  ///< vault transient, place deletion_place(citizen_id)
};
[[nodiscard]] core::Result<std::optional<DeletionRow>> find_deletion(store::UnitOfWork& unit,
                                                                     const CitizenId& id);
/// Notes which challenge will confirm; a frozen account is left alone. False = it is frozen.
[[nodiscard]] core::Result<bool> ask_deletion(store::UnitOfWork& unit, const CitizenId& id,
                                              const ChallengeId& challenge_id, core::Instant now);
/// From "asked" by this very challenge to "frozen"; false = it was not asked so.
[[nodiscard]] core::Result<bool> freeze_account(store::UnitOfWork& unit, const DeletionRow& row);
/// Takes the row of a frozen account out; false = it is not frozen (any more).
[[nodiscard]] core::Result<bool> cancel_deletion(store::UnitOfWork& unit, const CitizenId& id);

/// Up to `rows_max` accounts whose term has passed, or whose worker has died.
[[nodiscard]] core::Result<std::vector<DeletionRow>> list_due_deletions(store::UnitOfWork& unit,
                                                                        core::Instant now,
                                                                        int rows_max);
/// Takes the row for one worker until `leased_until`; false = another one was faster.
[[nodiscard]] core::Result<bool> claim_deletion(store::UnitOfWork& unit, const DeletionRow& row,
                                                core::Instant leased_until);
[[nodiscard]] core::Status delete_deletion(store::UnitOfWork& unit, const CitizenId& id);

/// A row of deletion_receipt. `state`: "frozen", "cancelled", "erased".
struct ReceiptRow {
  core::Bytes receipt_hash;
  std::string state;
  core::Instant confirmed_at;
  core::Instant due_at;
  std::optional<core::Instant> ended_at;
  std::string report;  ///< JSON, empty until erased
};
[[nodiscard]] core::Status insert_receipt(store::UnitOfWork& unit, const ReceiptRow& row);
[[nodiscard]] core::Status end_receipt(store::UnitOfWork& unit, const ReceiptRow& row);
[[nodiscard]] core::Result<std::optional<ReceiptRow>> find_receipt(store::UnitOfWork& unit,
                                                                   core::ByteView receipt_hash);

[[nodiscard]] std::string deletion_place(const CitizenId& id);

}  // namespace identity::sql
