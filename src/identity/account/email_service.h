// EmailService: one e-mail address of an account, proven by a code sent to it. It carries notices
// and never lets anybody in. A change is told to the address that was there. Letters have budgets
// of the account, the address and the network; from half of one on the device works for the next,
// as for codes to a number (docs/adr/0022). Safe from any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/result.h"
#include "core/rng.h"
#include "crypto/key256.h"
#include "identity/account/email_address.h"
#include "identity/challenge/challenge_service.h"
#include "identity/types.h"
#include "store/database.h"
#include "vault/vault.h"

namespace identity {

namespace sql {
struct EmailRow;
}

struct EmailPolicy {
  bool configured = false;  ///< whether there is a mail server at all
  int code_digits = 8;
  int attempts = 5;
  core::Duration life = std::chrono::minutes(30);
  std::int64_t per_account_hour = 5;
  std::int64_t per_address_day = 10;  ///< over all accounts: nobody is to be pestered through us
};

/// An address as its owner sees it.
struct OwnEmail {
  std::string masked;
  core::Instant at;  ///< confirmed at, or the code works until
};
struct EmailState {
  bool available = false;
  std::optional<OwnEmail> confirmed;
  std::optional<OwnEmail> pending;
  int code_digits = 0;
};

struct EmailPorts {
  store::Database& data;
  vault::Vault& vault;
  core::Rng& rng;
  const ChallengeGate& gate;
  const WorkDesk& work;
};

class EmailService {
 public:
  /// @param code_key  keys the hash of codes.
  EmailService(EmailPorts ports, EmailPolicy policy, crypto::Key256 code_key)
      : ports_(ports), policy_(policy), code_key_(std::move(code_key)) {}

  [[nodiscard]] core::Result<EmailState> state(const CitizenId& citizen_id);
  /// Sends a code to the address; an earlier code stops working, a confirmed address stays until
  /// the new one is confirmed. Errors: kUnavailable "email.not_configured"; kLimited
  /// "email.too_many_letters", "challenge.budget_spent" the network asked for too many codes;
  /// kForbidden "challenge.work_needed" asker.work is absent, not enough or used before.
  [[nodiscard]] core::Status set(const CitizenId& citizen_id, const EmailAddress& address,
                                 const Asker& asker, core::Instant now);
  /// The puzzle that lets this asker set this address. Errors: the store's.
  [[nodiscard]] core::Result<WorkPuzzle> prepare_work(const CitizenId& citizen_id,
                                                      const EmailAddress& address,
                                                      const Asker& asker, core::Instant now);
  /// Errors: kConflict "email.no_code", "email.code_expired", "email.code_exhausted"; kForbidden
  /// "email.code_wrong" with attempts_left.
  [[nodiscard]] core::Status confirm(const CitizenId& citizen_id,
                                     const core::Secret<std::string>& code, core::Instant now);
  /// Errors: kNotFound "email.none".
  [[nodiscard]] core::Status remove(const CitizenId& citizen_id, core::Instant now);

 private:
  struct Asking;
  [[nodiscard]] Asking asking(const EmailAddress& address, const Asker& asker,
                              core::Instant now) const;
  [[nodiscard]] core::Result<int> work_bits(store::UnitOfWork& unit, const CitizenId& citizen_id,
                                            const Asking& asking, core::Instant now) const;
  /// Spends the budgets and the work of a letter, and counts it into the row.
  [[nodiscard]] core::Status charge(store::UnitOfWork& unit, const Asking& asking,
                                    sql::EmailRow& row, core::Instant now) const;
  [[nodiscard]] core::Bytes hash_code(const CitizenId& citizen_id, std::string_view code) const;
  [[nodiscard]] core::Result<core::Secret<std::string>> value_of(const CitizenId& citizen_id,
                                                                 std::string_view state,
                                                                 core::Instant now);
  [[nodiscard]] core::Status accept(const CitizenId& citizen_id, core::Instant now);

  EmailPorts ports_;
  EmailPolicy policy_;
  crypto::Key256 code_key_;
};

}  // namespace identity
