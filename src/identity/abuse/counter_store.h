// The table of budgets against abuse: how much of what was spent by whom, in slices of time whose
// sum is a sliding window. Shared by every process on the database. Functions over an open unit of
// work; errors are those of store::UnitOfWork::run.
#pragma once

#include "core/instant.h"
#include "store/unit_of_work.h"

namespace identity::sql {

/// What a network's blind index is made of.
inline constexpr std::string_view kNetworkIndex = "network";

/// Whose budget, of what kind, over how long. `kind` is a word of the program (it is a metric's
/// label too), `key` a keyed hash.
struct CounterId {
  std::string_view kind;
  core::ByteView key;
  core::Duration window{};
};

/// What was spent within the window before `now`; up to a twelfth of a window more is counted,
/// never less, so that a limit on it holds for every window of that length.
[[nodiscard]] core::Result<std::int64_t> find_spent(store::UnitOfWork& unit, const CounterId& id,
                                                    core::Instant now);
/// Adds to the slice of `now`; a negative amount takes back. Atomic: concurrent units add up.
/// @return what the slice holds afterwards.
[[nodiscard]] core::Result<std::int64_t> spend(store::UnitOfWork& unit, const CounterId& id,
                                               std::int64_t amount, core::Instant now);
/// The largest sum any key of the kind has within the window.
[[nodiscard]] core::Result<std::int64_t> find_most_spent(store::UnitOfWork& unit,
                                                         std::string_view kind,
                                                         core::Duration window, core::Instant now);
/// Forgets everything one key has of a kind.
[[nodiscard]] core::Status forget_spent(store::UnitOfWork& unit, const CounterId& id);
/// Removes slices that no window reaches any more. @return rows removed.
[[nodiscard]] core::Result<std::int64_t> purge_counters(store::UnitOfWork& unit, core::Instant now);

}  // namespace identity::sql
