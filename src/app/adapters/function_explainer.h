// FunctionExplainer: a refusal by the function table says in its problem document everything that
// is missing and where to get it, from the table itself. Safe from any thread.
#pragma once

#include "http/server.h"
#include "identity/assurance/assurance_service.h"
#include "identity/assurance/function_gate.h"

namespace app {

class FunctionExplainer final : public http::RefusalExplainer {
 public:
  FunctionExplainer(identity::AssuranceService& assurance, identity::FunctionGate& gate)
      : assurance_(assurance), gate_(gate) {}

  /// `function`, `required_level`, `missing` and `how`; empty for other refusals, and when the
  /// account has come up to it meanwhile.
  [[nodiscard]] codec::JsonObject explain(const core::Error& error,
                                          const http::Request& request) override;

 private:
  identity::AssuranceService& assurance_;
  identity::FunctionGate& gate_;
};

}  // namespace app
