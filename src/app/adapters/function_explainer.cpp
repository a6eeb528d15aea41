#include "app/adapters/function_explainer.h"

#include <algorithm>

#include "api/identity/attribute_json.h"

namespace app {

codec::JsonObject FunctionExplainer::explain(const core::Error& error,
                                             const http::Request& request) {
  if (!error.reason.starts_with("assurance.") || !request.has_subject()) return {};
  const auto function = identity::find_function(error.detail);
  if (!function) return {};
  const auto now = request.received_at();
  const auto profile = assurance_.profile(request.subject().citizen_id, now);
  if (!profile) return {};
  const auto states = gate_.states(*profile, identity::Client::kWeb, now);
  if (!states) return {};
  const auto state = std::find_if(states->begin(), states->end(),
                                  [&](const auto& one) { return one.function == *function; });
  if (state == states->end() || state->open()) return {};
  return api::refusal_json(*state);
}

}  // namespace app
