#include "app/adapters/vault_consents.h"

#include "openid/authorization/party_grant.h"
#include "privacy/service.h"

namespace app {
namespace {

/// A consent that has parts allows those that are in it, and nothing to whoever names none.
core::Result<bool> holds_parts(store::UnitOfWork& unit, const vault::ConsentQuestion& question,
                               privacy::ConsentPurpose purpose) {
  for (const auto& part : question.attributes) {
    TRY(const bool held, privacy::PrivacyService::hold_live(unit, question.citizen_id,
                                                            {purpose, part}, question.now));
    if (!held) return false;
  }
  return !question.attributes.empty();
}

}  // namespace

core::Result<bool> VaultConsents::hold_live(store::UnitOfWork& unit,
                                            const vault::ConsentQuestion& question) {
  constexpr std::string_view kParty = "party:";
  if (question.consent.starts_with(kParty)) {
    TRY(const auto grant, openid::hold_grant(unit, question.citizen_id,
                                             question.consent.substr(kParty.size()), question.now));
    return grant && openid::covers(grant->claims, question.attributes);
  }
  const auto purpose = privacy::find_consent_purpose(question.consent);
  if (!purpose) return false;
  if (!privacy::parts_of(*purpose).empty()) return holds_parts(unit, question, *purpose);
  return privacy::PrivacyService::hold_live(unit, question.citizen_id, {*purpose}, question.now);
}

}  // namespace app
