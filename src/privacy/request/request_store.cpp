#include "privacy/request/request_store.h"

#include <algorithm>

namespace privacy::sql {
namespace {

constexpr store::Query kInsert{
    "subject_request.insert",
    "INSERT INTO subject_request (citizen_id, request_id, kind, state, revision, language, "
    "consent, received_at_utc, due_day,"
    " due_at_utc, due_estimated, basis, extended, officer_id, overdue_at_utc, closed_at_utc, "
    "is_open) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16,"
    " $17)"};
constexpr store::Query kUpdate{
    "subject_request.update",
    "UPDATE subject_request SET state = $4, revision = $5, due_day = $6, due_at_utc = $7,"
    " due_estimated = $8, extended = $9, officer_id = $10, closed_at_utc = $11, is_open = $12"
    " WHERE citizen_id = $1 AND request_id = $2 AND revision = $3"};
constexpr store::Query kNoteOverdue{
    "subject_request.note_overdue",
    "UPDATE subject_request SET overdue_at_utc = due_at_utc"
    " WHERE citizen_id = $1 AND request_id = $2 AND is_open = 1 AND overdue_at_utc IS NULL"
    " AND due_at_utc = $3"};
constexpr store::Query kAppendEvent{
    "subject_request_event.append",
    "INSERT INTO subject_request_event (citizen_id, request_id, event_number, at_utc, act, actor,"
    " state, due_day, reason, norm, text_id, text_sha256)"
    " VALUES ($1, $2, (SELECT COALESCE(MAX(event_number), 0) + 1 FROM subject_request_event"
    " WHERE citizen_id = $1 AND request_id = $2), $3, $4, $5, $6, $7, $8, $9, $10, $11)"};
constexpr store::Query kFind{
    "subject_request.find",
    "SELECT citizen_id, request_id, kind, state, revision, language, consent, received_at_utc, "
    "due_day,"
    " due_at_utc, due_estimated, basis, extended, officer_id, overdue_at_utc, closed_at_utc FROM "
    "subject_request WHERE citizen_id = $1 AND request_id = $2"};
constexpr store::Query kFindOwner{"subject_request.find_owner",
                                  "SELECT citizen_id FROM subject_request WHERE request_id = $1"};
constexpr store::Query kListOfCitizen{
    "subject_request.list_of_citizen",
    "SELECT citizen_id, request_id, kind, state, revision, language, consent, received_at_utc, "
    "due_day,"
    " due_at_utc, due_estimated, basis, extended, officer_id, overdue_at_utc, closed_at_utc FROM "
    "subject_request WHERE citizen_id = $1 ORDER BY request_id DESC LIMIT $2"};
constexpr store::Query kCountOpen{"subject_request.count_open",
                                  "SELECT CAST(COUNT(*) AS BIGINT) FROM subject_request"
                                  " WHERE citizen_id = $1 AND is_open = 1"};
constexpr store::Query kCountSince{"subject_request.count_since",
                                   "SELECT CAST(COUNT(*) AS BIGINT) FROM subject_request"
                                   " WHERE citizen_id = $1 AND received_at_utc > $2"};
constexpr store::Query kListEvents{
    "subject_request_event.list",
    "SELECT event_number, at_utc, act, actor, state, due_day, reason, norm, text_id, text_sha256"
    " FROM subject_request_event WHERE citizen_id = $1 AND request_id = $2 ORDER BY event_number"};
constexpr store::Query kListOpen{
    "subject_request.list_open",
    "SELECT citizen_id, request_id, kind, state, revision, language, consent, received_at_utc, "
    "due_day,"
    " due_at_utc, due_estimated, basis, extended, officer_id, overdue_at_utc, closed_at_utc FROM "
    "subject_request WHERE is_open = 1 AND (due_at_utc > $1"
    " OR (due_at_utc = $1 AND request_id > $2))"
    " ORDER BY due_at_utc, request_id LIMIT $3"};
constexpr store::Query kListClosed{
    "subject_request.list_closed",
    "SELECT citizen_id, request_id, kind, state, revision, language, consent, received_at_utc, "
    "due_day,"
    " due_at_utc, due_estimated, basis, extended, officer_id, overdue_at_utc, closed_at_utc FROM "
    "subject_request WHERE is_open = 0 AND (closed_at_utc < $1"
    " OR (closed_at_utc = $1 AND request_id < $2))"
    " ORDER BY closed_at_utc DESC, request_id DESC LIMIT $3"};
constexpr store::Query kListIds{
    "subject_request.list_ids",
    "SELECT request_id FROM subject_request WHERE request_id > $1 AND request_id < $2"
    " ORDER BY request_id LIMIT $3"};
constexpr store::Query kListLate{
    "subject_request.list_late",
    "SELECT citizen_id, request_id, kind, state, revision, language, consent, received_at_utc, "
    "due_day,"
    " due_at_utc, due_estimated, basis, extended, officer_id, overdue_at_utc, closed_at_utc FROM "
    "subject_request WHERE is_open = 1 AND due_at_utc <= $1"
    " AND overdue_at_utc IS NULL ORDER BY due_at_utc LIMIT $2"};

SubjectRequest read_request(const store::Row& row) {
  SubjectRequest request;
  request.citizen_id = row.id<core::CitizenId>(0);
  request.id = row.id<RequestId>(1);
  request.kind = find_request_kind(row.text(2)).value_or(RequestKind::kComplaint);
  request.state = find_request_state(row.text(3)).value_or(RequestState::kReceived);
  request.revision = row.int64(4);
  request.language = row.text(5);
  request.consent = row.text(6);
  request.received_at = row.instant(7);
  request.due_day = core::Date::parse(row.text(8)).value_or(core::Date{});
  request.due_at = row.instant(9);
  request.due_estimated = row.boolean(10);
  request.basis = row.text(11);
  request.extended = row.boolean(12);
  if (!row.is_null(13)) request.officer_id = row.id<core::CitizenId>(13);
  request.overdue_at = row.optional_instant(14);
  request.closed_at = row.optional_instant(15);
  return request;
}

RequestEvent read_event(const store::Row& row) {
  RequestEvent event;
  event.number = static_cast<int>(row.int64(0));
  event.at = row.instant(1);
  event.act = find_request_act(row.text(2)).value_or(RequestAct::kReceive);
  event.actor = row.text(3);
  event.state = find_request_state(row.text(4)).value_or(RequestState::kReceived);
  event.due_day = core::Date::parse(row.text(5)).value_or(core::Date{});
  event.reason = row.text(6);
  event.norm = row.text(7);
  if (!row.is_null(8)) event.text_id = row.id<RequestTextId>(8);
  event.text_sha256 = row.text(9);
  return event;
}

std::vector<SubjectRequest> read_all(const store::Rows& rows) {
  std::vector<SubjectRequest> requests;
  requests.reserve(rows.size());
  for (const auto& row : rows) requests.push_back(read_request(row));
  return requests;
}

constexpr core::UuidBytes filled(std::uint8_t byte) {
  core::UuidBytes bytes{};
  for (auto& one : bytes) one = byte;
  return bytes;
}

/// Below every id of that millisecond: a version 7 is never all zeros behind the moment.
RequestId first_of(core::Instant at) {
  core::UuidBytes bytes{};
  auto millis = static_cast<std::uint64_t>(std::max<std::int64_t>(at.micros() / 1000, 0));
  for (std::size_t i = 6; i-- > 0; millis >>= 8U) bytes[i] = static_cast<std::uint8_t>(millis);
  return RequestId(bytes);
}

}  // namespace

core::Status insert_request(store::UnitOfWork& unit, const SubjectRequest& request) {
  TRY_VOID(unit.run(
      kInsert, {request.citizen_id, request.id, name_of(request.kind), name_of(request.state),
                request.revision, request.language, request.consent, request.received_at,
                request.due_day.to_string(), request.due_at, request.due_estimated ? 1 : 0,
                request.basis, request.extended ? 1 : 0, request.officer_id, request.overdue_at,
                request.closed_at, is_open(request.state) ? 1 : 0}));
  return {};
}

core::Result<bool> update_request(store::UnitOfWork& unit, const SubjectRequest& request,
                                  std::int64_t revision) {
  TRY(const auto rows,
      unit.run(kUpdate, {request.citizen_id, request.id, revision, name_of(request.state),
                         request.revision, request.due_day.to_string(), request.due_at,
                         request.due_estimated ? 1 : 0, request.extended ? 1 : 0,
                         request.officer_id, request.closed_at, is_open(request.state) ? 1 : 0}));
  return rows.affected() == 1;
}

core::Result<bool> note_overdue(store::UnitOfWork& unit, const SubjectRequest& request) {
  TRY(const auto rows, unit.run(kNoteOverdue, {request.citizen_id, request.id, request.due_at}));
  return rows.affected() == 1;
}

core::Status append_event(store::UnitOfWork& unit, const SubjectRequest& request,
                          const RequestEvent& event) {
  TRY_VOID(unit.run(kAppendEvent, {request.citizen_id, request.id, event.at, name_of(event.act),
                                   event.actor, name_of(event.state), event.due_day.to_string(),
                                   event.reason, event.norm, event.text_id, event.text_sha256}));
  return {};
}

core::Result<std::optional<SubjectRequest>> find_request(store::UnitOfWork& unit,
                                                         const core::CitizenId& citizen_id,
                                                         const RequestId& id) {
  TRY(const auto rows, unit.run(kFind, {citizen_id, id}));
  if (rows.empty()) return std::optional<SubjectRequest>();
  return std::optional(read_request(rows.front()));
}

core::Result<std::optional<core::CitizenId>> find_owner(store::UnitOfWork& unit,
                                                        const RequestId& id) {
  TRY(const auto rows, unit.run(kFindOwner, {id}));
  if (rows.empty()) return std::optional<core::CitizenId>();
  return std::optional(rows.front().id<core::CitizenId>(0));
}

core::Result<std::vector<SubjectRequest>> list_of_citizen(store::UnitOfWork& unit,
                                                          const core::CitizenId& citizen_id) {
  TRY(const auto rows, unit.run(kListOfCitizen, {citizen_id, kListMax}));
  return read_all(rows);
}

core::Result<std::int64_t> count_open(store::UnitOfWork& unit, const core::CitizenId& citizen_id) {
  TRY(const auto rows, unit.run(kCountOpen, {citizen_id}));
  return rows.front().int64(0);
}

core::Result<std::int64_t> count_since(store::UnitOfWork& unit, const core::CitizenId& citizen_id,
                                       core::Instant since) {
  TRY(const auto rows, unit.run(kCountSince, {citizen_id, since}));
  return rows.front().int64(0);
}

core::Result<std::vector<RequestEvent>> list_events(store::UnitOfWork& unit,
                                                    const core::CitizenId& citizen_id,
                                                    const RequestId& id) {
  TRY(const auto rows, unit.run(kListEvents, {citizen_id, id}));
  std::vector<RequestEvent> events;
  for (const auto& row : rows) events.push_back(read_event(row));
  return events;
}

core::Result<std::vector<SubjectRequest>> list_desk(store::UnitOfWork& unit, bool open,
                                                    const std::optional<DeskCursor>& after,
                                                    int rows_max) {
  const DeskCursor begin =
      open ? DeskCursor{core::Instant::from_micros(0), RequestId(filled(0))}
           : DeskCursor{core::Instant::from_micros(INT64_MAX), RequestId(filled(0xFF))};
  const auto& from = after ? *after : begin;
  TRY(const auto rows, unit.run(open ? kListOpen : kListClosed, {from.at, from.id, rows_max}));
  return read_all(rows);
}

core::Result<std::vector<RequestId>> list_ids(store::UnitOfWork& unit, core::Instant begin,
                                              core::Instant end,
                                              const std::optional<RequestId>& after, int rows_max) {
  const auto from = after ? *after : first_of(begin);
  TRY(const auto rows, unit.run(kListIds, {from, first_of(end), rows_max}));
  std::vector<RequestId> ids;
  ids.reserve(rows.size());
  for (const auto& row : rows) ids.push_back(row.id<RequestId>(0));
  return ids;
}

core::Result<std::vector<SubjectRequest>> list_late(store::UnitOfWork& unit, core::Instant now,
                                                    int rows_max) {
  TRY(const auto rows, unit.run(kListLate, {now, rows_max}));
  return read_all(rows);
}

}  // namespace privacy::sql
