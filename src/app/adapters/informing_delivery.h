// The outbox handler of messages that people agreed to get: takes one for one attempt while the
// consent to this topic and channel is held, finds the number or address through the vault, and
// hands it over. A message that was withdrawn, blocked or lost on the way is never sent. Safe from
// any thread.
#pragma once

#include "app/adapters/mail_delivery.h"
#include "app/adapters/notice_delivery.h"
#include "app/config/config.h"
#include "privacy/informing/informing_store.h"
#include "vault/informing_reading.h"

namespace app {

/// All must outlive it.
struct InformingDeliveryPorts {
  vault::VaultPorts vault;
  NoticeDelivery& texts;
  MailDelivery& letters;
};

class InformingDelivery {
 public:
  InformingDelivery(InformingDeliveryPorts ports, const Config& config);

  [[nodiscard]] core::Result<store::OutboxOutcome> deliver(const store::OutboxDelivery& delivery,
                                                           core::Instant now);
  [[nodiscard]] static store::OutboxPolicy policy();

 private:
  /// One attempt with a message that may be sent.
  [[nodiscard]] core::Result<store::OutboxOutcome> attempt(const std::string& id,
                                                           const privacy::InformingKey& key,
                                                           const privacy::InformingMessage& message,
                                                           core::Instant now);
  /// The number or address; with it the message is taken. Errors: kForbidden it must not be sent.
  [[nodiscard]] core::Result<core::Secret<std::string>> take(const privacy::InformingKey& key,
                                                             privacy::ConsentPurpose topic,
                                                             core::Instant now);
  [[nodiscard]] store::OutboxOutcome send(const std::string& id, const privacy::InformingKey& key,
                                          const privacy::InformingText& text,
                                          const core::Secret<std::string>& to, core::Instant now);
  /// Writes what the attempt came to.
  [[nodiscard]] core::Status settle(const privacy::InformingKey& key, privacy::ConsentPurpose topic,
                                    const store::OutboxOutcome& outcome, core::Instant now);

  InformingDeliveryPorts ports_;
  vault::InformingReading reading_;
  privacy::InformingSender sender_;
};

}  // namespace app
