// Agreement: what an authorization request makes of what a citizen agreed to before. Pure
// functions, safe from any thread.
#pragma once

#include "openid/authorization/authorization_request.h"
#include "openid/authorization/party_grant.h"
#include "openid/types.h"

namespace openid {

/// What the citizen read about the party; when the party changes it, they are asked again.
[[nodiscard]] core::Bytes purpose_digest(const RelyingParty& party);

/// Whether an agreement is enough for what is asked for now.
[[nodiscard]] bool allows(const PartyGrant& grant, const RelyingParty& party,
                          const AuthorizationRequest& request, core::Instant now);

/// What the citizen agrees to by saying yes: what they agreed to before and what lives is not
/// forgotten. Who agrees, until when and by which document is left to the caller.
[[nodiscard]] PartyGrant widened(const std::optional<PartyGrant>& before, const RelyingParty& party,
                                 const AuthorizationRequest& request, core::Instant now);

}  // namespace openid
