#include "privacy/processing/history_steps.h"

#include "audit/history_term.h"
#include "privacy/dispute/dispute_service.h"
#include "vault/access_log.h"

namespace privacy {

core::Result<std::int64_t> PastOperations::count(store::UnitOfWork& unit, core::Instant cutoff) {
  return audit::count_operations_before(unit, {cutoff, cutoff - sign_ins_longer_});
}

core::Result<std::int64_t> PastOperations::erase(store::UnitOfWork& unit, core::Instant cutoff,
                                                 int rows_max) {
  return audit::erase_operations_before(unit, {cutoff, cutoff - sign_ins_longer_}, rows_max);
}

core::Result<std::int64_t> PastAccesses::count(store::UnitOfWork& unit, core::Instant cutoff) {
  return vault::count_accesses_before(unit, cutoff);
}

core::Result<std::int64_t> PastAccesses::erase(store::UnitOfWork& unit, core::Instant cutoff,
                                               int rows_max) {
  return vault::erase_accesses_before(unit, cutoff, rows_max);
}

core::Result<std::int64_t> PastEntries::count(store::UnitOfWork& unit, core::Instant cutoff) {
  return audit::count_entries_before(unit, cutoff);
}

core::Result<std::int64_t> PastEntries::erase(store::UnitOfWork& unit, core::Instant cutoff,
                                              int rows_max) {
  TRY(const auto entries, audit::list_entries_before(unit, cutoff, rows_max));
  for (const auto& entry : entries) {
    TRY(const bool disputed, audit::forget_log_entry(unit, entry));
    if (!disputed) continue;
    TRY_VOID(vault_.delete_record(unit, entry.citizen_id, vault::Category::kRequests,
                                  dispute_answer_name(entry.entry_id)));
  }
  return static_cast<std::int64_t>(entries.size());
}

}  // namespace privacy
