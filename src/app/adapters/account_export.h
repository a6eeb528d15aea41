// What every room knows of a citizen, gathered for the citizen to take along.
// Safe from any thread; what it refers to must outlive it.
#pragma once

#include "identity/account/email_service.h"
#include "identity/account/export_service.h"
#include "identity/account/number_service.h"
#include "identity/assurance/identity_provider.h"
#include "identity/session/session_service.h"
#include "privacy/service.h"
#include "vault/vault.h"
#include "wallet/digital_id_service.h"

namespace app {

struct ExportGround {
  store::Database& data;
  vault::Vault& vault;
  identity::SessionService& sessions;
  identity::NumberService& numbers;
  privacy::PrivacyService& privacy;
  wallet::DigitalIdService& digital_id;
  const identity::IdentityProviders& providers;
};

class AccountExport final : public identity::ExportSource {
 public:
  explicit AccountExport(ExportGround ground) : ground_(ground) {}

  [[nodiscard]] core::Result<codec::JsonObject> collect(const core::CitizenId& citizen_id,
                                                        core::Instant now) override;

 private:
  [[nodiscard]] core::Result<codec::JsonArray> records(const core::CitizenId& citizen_id,
                                                       vault::Category category, core::Instant now);
  [[nodiscard]] core::Status add_rows(const core::CitizenId& citizen_id, codec::JsonObject& all,
                                      core::Instant now);

  ExportGround ground_;
};

}  // namespace app
