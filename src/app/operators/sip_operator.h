// SipOperator: a trunk with the numbers we own as one of the router's operators. Safe from any
// thread.
#pragma once

#include <memory>

#include "app/operators/phone_operator.h"
#include "edges/sip_call/number_pool.h"
#include "edges/sip_call/sip_caller.h"

namespace app {

class SipOperator final : public PhoneOperator {
 public:
  /// `rng` must outlive it.
  SipOperator(std::unique_ptr<edges::sip_call::SipCaller> caller,
              edges::sip_call::NumberPool numbers, core::Rng& rng)
      : caller_(std::move(caller)), numbers_(std::move(numbers)), rng_(rng) {}

  [[nodiscard]] identity::Channel channel() const override { return identity::Channel::kCall; }
  [[nodiscard]] bool can_send(const PhoneOrder& order) const override {
    return numbers_.find(order.code.reveal(), rng_).has_value();
  }
  [[nodiscard]] std::optional<std::string> draw_code(core::Rng& rng, int digits) const override {
    if (digits != edges::sip_call::NumberPool::kCodeDigits) return std::nullopt;
    return numbers_.draw(rng);
  }
  [[nodiscard]] core::Result<PhoneHandover> send(const PhoneOrder& order) override {
    const auto from = numbers_.find(order.code.reveal(), rng_);
    if (!from) return core::fail(core::ErrorCode::kForbidden, "sip.no_number");
    TRY_VOID(caller_->ring(order.to, *from));
    return PhoneHandover{.message_ids = {}, .final = true};
  }

 private:
  std::unique_ptr<edges::sip_call::SipCaller> caller_;
  edges::sip_call::NumberPool numbers_;
  core::Rng& rng_;
};

}  // namespace app
