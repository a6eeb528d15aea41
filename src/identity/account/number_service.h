// NumberService: the numbers of an account. A new one is proven by a code to it; whatever changes
// how one gets in is confirmed by a code to a number the account already has. A lost number gives
// way after a waiting term in which its holder may object. Safe from any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "core/rng.h"
#include "identity/account/letter.h"
#include "identity/account/number_store.h"
#include "identity/authenticator/account_notice.h"
#include "identity/challenge/challenge_service.h"
#include "identity/challenge/challenge_store.h"
#include "identity/types.h"
#include "store/database.h"
#include "vault/vault.h"

namespace identity {

struct NumberPolicy {
  std::size_t numbers_max = 5;
  core::Duration lost_wait = std::chrono::hours(72);  ///< for the old number's holder to object
};

/// A number as its owner sees it.
struct OwnNumber {
  PhoneId id;
  std::string masked;
  bool primary = false;
  core::Instant confirmed_at;
};

/// A new number waiting to take a lost one's place.
struct PendingNumber {
  PhoneId replaces;
  std::string masked;
  core::Instant applies_at;
};

struct OwnNumbers {
  std::vector<OwnNumber> numbers;  ///< primary first
  std::optional<PendingNumber> pending;
};

/// Proofs that a number was proven, as ChallengeService::answer gives them. Each works once.
struct NumberProofs {
  Token added;  ///< of the new number
  Token own;    ///< of a number the account has
};

struct NumberPorts {
  store::Database& data;
  vault::Vault& vault;
  ChallengeService& challenges;
  core::Rng& rng;
};

class NumberService {
 public:
  /// Lost numbers replaced by one call of apply_due.
  static constexpr int kBatchMax = 50;

  NumberService(NumberPorts ports, NumberPolicy policy) : ports_(ports), policy_(policy) {}

  [[nodiscard]] core::Result<OwnNumbers> list(const CitizenId& citizen_id);
  /// Sends a code to one of the account's own numbers.
  /// Errors: kNotFound "number.unknown"; those of ChallengeService::start.
  [[nodiscard]] core::Result<Challenge> challenge(const CitizenId& citizen_id, const PhoneId& id,
                                                  Channel channel, const Asker& asker,
                                                  core::Instant now);
  /// The puzzle that lets this asker challenge the number. Errors: kNotFound "number.unknown".
  [[nodiscard]] core::Result<WorkPuzzle> prepare_work(const CitizenId& citizen_id,
                                                      const PhoneId& id, const Asker& asker,
                                                      core::Instant now);
  /// One more number.
  /// Errors: kNotFound "registration.unknown" a proof is not one (any more); kForbidden
  ///   "number.proof_foreign" the second proof is not of this account's number, "vault.blocked" the
  ///   owner's profile is; kConflict "number.taken", "number.already_yours", "number.too_many".
  [[nodiscard]] core::Status add(const CitizenId& citizen_id, const NumberProofs& proofs,
                                 core::Instant now);
  /// Another number instead of this one: proofs.own must be of the very number that goes. The new
  /// one is primary if the old one was. Errors: as add; kNotFound "number.unknown".
  [[nodiscard]] core::Status replace(const CitizenId& citizen_id, const PhoneId& id,
                                     const NumberProofs& proofs, core::Instant now);
  /// The number where codes and notices go. Errors: as add; kNotFound "number.unknown".
  [[nodiscard]] core::Status make_primary(const CitizenId& citizen_id, const PhoneId& id,
                                          const Token& own, core::Instant now);
  /// A block does not stop it. Errors: as make_primary; kConflict "number.primary_stays" make
  /// another
  ///   one primary first.
  [[nodiscard]] core::Status remove(const CitizenId& citizen_id, const PhoneId& id,
                                    const Token& own, core::Instant now);

  /// Another number instead of one that is lost, after the waiting term. Needs a recent proof by
  /// something stronger than a number.
  /// Errors: as replace; kForbidden "reauthentication.required", "number.stronger_proof"; kConflict
  ///   "number.change_waiting".
  [[nodiscard]] core::Result<PendingNumber> replace_lost(const Authenticated& who,
                                                         const PhoneId& id, const Token& added,
                                                         core::Instant now);
  /// Errors: kNotFound "number.no_change".
  [[nodiscard]] core::Status cancel_change(const CitizenId& citizen_id, core::Instant now);
  /// Carries out what has waited long enough. @return how many. Errors: the store's.
  [[nodiscard]] core::Result<int> apply_due(core::Instant now);

 private:
  struct Incoming;
  [[nodiscard]] core::Result<Incoming> incoming(const CitizenId& citizen_id, const Token& proof,
                                                bool primary, core::Instant now);
  [[nodiscard]] core::Status put(store::UnitOfWork& unit, const CitizenId& citizen_id,
                                 const Incoming& number);
  [[nodiscard]] core::Status apply(const sql::NumberChangeRow& change, core::Instant now);
  /// A message to a number by itself, since the account no longer leads to it.
  [[nodiscard]] SealedLetter write_to(const core::Secret<std::string>& number,
                                      std::string_view topic, const CitizenId& citizen_id,
                                      core::Instant now);
  /// Tells the account's channels, and that number.
  [[nodiscard]] core::Status tell(store::UnitOfWork& unit, const AccountNotice& notice,
                                  const SealedLetter& former);
  [[nodiscard]] core::Result<PhoneNumber> phone_of(const CitizenId& citizen_id, const PhoneId& id,
                                                   core::Instant now);
  [[nodiscard]] core::Result<core::Secret<std::string>> value_of(const CitizenId& citizen_id,
                                                                 const sql::NumberRow& number,
                                                                 core::Instant now);
  [[nodiscard]] core::Result<vault::SealedRecord> seal(const CitizenId& citizen_id,
                                                       const sql::NumberRow& number,
                                                       core::Secret<std::string> value);
  [[nodiscard]] core::Result<std::vector<sql::NumberRow>> numbers_of(const CitizenId& citizen_id);

  NumberPorts ports_;
  NumberPolicy policy_;
};

}  // namespace identity
