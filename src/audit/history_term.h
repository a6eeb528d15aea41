// How history and the readable side of the transparency log end by a term, whoever they are about.
// Leaves of the tree stay and tell nothing, so every proof of what is left holds. Functions over an
// open unit of work whose errors are those of store::UnitOfWork::run; safe from any thread.
#pragma once

#include <vector>

#include "audit/log_record.h"
#include "store/unit_of_work.h"

namespace audit {

/// Which lines of history are past their term.
struct HistoryCutoff {
  core::Instant lines;
  core::Instant sign_ins;  ///< at most `lines`: a last visit is read from them for longer
};
[[nodiscard]] core::Result<std::int64_t> count_operations_before(store::UnitOfWork& unit,
                                                                 const HistoryCutoff& cutoff);
/// Erases at most `rows_max`, the oldest first. @return lines erased.
[[nodiscard]] core::Result<std::int64_t> erase_operations_before(store::UnitOfWork& unit,
                                                                 const HistoryCutoff& cutoff,
                                                                 int rows_max);

/// Entries from before the cutoff, but for those whose dispute is open or was answered since.
[[nodiscard]] core::Result<std::int64_t> count_entries_before(store::UnitOfWork& unit,
                                                              core::Instant cutoff);
struct PastEntry {
  core::CitizenId citizen_id;
  EntryId entry_id;
};
/// At most `rows_max` of them, the oldest first.
[[nodiscard]] core::Result<std::vector<PastEntry>> list_entries_before(store::UnitOfWork& unit,
                                                                       core::Instant cutoff,
                                                                       int rows_max);
/// Removes the readable side of one entry, and its dispute. @return whether it had been disputed.
[[nodiscard]] core::Result<bool> forget_log_entry(store::UnitOfWork& unit, const PastEntry& entry);

}  // namespace audit
