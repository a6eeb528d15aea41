// An operator that notes what it is given and answers as a test tells it. For tests only; not safe
// from several threads.
#pragma once

#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "app/operators/operator_router.h"

namespace app {

class HandOperator {
 public:
  explicit HandOperator(identity::Channel its_channel) : channel(its_channel) {}

  identity::Channel channel;
  bool ready = true;
  std::optional<core::Error> refusal;
  PhoneHandover handover;
  std::optional<std::string> code;  ///< what it can ring with; nothing = anything
  std::vector<PhoneOrder> sent;
};

/// `hand`, which must outlive it, as the router's operator.
inline RoutedOperator routed(std::string name, HandOperator& hand, int priority = 1,
                             int share = 100) {
  class Seen final : public PhoneOperator {
   public:
    explicit Seen(HandOperator& its) : hand_(its) {}
    [[nodiscard]] identity::Channel channel() const override { return hand_.channel; }
    [[nodiscard]] bool is_ready() const override { return hand_.ready; }
    [[nodiscard]] bool can_send(const PhoneOrder& order) const override {
      return !hand_.code || *hand_.code == order.code.reveal();
    }
    [[nodiscard]] std::optional<std::string> draw_code(core::Rng& /*rng*/,
                                                       int /*digits*/) const override {
      return hand_.code;
    }
    [[nodiscard]] core::Result<PhoneHandover> send(const PhoneOrder& order) override {
      hand_.sent.push_back(order);
      if (hand_.refusal) return core::fail(*hand_.refusal);
      return hand_.handover;
    }

   private:
    HandOperator& hand_;
  };
  return {std::move(name), priority, share, std::make_unique<Seen>(hand)};
}

}  // namespace app
