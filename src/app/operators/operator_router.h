// OperatorRouter: which operator is asked, and in which order. A lower priority comes first; among
// equals chance decides by their shares; one that keeps failing is left out until a trial succeeds.
// Also draws the codes of calls, since they are endings of numbers that can ring. Safe from any
// thread.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "app/operators/operator_meter.h"
#include "app/operators/phone_operator.h"
#include "core/instant.h"
#include "http/circuit_breaker.h"
#include "identity/challenge/call_codes.h"

namespace app {

/// One operator and its place among the others.
struct RoutedOperator {
  std::string name;
  int priority = 1;
  int share = 100;
  std::unique_ptr<PhoneOperator> phone;
};

/// How asking the operators one after another ended.
struct RoutingOutcome {
  std::string operator_name;             ///< who accepted, or who said the last word
  core::Result<PhoneHandover> handover;  ///< errors: those of PhoneOperator::send;
                                         ///< kUnavailable "operator.none" nobody can be asked now;
                                         ///< kNotFound "operator.none_left" nobody is left to ask
  std::vector<std::string> refused_by;   ///< for good; not to be asked about this order again
};

class OperatorRouter final : public identity::CallCodes {
 public:
  using Clock = std::function<core::Instant()>;

  /// `rng` and `meter` (may be null) must outlive it.
  OperatorRouter(std::vector<RoutedOperator> operators, core::Rng& rng, Clock clock,
                 OperatorMeter* meter, http::CircuitPolicy circuit = {});

  /// Asks operators of the channel until one accepts or the person's phone has the last word.
  /// @param tried  operators that have failed this order before.
  [[nodiscard]] RoutingOutcome send(identity::Channel channel, const PhoneOrder& order,
                                    const std::vector<std::string>& tried);
  [[nodiscard]] bool has(identity::Channel channel) const;
  [[nodiscard]] std::string draw(core::Rng& rng, int digits) override;

  /// 0 = well, 0.5 = on trial, 1 = not asked now; for each operator, for the metrics.
  void tell_health(const std::function<void(std::string_view name, double closed)>& tell) const;

 private:
  struct Entry {
    RoutedOperator routed;
    http::CircuitBreaker circuit;
  };
  [[nodiscard]] std::vector<Entry*> in_order(identity::Channel channel);
  [[nodiscard]] core::Result<PhoneHandover> ask(Entry& entry, const PhoneOrder& order);

  std::vector<std::unique_ptr<Entry>> operators_;
  core::Rng& rng_;
  Clock clock_;
  OperatorMeter* meter_;
};

}  // namespace app
