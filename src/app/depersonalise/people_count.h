// Walks over every account for one data set without names: reads whoever may be read, in small
// transactions beside running servers, and counts their words. Used on one thread.
#pragma once

#include <functional>

#include "privacy/depersonalisation/facts.h"
#include "privacy/depersonalisation/people_table.h"
#include "vault/depersonalised_reading.h"

namespace app {

/// What a count leans on; all must outlive it.
struct PeopleCountPorts {
  vault::VaultPorts vault;
  const privacy::DepersonalisationRules& rules;
  const privacy::ColumnChoice& columns;
  std::function<void(std::int64_t)> progress;  ///< told the accounts gone over, after each batch
};

struct PeopleCount {
  privacy::PeopleTable table;
  std::int64_t left_out = 0;  ///< accounts that were not read
};

/// Whether so many people may be read; nobody is, and nobody's record says so.
/// Errors: kConflict "depersonalise.too_few_people"; the store's.
[[nodiscard]] core::Status check_people(const PeopleCountPorts& ports, std::int64_t people_min,
                                        core::Instant now);

/// Errors: those of vault::DepersonalisedReading and privacy::PeopleTable. Whoever was read by then
/// has their record of it.
[[nodiscard]] core::Result<PeopleCount> count_people(const PeopleCountPorts& ports,
                                                     const vault::Depersonalising& act);

}  // namespace app
