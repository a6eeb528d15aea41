// The privacy room's tables: acceptances and consents, append-only but for the moment of
// withdrawal. Functions over an open unit of work; errors are those of store::UnitOfWork::run.
#pragma once

#include <vector>

#include "core/rng.h"
#include "privacy/types.h"
#include "store/unit_of_work.h"

namespace privacy::sql {

[[nodiscard]] core::Status insert_acceptance(store::UnitOfWork& unit,
                                             const core::CitizenId& citizen_id,
                                             const SeenEdition& seen, std::string_view how,
                                             core::Instant at, core::Rng& rng);
[[nodiscard]] core::Result<std::vector<Acceptance>> list_acceptances(
    store::UnitOfWork& unit, const core::CitizenId& citizen_id);

[[nodiscard]] core::Status insert_consent(store::UnitOfWork& unit,
                                          const core::CitizenId& citizen_id, const Consent& consent,
                                          core::Rng& rng);
/// The newest consent of the purpose; one without granted_at if there never was any.
[[nodiscard]] core::Result<Consent> find_consent(store::UnitOfWork& unit,
                                                 const core::CitizenId& citizen_id,
                                                 ConsentPurpose purpose);
/// Of the newest consent, what tells whether it lives, and for what; the rest is not read.
[[nodiscard]] core::Result<Consent> check_consent(store::UnitOfWork& unit,
                                                  const core::CitizenId& citizen_id,
                                                  ConsentPurpose purpose);
/// The same in a unit that may write; nobody changes the row before it has committed.
[[nodiscard]] core::Result<Consent> hold_consent(store::UnitOfWork& unit,
                                                 const core::CitizenId& citizen_id,
                                                 ConsentPurpose purpose);
/// All there ever were, the newest first.
[[nodiscard]] core::Result<std::vector<Consent>> list_consents(store::UnitOfWork& unit,
                                                               const core::CitizenId& citizen_id);
/// How many live consents ended: 0 or 1. One that expired stays as it is.
[[nodiscard]] core::Result<std::int64_t> withdraw_consent(store::UnitOfWork& unit,
                                                          const core::CitizenId& citizen_id,
                                                          ConsentPurpose purpose, core::Instant at);
/// A consent that ended by its term and whose end no room has heard of yet.
struct ExpiredConsent {
  core::CitizenId citizen_id;
  core::Bytes consent_id;
  ConsentPurpose purpose = ConsentPurpose::kAccount;
};
[[nodiscard]] core::Result<std::vector<ExpiredConsent>> list_expired(store::UnitOfWork& unit,
                                                                     core::Instant now,
                                                                     std::int64_t rows_max);
/// False when somebody was first.
[[nodiscard]] core::Result<bool> settle_expired(store::UnitOfWork& unit,
                                                const ExpiredConsent& expired, core::Instant now);
/// Leaves `scope` of the live consent. @return how many were live: 0 or 1.
[[nodiscard]] core::Result<std::int64_t> narrow_consent(store::UnitOfWork& unit,
                                                        const core::CitizenId& citizen_id,
                                                        const Consent& narrowed);

}  // namespace privacy::sql
