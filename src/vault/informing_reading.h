// Reading the one number or address that a message goes to, of somebody who agreed to its topic.
// Its purpose is not one of vault::Purpose: nobody's file may be opened for it, only one record, by
// this class, while the consent is held. Whoever is read has an access record and an entry of the
// log, committed before anything is decrypted. Safe from any thread.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "vault/operation.h"
#include "vault/vault.h"

namespace vault {

/// The purpose, as the register of processing and the log name it.
inline constexpr std::string_view kInformingPurpose = "inform_citizen";
/// What may be done for it: the number or address goes to whoever carries the message.
inline constexpr std::array kInformingOperations = {Operation::kExtract, Operation::kUse,
                                                    Operation::kTransfer};
/// How the names of the consents begin that it may rest on.
inline constexpr std::string_view kInformingConsents = "informing_";

/// Where a message goes: a record of the profile.
enum class Contact { kPhone, kEmail };

/// Whose contact, and by which consent.
struct ContactRequest {
  core::CitizenId citizen_id;
  Contact contact = Contact::kPhone;
  std::string consent;  ///< "informing_debts"
  std::string part;     ///< the channel it has to name: "sms"
  Actor actor;
  core::Instant now;
};

class InformingReading {
 public:
  explicit InformingReading(const VaultPorts& ports) : ports_(ports) {}

  /// The number or address in force; empty when there is none.
  /// @param beside  runs first in the same unit of the data database; its errors are answered as
  ///                they are.
  /// Errors: kForbidden "vault.consent_missing" no live consent of kInformingConsents names the
  ///         part; kForbidden "vault.blocked" the profile is blocked; kInternal
  ///         "crypto.open_failed"; those of store::Database and crypto::KeyProvider.
  [[nodiscard]] core::Result<core::Secret<std::string>> read(const ContactRequest& request,
                                                             const store::UnitFunction& beside);

 private:
  [[nodiscard]] core::Result<store::Rows> record_and_select(store::UnitOfWork& unit,
                                                            const ContactRequest& request);

  VaultPorts ports_;
};

}  // namespace vault
