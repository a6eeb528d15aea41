// The outbox handler of account notices: finds the owner's number, words the notice in the language
// of the agreement they accepted, and hands it to the telephone operator. Safe from any thread.
#pragma once

#include <string>

#include "app/operators/operator_router.h"
#include "identity/authenticator/account_notice.h"
#include "privacy/service.h"
#include "store/outbox_worker.h"
#include "vault/vault.h"

namespace app {

/// What the owner is told. @param language  "ru" or "en".
[[nodiscard]] std::string notice_text(const identity::AccountNotice& notice,
                                      std::string_view installation_name,
                                      std::string_view language);

class NoticeDelivery {
 public:
  /// All must outlive it. Without an operator for SMS notices end undelivered.
  NoticeDelivery(OperatorRouter& router, vault::Vault& vault, privacy::PrivacyService& privacy,
                 std::string installation_name)
      : router_(router),
        vault_(vault),
        privacy_(privacy),
        installation_name_(std::move(installation_name)) {}

  [[nodiscard]] core::Result<store::OutboxOutcome> deliver(const store::OutboxDelivery& delivery,
                                                           core::Instant now);
  /// To a number that left the account, or is no longer its primary one.
  [[nodiscard]] core::Result<store::OutboxOutcome> deliver_former(
      const store::OutboxDelivery& delivery);
  [[nodiscard]] static store::OutboxPolicy policy();

  [[nodiscard]] bool configured() const { return router_.has(identity::Channel::kSms); }
  /// Hands an SMS over under this deduplication key.
  [[nodiscard]] store::OutboxOutcome send(const std::string& id,
                                          const core::Secret<std::string>& to, std::string text);

 private:
  [[nodiscard]] core::Result<core::Secret<std::string>> number_of(const core::CitizenId& citizen_id,
                                                                  core::Instant now);
  [[nodiscard]] std::string language_of(const core::CitizenId& citizen_id);

  OperatorRouter& router_;
  vault::Vault& vault_;
  privacy::PrivacyService& privacy_;
  std::string installation_name_;
};

}  // namespace app
