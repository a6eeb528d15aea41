// The identity room's values as the HTTP interface shows them (docs/api/openapi.yaml).
// Pure functions; safe from any thread.
#pragma once

#include "codec/json.h"
#include "identity/assurance/function_gate.h"
#include "identity/session/session_service.h"
#include "identity/types.h"

namespace api {

[[nodiscard]] codec::JsonObject to_json(const identity::Challenge& challenge);
[[nodiscard]] codec::JsonObject to_json(const identity::RegistrationTicket& ticket);
/// "SecondFactorNeeded" of the contract.
[[nodiscard]] codec::JsonObject to_json(const identity::SecondFactorTicket& ticket);
/// @param current  the session that asks.
[[nodiscard]] codec::JsonObject to_json(const identity::SessionInfo& session,
                                        const identity::SessionId& current);
/// "SessionProof" of the contract: when and how the owner of the session last proved themselves.
[[nodiscard]] codec::JsonObject to_json(const identity::Authenticated& who);
/// "Me" of the contract.
[[nodiscard]] codec::JsonObject to_json(const identity::Profile& profile,
                                        const std::vector<identity::FunctionState>& states,
                                        std::string_view csrf_token);

}  // namespace api
