#include "privacy/processing/retention_steps.h"

#include "privacy/request/request_steps.h"
#include "privacy/request/request_store.h"

namespace privacy {
namespace {

constexpr store::Query kCountConsents{
    "consent.count_past_term",
    "SELECT CAST(COUNT(*) AS BIGINT) FROM consent WHERE withdrawn_at_utc < $1"
    " OR (withdrawn_at_utc IS NULL AND expires_at_utc < $1)"};
constexpr store::Query kEraseConsents{
    "consent.erase_past_term",
    "DELETE FROM consent WHERE (citizen_id, consent_id) IN"
    " (SELECT citizen_id, consent_id FROM consent WHERE withdrawn_at_utc < $1"
    " OR (withdrawn_at_utc IS NULL AND expires_at_utc < $1) LIMIT $2)"};
constexpr store::Query kCountAcceptances{
    "acceptance.count_past_term",
    "SELECT CAST(COUNT(*) AS BIGINT) FROM acceptance earlier WHERE EXISTS"
    " (SELECT 1 FROM acceptance later WHERE later.accepted_at_utc < $1"
    " AND later.edition_number > 1 AND later.citizen_id = earlier.citizen_id"
    " AND later.edition_kind = earlier.edition_kind"
    " AND later.edition_number > earlier.edition_number)"};
constexpr store::Query kEraseAcceptances{
    "acceptance.erase_past_term",
    "DELETE FROM acceptance WHERE (citizen_id, acceptance_id) IN"
    " (SELECT DISTINCT earlier.citizen_id, earlier.acceptance_id FROM acceptance later"
    " JOIN acceptance earlier ON earlier.citizen_id = later.citizen_id"
    " AND earlier.edition_kind = later.edition_kind"
    " AND earlier.edition_number < later.edition_number"
    " WHERE later.accepted_at_utc < $1 AND later.edition_number > 1 LIMIT $2)"};
constexpr store::Query kCountKept{
    "kept_consent.count_past_term",
    "SELECT CAST(COUNT(*) AS BIGINT) FROM kept_consent WHERE ended_at_utc < $1"};
constexpr store::Query kEraseKept{
    "kept_consent.erase_past_term",
    "DELETE FROM kept_consent WHERE (receipt_hash, kept_id) IN"
    " (SELECT receipt_hash, kept_id FROM kept_consent WHERE ended_at_utc < $1 LIMIT $2)"};
constexpr store::Query kCountRequests{"subject_request.count_past_term",
                                      "SELECT CAST(COUNT(*) AS BIGINT) FROM subject_request"
                                      " WHERE is_open = 0 AND closed_at_utc < $1"};
constexpr store::Query kListRequests{
    "subject_request.list_past_term",
    "SELECT citizen_id, request_id FROM subject_request"
    " WHERE is_open = 0 AND closed_at_utc < $1 ORDER BY closed_at_utc LIMIT $2"};
constexpr store::Query kEraseEvents{
    "subject_request_event.erase_past_term",
    "DELETE FROM subject_request_event WHERE citizen_id = $1 AND request_id = $2"};
constexpr store::Query kEraseRequest{
    "subject_request.erase_past_term",
    "DELETE FROM subject_request WHERE citizen_id = $1 AND request_id = $2 AND is_open = 0"};

core::Result<std::int64_t> counted(store::UnitOfWork& unit, const store::Query& query,
                                   core::Instant cutoff) {
  TRY(const auto rows, unit.run(query, {cutoff}));
  return rows.front().int64(0);
}

core::Result<std::int64_t> erased(store::UnitOfWork& unit, const store::Query& query,
                                  core::Instant cutoff, int rows_max) {
  TRY(const auto rows, unit.run(query, {cutoff, rows_max}));
  return rows.affected();
}

}  // namespace

core::Result<std::int64_t> WithdrawnConsents::count(store::UnitOfWork& unit, core::Instant cutoff) {
  return counted(unit, kCountConsents, cutoff);
}

core::Result<std::int64_t> WithdrawnConsents::erase(store::UnitOfWork& unit, core::Instant cutoff,
                                                    int rows_max) {
  return erased(unit, kEraseConsents, cutoff, rows_max);
}

core::Result<std::int64_t> FollowedAcceptances::count(store::UnitOfWork& unit,
                                                      core::Instant cutoff) {
  return counted(unit, kCountAcceptances, cutoff);
}

core::Result<std::int64_t> FollowedAcceptances::erase(store::UnitOfWork& unit, core::Instant cutoff,
                                                      int rows_max) {
  return erased(unit, kEraseAcceptances, cutoff, rows_max);
}

core::Result<std::int64_t> KeptConsents::count(store::UnitOfWork& unit, core::Instant cutoff) {
  return counted(unit, kCountKept, cutoff);
}

core::Result<std::int64_t> KeptConsents::erase(store::UnitOfWork& unit, core::Instant cutoff,
                                               int rows_max) {
  return erased(unit, kEraseKept, cutoff, rows_max);
}

core::Result<std::int64_t> ClosedRequests::count(store::UnitOfWork& unit, core::Instant cutoff) {
  return counted(unit, kCountRequests, cutoff);
}

core::Result<std::int64_t> ClosedRequests::erase(store::UnitOfWork& unit, core::Instant cutoff,
                                                 int rows_max) {
  TRY(const auto rows, unit.run(kListRequests, {cutoff, rows_max}));
  std::int64_t gone = 0;
  for (const auto& row : rows) {
    const auto citizen_id = row.id<core::CitizenId>(0);
    const auto request_id = row.id<RequestId>(1);
    TRY(const auto events, sql::list_events(unit, citizen_id, request_id));
    for (const auto& event : events) {
      if (!event.text_id) continue;
      TRY_VOID(vault_.delete_record(unit, citizen_id, vault::Category::kRequests,
                                    text_name(request_id, *event.text_id)));
    }
    TRY_VOID(unit.run(kEraseEvents, {citizen_id, request_id}));
    TRY(const auto erased_now, unit.run(kEraseRequest, {citizen_id, request_id}));
    gone += erased_now.affected();
  }
  return gone;
}

}  // namespace privacy
