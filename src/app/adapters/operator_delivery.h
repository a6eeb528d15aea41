// The outbox handler that hands codes to the telephone operator: opens the sealed message, words
// the SMS in the person's language, and tells what is final. Safe from any thread.
#pragma once

#include <string>

#include "edges/sms_http/gateway.h"
#include "store/outbox_worker.h"
#include "vault/vault.h"

namespace app {

class OperatorDelivery {
 public:
  /// `gateway` may be null (no operator configured): messages then wait.
  OperatorDelivery(edges::sms_http::Gateway* gateway, vault::Vault& vault,
                   std::string installation_name)
      : gateway_(gateway), vault_(vault), installation_name_(std::move(installation_name)) {}

  [[nodiscard]] core::Result<store::OutboxOutcome> deliver(const store::OutboxDelivery& delivery,
                                                           core::Instant now);

  /// How these are retried: a code lives minutes, so the operator is asked often and briefly.
  [[nodiscard]] static store::OutboxPolicy policy();

 private:
  edges::sms_http::Gateway* gateway_;
  vault::Vault& vault_;
  std::string installation_name_;
};

}  // namespace app
