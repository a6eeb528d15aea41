// DeletionService: a person leaves. What will happen is told first; a call to the account's own
// number confirms it by the last digits of the calling number; then the account is frozen for a
// term in which one sign-in undoes it. ErasureService does the rest. Safe from any thread.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "core/result.h"
#include "core/rng.h"
#include "identity/account/account_holder.h"
#include "identity/account/frozen_accounts.h"
#include "identity/account/receipt_number.h"
#include "identity/challenge/challenge_service.h"
#include "identity/types.h"
#include "store/database.h"
#include "vault/vault.h"

namespace identity {

namespace sql {
struct DeletionRow;
struct InactivityRow;
}  // namespace sql

/// What ends in the moment of confirmation, by names that pages have words for.
inline constexpr std::array<std::string_view, 2> kEndsAtOnce{"sessions", "digital_id"};
/// What is erased when the term has passed.
inline constexpr std::array<std::string_view, 6> kErasedAfterTerm{
    "numbers", "identity", "documents", "password", "history", "keys"};

/// Why something stays, and how long.
struct KeptRecord {
  std::string what;   ///< "consent_record"
  std::string basis;  ///< the norm, as the jurisdiction file has it
  core::Duration term{0};
  std::string basis_en = {};  ///< the same for readers of English; empty = as it is
};

struct DeletionPolicy {
  core::Duration term = std::chrono::hours(24 * 14);  ///< to change one's mind
  KeptRecord kept;
  std::string language = "ru";  ///< of the last message to somebody who never said
};

enum class DeletionStep { kNone, kFrozen };

/// How an account stands; the moments and the receipt only when it is frozen.
struct DeletionState {
  DeletionStep step = DeletionStep::kNone;
  std::optional<core::Instant> confirmed_at;
  std::optional<core::Instant> erases_at;
  std::string receipt;
};

/// What a receipt number tells; no person in it.
struct Receipt {
  std::string state;  ///< "frozen", "cancelled", "erased"
  core::Instant confirmed_at;
  core::Instant erases_at;
  std::optional<core::Instant> ended_at;
  std::string report;         ///< JSON, empty until erased
  std::string report_sha256;  ///< of exactly these bytes, as a person may have noted it
};

struct DeletionPorts {
  store::Database& data;
  vault::Vault& vault;
  ChallengeService& challenges;
  core::Rng& rng;
};

class DeletionService {
 public:
  /// @param frozen   told at once of what this service does.
  /// @param holders  every room that must act when an account is frozen.
  DeletionService(DeletionPorts ports, FrozenAccounts& frozen, AccountHolders holders,
                  DeletionPolicy policy)
      : ports_(ports), frozen_(frozen), holders_(std::move(holders)), policy_(std::move(policy)) {}

  [[nodiscard]] const DeletionPolicy& policy() const { return policy_; }

  /// Rings the account's own number; kSms only after a call that did not come.
  /// Errors: kConflict "deletion.already_confirmed", "deletion.call_first"; those of
  /// ChallengeService::start and switch_to_sms.
  [[nodiscard]] core::Result<Challenge> ask(const CitizenId& citizen_id, Channel channel,
                                            const Asker& asker, core::Instant now);
  /// The puzzle that lets this asker ask. Errors: kConflict "account.no_number"; the store's.
  [[nodiscard]] core::Result<WorkPuzzle> prepare_work(const CitizenId& citizen_id,
                                                      const Asker& asker, core::Instant now);
  /// Freezes the account: other sessions close, this one can only look, undo and take data along.
  /// Errors: kConflict "deletion.not_asked"; those of ChallengeService::answer.
  [[nodiscard]] core::Result<DeletionState> confirm(const Authenticated& who,
                                                    const core::Secret<std::string>& code,
                                                    const Asker& asker, core::Instant now);
  /// Freezes the account of somebody who has not been here since `row` and was warned.
  /// @return false when they came back, or left by themselves. Errors: kConflict
  ///   "account.no_number"; the store's.
  [[nodiscard]] core::Result<bool> close_inactive(const sql::InactivityRow& row, core::Instant now);
  /// Undoes it: the account is as before, but for what ended at once.
  /// Errors: kNotFound "deletion.none"; kConflict "deletion.too_late" it is being erased.
  [[nodiscard]] core::Status cancel(const CitizenId& citizen_id, core::Instant now);

  [[nodiscard]] core::Result<DeletionState> state(const CitizenId& citizen_id);
  /// Errors: kNotFound "receipt.unknown".
  [[nodiscard]] core::Result<Receipt> look_up(const ReceiptNumber& number);

 private:
  /// Fills in what freezing needs. @return the receipt.
  [[nodiscard]] ReceiptNumber prepare(sql::DeletionRow& row, const PhoneNumber& number,
                                      const std::string& language, core::Instant now);
  [[nodiscard]] core::Status freeze(store::UnitOfWork& unit, const sql::DeletionRow& row,
                                    const std::optional<SessionId>& kept, std::string_view kind);
  [[nodiscard]] core::Result<PhoneNumber> own_number(const CitizenId& citizen_id,
                                                     const vault::Actor& actor, core::Instant now);

  DeletionPorts ports_;
  FrozenAccounts& frozen_;
  AccountHolders holders_;
  DeletionPolicy policy_;
};

}  // namespace identity
