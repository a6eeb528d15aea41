// The outbox handlers of the telephone: hands codes to the operators, turns a call that fails into
// an SMS, words the SMS in the person's language, and takes the operators' receipts. Safe from any
// thread.
#pragma once

#include <string>

#include "app/operators/operator_router.h"
#include "identity/delivery/delivery_service.h"
#include "store/outbox_worker.h"
#include "vault/vault.h"

namespace app {

class OperatorDelivery {
 public:
  /// All must outlive it. Without an operator for a channel its messages wait.
  OperatorDelivery(OperatorRouter& router, identity::DeliveryService& deliveries,
                   vault::Vault& vault, std::string installation_name)
      : router_(router),
        deliveries_(deliveries),
        vault_(vault),
        installation_name_(std::move(installation_name)) {}

  /// For identity::kOperatorMessageKind.
  [[nodiscard]] core::Result<store::OutboxOutcome> deliver(const store::OutboxDelivery& delivery,
                                                           core::Instant now);
  /// For identity::kOperatorReceiptKind.
  [[nodiscard]] core::Result<store::OutboxOutcome> take_receipt(
      const store::OutboxDelivery& delivery, core::Instant now);

  /// How these are retried: a code lives minutes, so the operators are asked often and briefly.
  [[nodiscard]] static store::OutboxPolicy policy();
  /// A receipt may come before the message it is about has been noted.
  [[nodiscard]] static store::OutboxPolicy receipt_policy();

 private:
  using Outcome = core::Result<store::OutboxOutcome>;
  struct Job;
  [[nodiscard]] core::Result<Job> open(const store::OutboxDelivery& delivery);
  [[nodiscard]] Outcome send(const Job& job, identity::DeliveryProgress progress,
                             core::Instant now);
  [[nodiscard]] Outcome settle(const Job& job, const RoutingOutcome& routing, core::Instant now);

  OperatorRouter& router_;
  identity::DeliveryService& deliveries_;
  vault::Vault& vault_;
  std::string installation_name_;
};

}  // namespace app
