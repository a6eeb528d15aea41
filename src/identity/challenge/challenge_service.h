// ChallengeService: proves that a number belongs to whoever sits before the screen, by a call whose
// number ends in the code or by an SMS that holds it. Answers are the same for numbers with and
// without an account until the code is given. Safe from any thread.
#pragma once

#include <mutex>
#include <string>

#include "core/result.h"
#include "core/rng.h"
#include "crypto/key256.h"
#include "identity/challenge/call_codes.h"
#include "identity/phone_number.h"
#include "identity/types.h"
#include "store/database.h"
#include "vault/vault.h"

namespace identity {

/// Numbers that may be tuned; the digits come from the jurisdiction.
struct ChallengePolicy {
  int call_digits = 5;  ///< last digits of the calling number
  int sms_digits = 6;
  core::Duration life = std::chrono::minutes(5);
  int attempts = 3;
  core::Duration sms_after = std::chrono::seconds(30);  ///< then a call may be given up
  std::int64_t per_number_hour = 5;
  std::int64_t per_number_day = 10;
  std::int64_t per_server_minute = 600;
  core::Duration ticket_life = std::chrono::minutes(30);
};

struct ChallengePorts {
  store::Database& data;
  vault::Vault& vault;
  core::Rng& rng;
  CallCodes* call_codes = nullptr;  ///< without it any digits do: the operator has its own numbers
};

class ChallengeService {
 public:
  /// @param code_key  keys the hash of codes: five digits alone would be found by trying them all.
  ChallengeService(ChallengePorts ports, ChallengePolicy policy, crypto::Key256 code_key);

  /// Sends a code; an earlier one to the same number stops working, and none that this number got
  /// and that has not expired is given out again.
  /// @param language  of the SMS, "ru" or "en".
  /// Errors: kLimited "challenge.too_many_for_number", "challenge.too_many_for_server" with
  ///         retry_after_s; the store's.
  [[nodiscard]] core::Result<Challenge> start(const PhoneNumber& phone, Channel channel,
                                              std::string_view language, core::Instant now);
  /// Sends an SMS instead of the call. Errors: kNotFound "challenge.unknown";
  ///   kConflict "challenge.ended" answered, replaced, exhausted or expired;
  ///   kLimited "challenge.sms_too_early" with retry_after_s; those of start.
  [[nodiscard]] core::Result<Challenge> switch_to_sms(const ChallengeId& id,
                                                      std::string_view language, core::Instant now);
  /// Judges a code. Each wrong one costs an attempt, whatever happens in parallel.
  /// Errors: kNotFound "challenge.unknown"; kConflict "challenge.expired", "challenge.used",
  ///   "challenge.replaced", "challenge.exhausted"; kForbidden "challenge.code_wrong" with
  ///   attempts_left; the store's.
  [[nodiscard]] core::Result<RegistrationTicket> answer(const ChallengeId& id,
                                                        const core::Secret<std::string>& code,
                                                        core::Instant now);
  /// Removes what ended long ago. @return rows removed.
  [[nodiscard]] core::Result<std::int64_t> purge(core::Instant now);

 private:
  struct Draft;
  [[nodiscard]] core::Status spend_server_budget(core::Instant now);
  [[nodiscard]] core::Bytes hash_code(const ChallengeId& id, std::string_view code) const;
  [[nodiscard]] Draft draft(const PhoneNumber& phone, Channel channel, std::string_view language,
                            core::Instant now);
  [[nodiscard]] std::string draw_code(Channel channel);
  /// Whether an unexpired code to the same number has the same digits.
  [[nodiscard]] core::Result<bool> repeats_live_code(store::UnitOfWork& unit, const Draft& draft,
                                                     core::Instant now) const;
  /// False when it repeats a live code and must be drawn again.
  [[nodiscard]] core::Result<bool> store_draft(store::UnitOfWork& unit, const Draft& draft,
                                               core::Instant now);
  [[nodiscard]] Challenge told(const Draft& draft) const;

  ChallengePorts ports_;
  ChallengePolicy policy_;
  crypto::Key256 code_key_;
  std::mutex budget_mutex_;
  std::int64_t budget_minute_ = 0;
  std::int64_t budget_spent_ = 0;
};

}  // namespace identity
