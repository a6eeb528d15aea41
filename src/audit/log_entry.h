// Writing into the transparency log: an entry becomes part of the caller's transaction, so that
// what happened and its record stand or fall together. Safe from any thread inside a unit of work.
#pragma once

#include <string_view>

#include "audit/log_record.h"
#include "store/unit_of_work.h"

namespace audit {

/// What happened, in words of the specification's section 2.
struct NewLogEntry {
  core::CitizenId citizen_id;
  EntryId id;
  std::string_view kind;
  std::string_view actor = "citizen";
  std::string_view purpose = {};
  std::string_view category = {};
  std::string_view subject = {};
};

/// Adds an entry about a citizen. It has its place in the tree about a second after the commit.
/// Errors: those of store::UnitOfWork::run.
[[nodiscard]] core::Status record_log_entry(store::UnitOfWork& unit, const NewLogEntry& entry,
                                            core::Instant now, core::Rng& rng);

/// Adds an entry about nobody, readable by everybody, unless its subject is in the log already.
/// Errors: those of store::UnitOfWork::run.
[[nodiscard]] core::Status record_public_entry(store::UnitOfWork& unit, std::string_view kind,
                                               std::string_view subject, core::Instant now,
                                               core::Rng& rng);

/// Whether an operation of this kind is also an entry of the log: consents, agreements, connections
/// to relying parties, requests and erasures.
[[nodiscard]] bool is_logged(std::string_view operation_kind);

/// Removes everything readable about a citizen; their leaves stay in the tree and tell nothing.
/// @return entries removed. Errors: those of store::UnitOfWork::run.
[[nodiscard]] core::Result<std::int64_t> forget_log_entries(store::UnitOfWork& unit,
                                                            const core::CitizenId& citizen_id);

}  // namespace audit
