// AccountParts: the services of an account's life, plugged into every room that holds something of
// a citizen. One member of Platform.
#pragma once

#include "api/identity/account_api.h"
#include "api/identity/email_api.h"
#include "api/identity/number_api.h"
#include "app/adapters/account_export.h"
#include "app/adapters/account_holders.h"
#include "app/adapters/farewell_delivery.h"
#include "app/adapters/mail_delivery.h"
#include "app/adapters/notice_mail.h"
#include "app/config/config.h"
#include "app/config/jurisdiction.h"
#include "app/wiring/abuse_parts.h"
#include "identity/account/deletion_service.h"
#include "identity/account/email_service.h"
#include "identity/account/erasure_service.h"
#include "identity/account/export_service.h"
#include "identity/account/inactivity_service.h"
#include "identity/account/number_service.h"
#include "identity/account/own_records.h"

namespace app {

/// What the parts rest on; all must outlive them.
struct AccountGround {
  store::Database& data;
  store::Database& keys;
  vault::Vault& vault;
  identity::ChallengeService& challenges;
  AbuseParts& abuse;
  identity::SessionService& sessions;
  privacy::PrivacyService& privacy;
  wallet::DigitalIdService& digital_id;
  const identity::IdentityProviders& providers;
  crypto::KeyProvider& root;
  OperatorRouter& operators;
  core::Rng& rng;
};

/// What the settings, or else the jurisdiction, say of accounts that nobody opens.
[[nodiscard]] identity::InactivityPolicy inactivity_policy(const Config& config,
                                                           const Jurisdiction& jurisdiction);

class AccountParts {
 public:
  AccountParts(const AccountGround& ground, const Config& config, const Jurisdiction& jurisdiction);

  [[nodiscard]] std::vector<http::Route> routes();
  /// Before the first request: who tells parties that a person is signed out.
  void plug_logouts(openid::LogoutService& logouts) { openid_.plug(logouts); }
  [[nodiscard]] identity::FrozenAccounts& frozen() { return frozen_; }
  [[nodiscard]] identity::NumberService& numbers() { return numbers_; }
  [[nodiscard]] identity::ErasureService& erasures() { return erasures_; }
  [[nodiscard]] identity::InactivityService& inactivity() { return inactivity_; }
  [[nodiscard]] FarewellDelivery& farewells() { return farewells_; }
  [[nodiscard]] MailDelivery& letters() { return letters_; }
  [[nodiscard]] NoticeMail& notice_mail() { return notice_mail_; }
  /// Removes what the law keeps no longer. Errors: the store's.
  [[nodiscard]] core::Status purge(core::Instant now);

 private:
  [[nodiscard]] identity::AccountHolders holders();

  store::Database& data_;
  WalletHolder wallet_;
  PrivacyHolder privacy_;
  OpenidHolder openid_;
  RecordHolder records_;
  identity::OwnRecords own_;
  identity::FrozenAccounts frozen_;
  identity::NumberService numbers_;
  identity::EmailService email_;
  AccountExport export_source_;
  identity::ExportService exports_;
  identity::DeletionService deletions_;
  identity::ErasureService erasures_;
  identity::InactivityService inactivity_;
  FarewellDelivery farewells_;
  api::NumberApi number_api_;
  MailDelivery letters_;
  NoticeMail notice_mail_;
  api::EmailApi email_api_;
  api::AccountApi account_api_;
};

}  // namespace app
