#include "identity/assurance/function_gate.h"

#include <algorithm>

namespace identity {
namespace {

bool needs_documents(const FunctionNeed& need) {
  return std::any_of(need.attributes.begin(), need.attributes.end(),
                     [](const auto& one) { return one.undisputed; });
}

}  // namespace

core::Result<std::vector<FunctionState>> FunctionGate::states(const Profile& profile, Client client,
                                                              core::Instant now) {
  const bool documents = std::any_of(
      kAllFunctions.begin(), kAllFunctions.end(),
      [&](const auto function) { return needs_documents(table_.need(function, client)); });
  std::vector<Attribute> attributes;
  if (documents) {
    TRY(attributes, attributes_.list(profile.citizen.id, true, now));
  } else {
    attributes = attributes_of(profile.attributes, attributes_.freshness(), now);
  }
  std::vector<FunctionState> states;
  for (const auto function : kAllFunctions) {
    states.push_back(table_.evaluate(function, client, profile.citizen.level, attributes));
  }
  return states;
}

core::Status FunctionGate::require(const CitizenId& id, Function function, Client client,
                                   core::Instant now) {
  const auto& need = table_.need(function, client);
  TRY(const auto level, assurance_.level_of(id));
  std::vector<Attribute> attributes;
  if (level >= need.level && !need.attributes.empty()) {
    TRY(attributes, attributes_.list(id, needs_documents(need), now));
  }
  const auto state = table_.evaluate(function, client, level, attributes);
  if (state.open()) return {};
  return fail(refusal_of(state));
}

}  // namespace identity
