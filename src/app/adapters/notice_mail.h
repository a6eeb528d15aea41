// The outbox handler of account notices by e-mail: for accounts that have a confirmed address, in
// the words of the SMS. Accounts without one cost nothing: no personal data is read. Safe from any
// thread.
#pragma once

#include <string>

#include "app/adapters/mail_delivery.h"
#include "store/outbox_worker.h"
#include "vault/vault.h"

namespace app {

struct NoticeMailPorts {
  store::Database& data;
  vault::Vault& vault;
};

class NoticeMail {
 public:
  /// All must outlive it.
  NoticeMail(MailDelivery& letters, NoticeMailPorts ports, std::string installation_name)
      : letters_(letters), ports_(ports), installation_name_(std::move(installation_name)) {}

  [[nodiscard]] core::Result<store::OutboxOutcome> deliver(const store::OutboxDelivery& delivery,
                                                           core::Instant now);

 private:
  MailDelivery& letters_;
  NoticeMailPorts ports_;
  std::string installation_name_;
};

}  // namespace app
