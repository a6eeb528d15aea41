#include "app/operators/http_operator.h"

namespace app {

core::Result<PhoneHandover> HttpOperator::send(const PhoneOrder& order) {
  using edges::sms_http::Channel;
  const bool call = channel_ == identity::Channel::kCall;
  TRY_VOID(gateway_->send({.channel = call ? Channel::kCall : Channel::kSms,
                           .id = order.id,
                           .to = order.to,
                           .text = order.text,
                           .code = order.code}));
  // Its interface knows no receipts, so there is nothing to wait for under the id it gave. That the
  // call it promised has rung is all that will ever be known of it.
  return PhoneHandover{.message_ids = {}, .final = call};
}

}  // namespace app
