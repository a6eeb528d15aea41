// Attributes, functions and linked providers as the HTTP interface shows them
// (docs/api/openapi.yaml). Pure functions; safe from any thread.
#pragma once

#include "codec/json.h"
#include "identity/assurance/function_table.h"
#include "identity/assurance/link_service.h"
#include "identity/attribute/attribute_claims.h"

namespace api {

/// "identity_provider:esia" goes out as the kind of source and the provider's id.
void put_source(codec::JsonObject& json, std::string_view source);

/// The claim in force, and beside it what other sources say.
[[nodiscard]] codec::JsonObject to_json(const identity::Attribute& attribute);
[[nodiscard]] codec::JsonObject to_json(const identity::FunctionState& state);
/// What a problem document adds about a closed function: what is missing and how to get it.
[[nodiscard]] codec::JsonObject refusal_json(const identity::FunctionState& state);
[[nodiscard]] codec::JsonObject to_json(const identity::LinkedProvider& linked);

}  // namespace api
