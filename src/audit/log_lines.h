// The citizen's rows of the log as LogService reads them. Functions over an open unit of work;
// errors are those of store::UnitOfWork::run.
#pragma once

#include <optional>
#include <vector>

#include "audit/log_service.h"
#include "store/unit_of_work.h"

namespace audit::sql {

/// A row: sealed, or in clear while it waits for its sealing.
struct StoredLine {
  LogLine line;
  core::Bytes sealed;
};
/// Newest first. @param before  entries older than this id only.
[[nodiscard]] core::Result<std::vector<StoredLine>> list_lines(store::UnitOfWork& unit,
                                                               const core::CitizenId& citizen_id,
                                                               const std::optional<EntryId>& before,
                                                               std::int64_t rows_max);
[[nodiscard]] core::Result<std::vector<PublicLine>> list_public_lines(store::UnitOfWork& unit);
[[nodiscard]] core::Result<std::optional<EntryId>> first_entry(store::UnitOfWork& unit);
[[nodiscard]] core::Result<bool> has_line(store::UnitOfWork& unit,
                                          const core::CitizenId& citizen_id,
                                          const EntryId& entry_id);
/// One row; empty when the citizen has none of this id.
[[nodiscard]] core::Result<std::optional<StoredLine>> find_line(store::UnitOfWork& unit,
                                                                const core::CitizenId& citizen_id,
                                                                const EntryId& entry_id);

}  // namespace audit::sql
