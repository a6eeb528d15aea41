// The outbox handler of the last message to somebody whose account is gone: it tells that it is
// done and under which number that can be asked for later. Safe from any thread.
#pragma once

#include <string>

#include "app/operators/operator_router.h"
#include "store/outbox_worker.h"
#include "vault/vault.h"

namespace app {

class FarewellDelivery {
 public:
  FarewellDelivery(OperatorRouter& operators, vault::Vault& vault, std::string installation_name)
      : operators_(operators), vault_(vault), installation_name_(std::move(installation_name)) {}

  [[nodiscard]] core::Result<store::OutboxOutcome> deliver(const store::OutboxDelivery& delivery);

 private:
  OperatorRouter& operators_;
  vault::Vault& vault_;
  std::string installation_name_;
};

}  // namespace app
