// ChallengeService: proves that a number belongs to whoever sits before the screen, by a call whose
// number ends in the code or by an SMS that holds it. Answers are the same for numbers with and
// without an account until the code is given. Safe from any thread.
#pragma once

#include <optional>
#include <string>

#include "core/result.h"
#include "core/rng.h"
#include "crypto/key256.h"
#include "identity/abuse/challenge_gate.h"
#include "identity/abuse/device_mark.h"
#include "identity/abuse/work.h"
#include "identity/challenge/call_codes.h"
#include "identity/phone_number.h"
#include "identity/types.h"
#include "store/database.h"
#include "vault/vault.h"

namespace identity {

namespace sql {
struct ChallengeRow;
}

/// Numbers that may be tuned; how many codes there may be is the gate's.
struct ChallengePolicy {
  core::Duration life = std::chrono::minutes(5);
  /// Of a long code that every browser asking for the number shares: so few go to a number that is
  /// under attack, and its owner always holds one that works.
  core::Duration shared_life = std::chrono::hours(1);
  core::Duration sms_after = std::chrono::seconds(30);  ///< then a call may be given up
  core::Duration ticket_life = std::chrono::minutes(30);
};

struct ChallengePorts {
  store::Database& data;
  vault::Vault& vault;
  core::Rng& rng;
  ChallengeGate& gate;
  const DeviceMarks& marks;
  const WorkDesk& work;
  CallCodes* call_codes = nullptr;  ///< without it any digits do: the operator has its own numbers
};

/// Who asks for a code, as far as the request shows.
struct Asker {
  // The language alone is somebody nothing is known about.
  Asker(std::string_view asked_in) : language(asked_in) {}  // NOLINT: meant to convert
  Asker(const char* asked_in) : language(asked_in) {}       // NOLINT: meant to convert

  std::string language;             ///< of the SMS, "ru" or "en"
  std::string browser{};            ///< the challenge cookie as it came; empty = none
  Device device{};                  ///< its network and mark
  std::optional<WorkProof> work{};  ///< of prepare_work
};

class ChallengeService {
 public:
  /// @param code_key  keys the hash of codes: five digits alone would be found by trying them all.
  ChallengeService(ChallengePorts ports, ChallengePolicy policy, crypto::Key256 code_key);

  /// Sends a code, or lets the browser wait for a long one that was sent to the number already; an
  /// earlier code that this browser asked for stops working. The channel may be another than the
  /// one asked for: a number that guesses were made at gets a long code by SMS.
  /// No code that the number got and that has not expired is given out again.
  /// Errors: those of ChallengeGate::check; kUnavailable "challenge.no_free_code"; the store's.
  [[nodiscard]] core::Result<Challenge> start(const PhoneNumber& phone, Channel channel,
                                              const Asker& asker, core::Instant now);
  /// A challenge cookie for a browser that has none.
  [[nodiscard]] std::string make_browser();
  /// The puzzle that lets this asker start. Errors: the store's.
  [[nodiscard]] core::Result<WorkPuzzle> prepare_work(const PhoneNumber& phone, const Asker& asker,
                                                      core::Instant now);
  /// Sends an SMS instead of the call. Errors: kNotFound "challenge.unknown" also when another
  ///   browser started it; kConflict "challenge.ended" answered, replaced, exhausted or expired;
  ///   kLimited "challenge.sms_too_early" with retry_after_s; those of start.
  [[nodiscard]] core::Result<Challenge> switch_to_sms(const ChallengeId& id, const Asker& asker,
                                                      core::Instant now);
  /// Judges a code. Each wrong one costs an attempt, whatever happens in parallel.
  /// @param browser  the challenge cookie as it came; only the browser that started may answer.
  /// Errors: kNotFound "challenge.unknown"; kConflict "challenge.expired", "challenge.used",
  ///   "challenge.replaced", "challenge.exhausted" also when too much was guessed at the number
  ///   meanwhile, "challenge.confirm_by_sms" right, but drawn to be confirmed; kForbidden
  ///   "challenge.code_wrong" with attempts_left; the store's.
  [[nodiscard]] core::Result<RegistrationTicket> answer(const ChallengeId& id,
                                                        const core::Secret<std::string>& code,
                                                        core::Instant now,
                                                        std::string_view browser = {});
  /// Removes what ended long ago. @return rows removed.
  [[nodiscard]] core::Result<std::int64_t> purge(core::Instant now);

 private:
  struct Asking;
  struct Draft;
  [[nodiscard]] core::Result<Challenge> start(Asking asking, core::Instant now);
  [[nodiscard]] Asking asking(const PhoneNumber& phone, Channel channel, const Asker& asker,
                              core::Instant now) const;
  [[nodiscard]] core::Status recognise(store::UnitOfWork& unit, Asking& asking,
                                       core::Instant now) const;
  [[nodiscard]] core::Result<Draft> prepare(Asking& asking, core::Instant now);
  void write_message(const Asking& asking, core::Instant now, Draft& draft);
  [[nodiscard]] core::Result<std::optional<sql::ChallengeRow>> find_shared(store::UnitOfWork& unit,
                                                                           const Asking& asking,
                                                                           const GatePlan& plan,
                                                                           core::Instant now);
  /// Whether nobody changed meanwhile what is to be sent.
  [[nodiscard]] core::Result<bool> is_still_due(store::UnitOfWork& unit, const Asking& asking,
                                                const Draft& draft, core::Instant now);
  [[nodiscard]] std::string draw_code(const GatePlan& plan);
  /// Whether an unexpired code to the same number has the same digits.
  [[nodiscard]] core::Result<bool> repeats_live_code(store::UnitOfWork& unit, const Draft& draft,
                                                     core::Instant now) const;
  [[nodiscard]] core::Status use_up_work(store::UnitOfWork& unit, const Asking& asking,
                                         core::Instant now) const;
  [[nodiscard]] core::Result<bool> store_draft(store::UnitOfWork& unit, const Asking& asking,
                                               const Draft& draft, core::Instant now);
  /// What a typed code is.
  enum class Verdict { kWrong, kRight, kToConfirm };
  [[nodiscard]] Verdict compare(const ChallengeId& id, const core::Secret<std::string>& code,
                                const core::Bytes& hash) const;
  [[nodiscard]] core::Result<std::int64_t> judge(store::UnitOfWork& unit, const ChallengeId& id,
                                                 Verdict verdict, core::Instant now);
  [[nodiscard]] bool draw_confirming(const sql::ChallengeRow& row);
  /// @param verdict  kRight or kToConfirm: what the code is to be when it is typed.
  [[nodiscard]] core::Bytes hash_code(const ChallengeId& id, std::string_view code,
                                      Verdict verdict = Verdict::kRight) const;
  [[nodiscard]] Challenge told(const Draft& draft) const;

  ChallengePorts ports_;
  ChallengePolicy policy_;
  crypto::Key256 code_key_;
};

}  // namespace identity
