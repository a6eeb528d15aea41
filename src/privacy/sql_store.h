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
/// How many live consents ended: 0 or 1.
[[nodiscard]] core::Result<std::int64_t> withdraw_consent(store::UnitOfWork& unit,
                                                          const core::CitizenId& citizen_id,
                                                          ConsentPurpose purpose, core::Instant at);

}  // namespace privacy::sql
