// Disputes: "that was not right", said by the owner of an entry, and what became of it. Value
// types, and functions over an open unit of work whose errors are those of store::UnitOfWork::run.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "audit/log_record.h"
#include "store/unit_of_work.h"

namespace audit {

/// What an entry says only its owner, or somebody who opens it for an answer, can show.
struct Dispute {
  core::CitizenId citizen_id;
  EntryId entry_id;
  std::string reason;  ///< not_me, unknown_party, no_need or other
  core::Instant disputed_at;
  std::optional<core::Instant> answered_at;
  std::string outcome;  ///< of an answer: rightful or wrongful

  [[nodiscard]] bool is_open() const { return !answered_at; }
};

[[nodiscard]] bool is_dispute_reason(std::string_view reason);
[[nodiscard]] bool is_dispute_outcome(std::string_view outcome);

namespace sql {

/// Where a page of disputes goes on.
struct DisputeCursor {
  core::Instant at;
  EntryId entry_id;
};

/// @return whether it is new.
[[nodiscard]] core::Result<bool> put_dispute(store::UnitOfWork& unit, const Dispute& dispute);
/// Open ones, the oldest first; or answered ones, the newest first.
[[nodiscard]] core::Result<std::vector<Dispute>> list_disputes(
    store::UnitOfWork& unit, bool open, const std::optional<DisputeCursor>& after, int rows_max);
[[nodiscard]] core::Result<std::optional<Dispute>> find_dispute(store::UnitOfWork& unit,
                                                                const EntryId& entry_id);
/// @return whether it was open until now.
[[nodiscard]] core::Result<bool> answer_dispute(store::UnitOfWork& unit, const Dispute& answered);

}  // namespace sql

}  // namespace audit
