// The operation log: what happened in an account, written in the transaction that did it, for the
// owner to read. It holds kinds and what they were about, never personal data. Safe from any
// thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/instant.h"
#include "core/result.h"
#include "core/rng.h"
#include "core/strong_id.h"
#include "store/unit_of_work.h"

namespace audit {

using OperationId = core::StrongId<struct OperationIdTag>;

/// One line of history.
struct Operation {
  OperationId id;
  core::Instant at;
  std::string kind;  ///< "session.opened"; the list stands in docs/api/openapi.yaml
  std::string
      subject;  ///< what it was about: a document kind, a question, an edition; may be empty
};

/// Whose operation, and what kind.
struct NewOperation {
  core::CitizenId citizen_id;
  std::string_view kind;
  std::string_view subject = {};
  std::string_view actor = "citizen";  ///< who did it, as entries of the log name them
};

/// Adds a line to the caller's transaction; one of a kind that is_logged also becomes an entry of
/// the transparency log, with the same id. Errors: those of store::UnitOfWork::run.
[[nodiscard]] core::Status record_operation(store::UnitOfWork& unit, const NewOperation& operation,
                                            core::Instant now, core::Rng& rng);

/// A page of history, newest first.
/// @param before    lines older than this id only; absent = from the newest.
/// @param rows_max  1..100.
/// Errors: those of store::UnitOfWork::run.
[[nodiscard]] core::Result<std::vector<Operation>> list_operations(
    store::UnitOfWork& unit, const core::CitizenId& citizen_id,
    const std::optional<OperationId>& before, int rows_max);

}  // namespace audit
