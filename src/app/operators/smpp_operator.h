// SmppOperator: an SMS centre as one of the router's operators. Made by OperatorParts; safe from
// any thread.
#pragma once

#include <functional>
#include <memory>
#include <span>

#include "app/operators/phone_operator.h"
#include "edges/smpp/smpp_client.h"

namespace app {

class SmppOperator final : public PhoneOperator {
 public:
  explicit SmppOperator(std::unique_ptr<edges::smpp::SmppClient> client)
      : client_(std::move(client)) {}

  [[nodiscard]] identity::Channel channel() const override { return identity::Channel::kSms; }
  [[nodiscard]] bool is_ready() const override { return client_->is_ready(); }
  [[nodiscard]] core::Result<PhoneHandover> send(const PhoneOrder& order) override {
    TRY(auto ids, client_->send(order.to, order.text.reveal()));
    return PhoneHandover{.message_ids = std::move(ids), .final = false};
  }

 private:
  std::unique_ptr<edges::smpp::SmppClient> client_;
};

}  // namespace app
