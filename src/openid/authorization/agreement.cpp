#include "openid/authorization/agreement.h"

#include "crypto/digest.h"

namespace openid {

core::Bytes purpose_digest(const RelyingParty& party) {
  const auto text =
      party.name.ru + "\n" + party.name.en + "\n" + party.purpose.ru + "\n" + party.purpose.en;
  return core::to_bytes(crypto::sha256(core::as_bytes(text)));
}

bool allows(const PartyGrant& grant, const RelyingParty& party, const AuthorizationRequest& request,
            core::Instant now) {
  if (!grant.is_live(now) || grant.purpose_digest != purpose_digest(party)) return false;
  if (request.wants("offline_access") && !grant.offline_access) return false;
  return covers(grant.claims, request.all_claims());
}

PartyGrant widened(const std::optional<PartyGrant>& before, const RelyingParty& party,
                   const AuthorizationRequest& request, core::Instant now) {
  PartyGrant grant{.citizen_id = {},
                   .client_id = party.client_id,
                   .claims = request.all_claims(),
                   .granted_claims = {},
                   .offline_access = request.wants("offline_access"),
                   .purpose_digest = purpose_digest(party),
                   .granted_at = now,
                   .expires_at = {},
                   .narrowed_at = {},
                   .withdrawn_at = {},
                   .last_used_at = now,
                   .document_sha256 = {}};
  if (before && before->is_live(now) && before->purpose_digest == grant.purpose_digest) {
    for (const auto& claim : before->claims) {
      if (!has(grant.claims, claim)) grant.claims.push_back(claim);
    }
    grant.offline_access = grant.offline_access || before->offline_access;
  }
  grant.granted_claims = grant.claims;
  return grant;
}

}  // namespace openid
