#include "privacy/service.h"

#include <array>

#include "audit/operation_log.h"
#include "privacy/sql_store.h"

namespace privacy {
namespace {

using core::ErrorCode;
using core::fail;

constexpr std::array kAllPurposes{ConsentPurpose::kAccount, ConsentPurpose::kRegistryDocuments};

}  // namespace

core::Result<Consent> PrivacyService::grant(const core::CitizenId& citizen_id,
                                            ConsentPurpose purpose, const SeenEdition& seen,
                                            core::Instant now) {
  if (seen.kind != document_of(purpose)) return fail(ErrorCode::kInvalidInput, "edition.mismatch");
  TRY_VOID(editions_.check_seen(seen, now));
  const Consent consent{.purpose = purpose, .granted_at = now, .withdrawn_at = {}, .seen = seen};
  return data_.write([&](store::UnitOfWork& unit) -> core::Result<Consent> {
    TRY(const auto before, sql::find_consent(unit, citizen_id, purpose));
    if (before.is_live()) return fail(ErrorCode::kConflict, "consent.already_granted");
    TRY_VOID(sql::insert_consent(unit, citizen_id, consent, rng_));
    TRY_VOID(audit::record_operation(unit, {citizen_id, "consent.granted", name_of(purpose)}, now,
                                     rng_));
    return consent;
  });
}

core::Status PrivacyService::withdraw(const core::CitizenId& citizen_id, ConsentPurpose purpose,
                                      core::Instant now) {
  return data_.write(
      [&](store::UnitOfWork& unit) { return withdraw_within(unit, citizen_id, purpose, now); });
}

core::Status PrivacyService::withdraw_within(store::UnitOfWork& unit,
                                             const core::CitizenId& citizen_id,
                                             ConsentPurpose purpose, core::Instant now) {
  if (purpose == ConsentPurpose::kAccount) {
    return fail(ErrorCode::kConflict, "consent.required_for_account");
  }
  TRY(const auto ended, sql::withdraw_consent(unit, citizen_id, purpose, now));
  if (ended == 0) return fail(ErrorCode::kNotFound, "consent.not_granted");
  TRY_VOID(ended_.consent_ended(unit, citizen_id, purpose));
  return audit::record_operation(unit, {citizen_id, "consent.withdrawn", name_of(purpose)}, now,
                                 rng_);
}

core::Result<ConsentOverview> PrivacyService::overview(const core::CitizenId& citizen_id) {
  return data_.read([&](store::UnitOfWork& unit) -> core::Result<ConsentOverview> {
    ConsentOverview overview;
    for (const auto purpose : kAllPurposes) {
      TRY(auto consent, sql::find_consent(unit, citizen_id, purpose));
      overview.consents.push_back(std::move(consent));
    }
    TRY(overview.acceptances, sql::list_acceptances(unit, citizen_id));
    return overview;
  });
}

core::Result<bool> PrivacyService::is_live(store::UnitOfWork& unit,
                                           const core::CitizenId& citizen_id,
                                           ConsentPurpose purpose) {
  TRY(const auto consent, sql::find_consent(unit, citizen_id, purpose));
  return consent.is_live();
}

core::Status PrivacyService::record_registration(store::UnitOfWork& unit,
                                                 const core::CitizenId& citizen_id,
                                                 const Acceptance& agreement,
                                                 const Acceptance& consent) {
  TRY_VOID(sql::insert_acceptance(unit, citizen_id, agreement.seen, "registration",
                                  agreement.accepted_at, rng_));
  TRY_VOID(audit::record_operation(
      unit,
      {citizen_id, "agreement.accepted", "agreement/" + std::to_string(agreement.seen.number)},
      agreement.accepted_at, rng_));
  const Consent granted{.purpose = ConsentPurpose::kAccount,
                        .granted_at = consent.accepted_at,
                        .withdrawn_at = {},
                        .seen = consent.seen};
  TRY_VOID(sql::insert_consent(unit, citizen_id, granted, rng_));
  return audit::record_operation(unit, {citizen_id, "consent.granted", "account"},
                                 consent.accepted_at, rng_);
}

}  // namespace privacy
