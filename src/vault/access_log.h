// Who has read a citizen's data, for the citizen to see until a term ends. Safe from any thread
// inside a unit of work.
#pragma once

#include <string>
#include <vector>

#include "core/instant.h"
#include "core/result.h"
#include "core/strong_id.h"
#include "store/unit_of_work.h"

namespace vault {

/// One reading by anyone but the citizen.
struct AccessRecord {
  core::Instant at;
  std::string actor;     ///< "platform:documents", "checker"
  std::string purpose;   ///< "fetch_documents"
  std::string category;  ///< "profile"
};

/// The newest `rows_max` of them. Errors: the store's.
[[nodiscard]] core::Result<std::vector<AccessRecord>> list_accesses(
    store::UnitOfWork& unit, const core::CitizenId& citizen_id, int rows_max);

/// Readings from before the cutoff, of whomever. Errors: the store's.
[[nodiscard]] core::Result<std::int64_t> count_accesses_before(store::UnitOfWork& unit,
                                                               core::Instant cutoff);
/// Erases at most `rows_max` of them, the oldest first. @return rows erased. Errors: the store's.
[[nodiscard]] core::Result<std::int64_t> erase_accesses_before(store::UnitOfWork& unit,
                                                               core::Instant cutoff, int rows_max);

}  // namespace vault
