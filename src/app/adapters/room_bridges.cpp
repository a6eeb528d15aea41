#include "app/adapters/room_bridges.h"

namespace app {
namespace {

privacy::SeenEdition seen_of(privacy::EditionKind kind, const identity::SeenEdition& seen) {
  return {kind, seen.number, seen.language, seen.sha256};
}

}  // namespace

core::Status WalletRights::require_documents(const core::CitizenId& id) {
  return gate_.require(id, identity::Function::kDocuments, identity::Client::kWeb, now_());
}

core::Status WalletRights::require_digital_id(const core::CitizenId& id) {
  return gate_.require(id, identity::Function::kDigitalId, identity::Client::kWeb, now_());
}

core::Result<bool> WalletRights::may_ask_registries(store::UnitOfWork& unit,
                                                    const core::CitizenId& id) {
  return privacy::PrivacyService::hold_live(unit, id, {privacy::ConsentPurpose::kRegistryDocuments},
                                            now_());
}

core::Status WalletEnds::level_fell(store::UnitOfWork& unit, const core::CitizenId& citizen_id,
                                    core::Instant now) {
  TRY_VOID(documents_.remove_all(unit, citizen_id));
  return digital_id_.remove_all(unit, citizen_id, now);
}

core::Status EndedConsents::consent_ended(store::UnitOfWork& unit,
                                          const core::CitizenId& citizen_id,
                                          privacy::ConsentPurpose purpose) {
  if (purpose != privacy::ConsentPurpose::kRegistryDocuments) return {};
  return documents_.remove_all(unit, citizen_id);
}

core::Status PrivacyPapers::check_agreement(const identity::SeenEdition& seen, core::Instant now) {
  return privacy_.editions().check_seen(seen_of(privacy::EditionKind::kAgreement, seen), now);
}

core::Status PrivacyPapers::check_consent(const identity::SeenEdition& seen, core::Instant now) {
  return privacy_.editions().check_seen(seen_of(privacy::EditionKind::kConsent, seen), now);
}

core::Status PrivacyPapers::record(store::UnitOfWork& unit, const core::CitizenId& citizen_id,
                                   const identity::EditionAct& agreement,
                                   const identity::EditionAct& consent) {
  return privacy_.record_registration(
      unit, citizen_id, {seen_of(privacy::EditionKind::kAgreement, agreement.seen), agreement.at},
      {seen_of(privacy::EditionKind::kConsent, consent.seen), consent.at});
}

}  // namespace app
