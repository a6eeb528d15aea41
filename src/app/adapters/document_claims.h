// What the registry's passport says about its holder, as claims of the identity room. Nothing is
// copied: with the document its claims are gone. Safe from any thread.
#pragma once

#include "identity/attribute/attribute_service.h"
#include "wallet/document_service.h"

namespace app {

class PassportClaims final : public identity::DocumentClaims {
 public:
  explicit PassportClaims(wallet::DocumentService& documents) : documents_(documents) {}

  [[nodiscard]] core::Result<vault::PersonalRecords> claims(const core::CitizenId& citizen_id,
                                                            core::Instant now) override;

 private:
  wallet::DocumentService& documents_;
};

/// The claims of one passport. A full name of two or three words is taken apart; of another form it
/// is left out, since guessing would show a conflict where there is none.
[[nodiscard]] vault::PersonalRecords claims_of(const wallet::DocumentRecord& passport,
                                               core::Instant received_at);

}  // namespace app
