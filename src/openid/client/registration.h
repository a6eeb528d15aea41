// A registration as text: read from what the registrar sent or from its row, checked as a whole,
// written back. Pure functions, safe from any thread.
#pragma once

#include "codec/json.h"
#include "core/result.h"
#include "openid/types.h"

namespace openid {

/// Reads and checks a registration; client_id, state and moments are not part of it.
/// Errors: kInvalidInput, a json reason, or "relying_party.name" or ".purpose" empty or too long,
///   ".auth" an unknown method; ".uri" see check_registered_uri; ".claim" not in the catalogue;
///   ".scope" a service scope that is no scope token or is ours; ".keys" no usable JWK Set or
///   address of one for private_key_jwt, or both; ".sector" redirect URIs on several hosts and no
///   sector named; ".nothing" it could neither sign anybody in nor call as a service;
///   ".public_service" client_credentials or introspection without a credential.
[[nodiscard]] core::Result<RelyingParty> parse_registration(const codec::Json& json);
[[nodiscard]] codec::JsonObject registration_json(const RelyingParty& party);

}  // namespace openid
