// The outbox handler of letters: opens the sealed letter, words it in the person's language, hands
// it to the mail server, and tells what is final. Safe from any thread.
#pragma once

#include <optional>
#include <string>

#include "app/config/mail_config.h"
#include "edges/smtp/mail_client.h"
#include "store/outbox_worker.h"
#include "vault/vault.h"

namespace app {

/// The mail server as the settings name it.
[[nodiscard]] edges::smtp::MailServer mail_server_of(const MailSettings& settings);

/// A letter in words.
struct MailWords {
  std::string subject;
  std::string text;
};

class MailDelivery {
 public:
  /// Without settings (no mail server configured) letters wait.
  MailDelivery(const std::optional<MailSettings>& settings, vault::Vault& vault,
               std::string installation_name, std::string public_url);

  [[nodiscard]] core::Result<store::OutboxOutcome> deliver(const store::OutboxDelivery& delivery,
                                                           core::Instant now);

  [[nodiscard]] bool configured() const { return client_.has_value(); }
  /// Hands a letter over under this deduplication key.
  [[nodiscard]] store::OutboxOutcome send(const std::string& id,
                                          const core::Secret<std::string>& to, MailWords words,
                                          core::Instant now);

 private:
  std::optional<edges::smtp::MailClient> client_;
  std::string from_;
  std::string from_name_;
  vault::Vault& vault_;
  std::string installation_name_;
  std::string public_url_;  ///< where links in letters lead
};

}  // namespace app
