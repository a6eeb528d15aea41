// EmailService: one e-mail address of an account, proven by a code sent to it. It carries notices
// and never lets anybody in. A change is told to the address that was there. Safe from any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/result.h"
#include "core/rng.h"
#include "crypto/key256.h"
#include "identity/account/email_address.h"
#include "identity/types.h"
#include "store/database.h"
#include "vault/vault.h"

namespace identity {

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
};

class EmailService {
 public:
  /// @param code_key  keys the hash of codes.
  EmailService(EmailPorts ports, EmailPolicy policy, crypto::Key256 code_key)
      : ports_(ports), policy_(policy), code_key_(std::move(code_key)) {}

  [[nodiscard]] core::Result<EmailState> state(const CitizenId& citizen_id);
  /// Sends a code to the address; an earlier code stops working, a confirmed address stays until
  /// the new one is confirmed. Errors: kUnavailable "email.not_configured"; kLimited
  /// "email.too_many_letters".
  [[nodiscard]] core::Status set(const CitizenId& citizen_id, const EmailAddress& address,
                                 std::string_view language, core::Instant now);
  /// Errors: kConflict "email.no_code", "email.code_expired", "email.code_exhausted"; kForbidden
  /// "email.code_wrong" with attempts_left.
  [[nodiscard]] core::Status confirm(const CitizenId& citizen_id,
                                     const core::Secret<std::string>& code, core::Instant now);
  /// Errors: kNotFound "email.none".
  [[nodiscard]] core::Status remove(const CitizenId& citizen_id, core::Instant now);

 private:
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
