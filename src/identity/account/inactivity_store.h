// Tables of accounts that nobody opens. Functions over an open unit of work; errors are those of
// store::UnitOfWork::run.
#pragma once

#include <optional>
#include <vector>

#include "identity/types.h"
#include "store/unit_of_work.h"

namespace identity::sql {

/// A row of account_inactivity.
struct InactivityRow {
  CitizenId citizen_id;
  core::Instant last_seen_at;
  std::int64_t warnings = 0;
  core::Instant closes_at;
  core::Instant next_at;
};

/// An account and when its owner was last here: signed in, or used a session.
struct Seen {
  CitizenId citizen_id;
  core::Instant at;
};
/// The next accounts after this one in the order of ids, registered before the moment.
[[nodiscard]] core::Result<std::vector<Seen>> list_seen(store::UnitOfWork& unit,
                                                        const CitizenId& after,
                                                        core::Instant registered_before,
                                                        int rows_max);
/// Empty when there is no such account.
[[nodiscard]] core::Result<std::optional<core::Instant>> find_last_seen(store::UnitOfWork& unit,
                                                                        const CitizenId& id);

/// False = it is warned already.
[[nodiscard]] core::Result<bool> insert_inactivity(store::UnitOfWork& unit,
                                                   const InactivityRow& row);
/// Up to `rows_max` rows whose next moment has come.
[[nodiscard]] core::Result<std::vector<InactivityRow>> list_due_inactivity(store::UnitOfWork& unit,
                                                                           core::Instant now,
                                                                           int rows_max);
/// Notes one more warning; false = another worker was faster.
[[nodiscard]] core::Result<bool> warn_again(store::UnitOfWork& unit, const InactivityRow& row,
                                            core::Instant next_at);
/// False = it was not there (any more).
[[nodiscard]] core::Result<bool> delete_inactivity(store::UnitOfWork& unit, const CitizenId& id);
/// How many accounts are warned, and how many of them may be closed now.
struct InactivityCounts {
  std::int64_t warned = 0;
  std::int64_t due = 0;
};
[[nodiscard]] core::Result<InactivityCounts> count_inactivity(store::UnitOfWork& unit,
                                                              core::Instant now);

}  // namespace identity::sql
