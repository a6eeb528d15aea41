// FunctionGate: what an account opens, by the function table. Refusals and the page that explains
// them are answered by the same evaluation. Safe from any thread.
#pragma once

#include <vector>

#include "identity/assurance/assurance_service.h"
#include "identity/assurance/function_table.h"
#include "identity/attribute/attribute_service.h"

namespace identity {

class FunctionGate {
 public:
  FunctionGate(AssuranceService& assurance, AttributeService& attributes, FunctionTable table)
      : assurance_(assurance), attributes_(attributes), table_(std::move(table)) {}

  /// Every function as it stands for this person through this client. Documents are opened only
  /// where a cell asks whether they contradict something. Errors: those of AttributeService::list.
  [[nodiscard]] core::Result<std::vector<FunctionState>> states(const Profile& profile,
                                                                Client client, core::Instant now);
  /// Errors: those of refusal_of when the function is closed; kNotFound "citizen.unknown"; those of
  ///   AttributeService::list.
  [[nodiscard]] core::Status require(const CitizenId& id, Function function, Client client,
                                     core::Instant now);

 private:
  AssuranceService& assurance_;
  AttributeService& attributes_;
  FunctionTable table_;
};

}  // namespace identity
