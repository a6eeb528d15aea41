// RegistrationService: from a proven number to an account, one act at a time: password, agreement,
// consent; or from a proven number to a new password for an account that exists. Safe from any
// thread.
#pragma once

#include "core/result.h"
#include "core/rng.h"
#include "identity/authenticator/recovery_code_service.h"
#include "identity/password/password.h"
#include "identity/session/session_service.h"
#include "identity/types.h"
#include "store/database.h"
#include "vault/vault.h"

namespace identity {

/// An edition, and when the person said yes to it.
struct EditionAct {
  SeenEdition seen;
  core::Instant at;
};

/// The papers of registration, in identity's words; app/ plugs the privacy room in.
class RegistrationPapers {
 public:
  virtual ~RegistrationPapers() = default;
  /// Whether that is the agreement in force, to the byte. Errors: the privacy room's.
  [[nodiscard]] virtual core::Status check_agreement(const SeenEdition& seen,
                                                     core::Instant now) = 0;
  [[nodiscard]] virtual core::Status check_consent(const SeenEdition& seen, core::Instant now) = 0;
  /// Records both acts in the transaction that makes the account.
  [[nodiscard]] virtual core::Status record(store::UnitOfWork& unit, const CitizenId& citizen_id,
                                            const EditionAct& agreement,
                                            const EditionAct& consent) = 0;
};

namespace sql {
struct RegistrationRow;
}

struct RegistrationPorts {
  store::Database& data;
  vault::Vault& vault;
  PasswordHasher& hasher;
  SessionService& sessions;
  RegistrationPapers& papers;
  RecoveryCodes& recovery_codes;
  core::Rng& rng;
};

/// Every function takes the token of a RegistrationTicket. Common errors: kNotFound
/// "registration.unknown" no such token, finished or expired; kConflict "registration.out_of_order"
/// another step is next.
class RegistrationService {
 public:
  explicit RegistrationService(RegistrationPorts ports) : ports_(ports) {}

  /// @return the next step. Errors: those of check_new_password; kForbidden
  ///   "recovery.provider_needed", see recover.
  [[nodiscard]] core::Result<RegistrationStep> set_password(const Token& token,
                                                            const Password& password,
                                                            core::Instant now);
  /// @return the next step. Errors: those of RegistrationPapers::check_agreement.
  [[nodiscard]] core::Result<RegistrationStep> accept_agreement(const Token& token,
                                                                const SeenEdition& seen,
                                                                core::Instant now);
  /// The last act: the account exists when this returns. Errors: those of
  /// RegistrationPapers::check_consent; kConflict "registration.number_taken".
  [[nodiscard]] core::Result<OpenedSession> give_consent(const Token& token,
                                                         const SeenEdition& seen,
                                                         const Device& device, core::Instant now);
  /// Finishes a password reset; closes every other session and tells the owner.
  /// A phone alone takes over no account that has something stronger: a verified identity, a
  /// passkey or a code app. There it needs a recovery code beside it.
  /// Errors: kForbidden "recovery.proof_needed" this account needs a code and none was given;
  ///   "recovery.provider_needed" it needs one and has none: the way in is the identity provider or
  ///   a passkey; "recovery_code.wrong".
  [[nodiscard]] core::Result<OpenedSession> recover(
      const Token& token, const std::optional<core::Secret<std::string>>& recovery_code,
      const Device& device, core::Instant now);

 private:
  [[nodiscard]] core::Result<sql::RegistrationRow> find(const Token& token, core::Instant now);
  /// Whether a recovery may go on. Errors: those of recover.
  [[nodiscard]] core::Status check_recovery(
      store::UnitOfWork& unit, const CitizenId& citizen_id,
      const std::optional<core::Secret<std::string>>& recovery_code, core::Instant now);
  [[nodiscard]] core::Status advance(const sql::RegistrationRow& row, RegistrationStep expected);

  RegistrationPorts ports_;
};

}  // namespace identity
