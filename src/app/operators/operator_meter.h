// OperatorMeter: what is counted about operators, for the metrics. Called by the router;
// implementations are safe from any thread.
#pragma once

#include <string_view>

namespace app {

class OperatorMeter {
 public:
  virtual ~OperatorMeter() = default;
  /// @param outcome  "accepted", "callee", "unavailable" or "refused".
  virtual void operator_answered(std::string_view name, std::string_view outcome) = 0;
};

}  // namespace app
