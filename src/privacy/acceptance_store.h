// Acceptances as evidence: what was accepted, in which language, by which bytes, how and when.
// Append-only. Functions over an open unit of work; errors are those of store::UnitOfWork::run.
#pragma once

#include <vector>

#include "core/rng.h"
#include "privacy/edition_service.h"
#include "store/unit_of_work.h"

namespace privacy::sql {

[[nodiscard]] core::Status insert_acceptance_record(store::UnitOfWork& unit,
                                                    const core::CitizenId& citizen_id,
                                                    const AcceptanceRecord& record, core::Rng& rng);
/// The highest number of the document the citizen has accepted; 0 for none.
[[nodiscard]] core::Result<int> newest_accepted(store::UnitOfWork& unit,
                                                const core::CitizenId& citizen_id,
                                                EditionKind kind);
/// Newest first, at most 100.
[[nodiscard]] core::Result<std::vector<AcceptanceRecord>> list_acceptance_records(
    store::UnitOfWork& unit, const core::CitizenId& citizen_id);

}  // namespace privacy::sql
