// SecondFactorService: turns a ticket of SecondFactorGate into a session, by a passkey, the code
// app, a recovery code, or, where policy asks people who have none of these, their proven number.
// Safe from any thread.
#pragma once

#include <variant>

#include "core/result.h"
#include "identity/authenticator/passkey_service.h"
#include "identity/authenticator/recovery_code_service.h"
#include "identity/authenticator/second_factor_gate.h"
#include "identity/authenticator/totp_service.h"
#include "identity/session/reauthentication_service.h"

namespace identity {

struct TotpCode {
  std::string code;
};
struct RecoveryCode {
  core::Secret<std::string> code;
};
/// The token of a RegistrationTicket: the number was proven just now.
struct PhoneProof {
  Token registration_token;
};
using SecondFactor = std::variant<PasskeyAssertion, TotpCode, RecoveryCode, PhoneProof>;

/// What proves a session's owner again.
using Reproof = std::variant<Password, PasskeyAssertion, TotpCode>;

struct SecondFactorPorts {
  store::Database& data;
  SessionService& sessions;
  ReauthenticationService& reauthentication;
  PasskeyService& passkeys;
  TotpService& totp;
  RecoveryCodes& recovery_codes;
};

class SecondFactorService {
 public:
  explicit SecondFactorService(SecondFactorPorts ports) : ports_(ports) {}

  /// What the account has beside its password.
  [[nodiscard]] core::Result<OwnAuthenticators> own(const CitizenId& citizen_id);
  /// The challenge for a passkey as second factor.
  /// Errors: kNotFound "second_factor.unknown" no such ticket, or it has ended.
  [[nodiscard]] core::Result<PasskeyRequest> begin_passkey(const Token& ticket, core::Instant now);
  /// Errors: kNotFound "second_factor.unknown"; kForbidden "second_factor.method" this account is
  ///   not asked for that; those of the method. Five wrong ones end the ticket.
  [[nodiscard]] core::Result<OpenedSession> finish(const Token& ticket, const SecondFactor& factor,
                                                   const Device& device, core::Instant now);

  /// The challenge for proving oneself again by a passkey.
  [[nodiscard]] core::Result<PasskeyRequest> begin_proof(const Authenticated& who,
                                                         core::Instant now);
  /// Proves the owner of a session again. A password or a passkey that checked its holder makes the
  /// proof recent. A code of the app only raises aal: it lives in the phone that may have been
  /// taken together with the session, and must not let anyone change how one gets in.
  /// Errors: those of ReauthenticationService, PasskeyService::judge and TotpService::spend.
  [[nodiscard]] core::Result<Authenticated> prove(const Authenticated& who, const Reproof& proof,
                                                  core::Instant now);
  /// @return rows removed.
  [[nodiscard]] core::Result<std::int64_t> purge(core::Instant now);

 private:
  [[nodiscard]] core::Result<sql::SecondFactorRow> find(const Token& ticket, core::Instant now);
  [[nodiscard]] core::Result<OpenedSession> open(store::UnitOfWork& unit,
                                                 const sql::SecondFactorRow& row, AmrSet methods,
                                                 const Device& device, core::Instant now);
  [[nodiscard]] core::Status take_phone_proof(store::UnitOfWork& unit,
                                              const sql::SecondFactorRow& row,
                                              const PhoneProof& proof, AmrSet& methods,
                                              core::Instant now);

  SecondFactorPorts ports_;
};

}  // namespace identity
