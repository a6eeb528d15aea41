// HttpOperator: an operator with a plain HTTP interface as one of the router's operators.
// Safe from any thread.
#pragma once

#include <memory>

#include "app/operators/phone_operator.h"
#include "edges/sms_http/gateway.h"

namespace app {

class HttpOperator final : public PhoneOperator {
 public:
  HttpOperator(identity::Channel channel, std::unique_ptr<edges::sms_http::Gateway> gateway)
      : channel_(channel), gateway_(std::move(gateway)) {}

  [[nodiscard]] identity::Channel channel() const override { return channel_; }
  [[nodiscard]] core::Result<PhoneHandover> send(const PhoneOrder& order) override;

 private:
  identity::Channel channel_;
  std::unique_ptr<edges::sms_http::Gateway> gateway_;
};

}  // namespace app
