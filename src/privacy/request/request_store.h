// Tables of people's requests and of their transitions. Functions over an open unit of work; errors
// are those of store::UnitOfWork::run.
#pragma once

#include <optional>
#include <vector>

#include "privacy/request/types.h"
#include "store/unit_of_work.h"

namespace privacy::sql {

/// Where a page of the desk begins: after this one.
struct DeskCursor {
  core::Instant at;  ///< when it is due, or was closed
  RequestId id;
};

[[nodiscard]] core::Status insert_request(store::UnitOfWork& unit, const SubjectRequest& request);
/// Writes what may change; false when the stored revision is not `revision` any more.
[[nodiscard]] core::Result<bool> update_request(store::UnitOfWork& unit,
                                                const SubjectRequest& request,
                                                std::int64_t revision);
/// Once: false when it is noted already, or no longer open.
[[nodiscard]] core::Result<bool> note_overdue(store::UnitOfWork& unit,
                                              const SubjectRequest& request);
/// Gives the event the next number of its request.
[[nodiscard]] core::Status append_event(store::UnitOfWork& unit, const SubjectRequest& request,
                                        const RequestEvent& event);

[[nodiscard]] core::Result<std::optional<SubjectRequest>> find_request(
    store::UnitOfWork& unit, const core::CitizenId& citizen_id, const RequestId& id);
/// Whose it is; for the desk.
[[nodiscard]] core::Result<std::optional<core::CitizenId>> find_owner(store::UnitOfWork& unit,
                                                                      const RequestId& id);
/// Newest first; at most kListMax.
[[nodiscard]] core::Result<std::vector<SubjectRequest>> list_of_citizen(
    store::UnitOfWork& unit, const core::CitizenId& citizen_id);
inline constexpr int kListMax = 200;
[[nodiscard]] core::Result<std::int64_t> count_open(store::UnitOfWork& unit,
                                                    const core::CitizenId& citizen_id);
[[nodiscard]] core::Result<std::int64_t> count_since(store::UnitOfWork& unit,
                                                     const core::CitizenId& citizen_id,
                                                     core::Instant since);
[[nodiscard]] core::Result<std::vector<RequestEvent>> list_events(store::UnitOfWork& unit,
                                                                  const core::CitizenId& citizen_id,
                                                                  const RequestId& id);
/// Open: due first. Closed: closed last first.
[[nodiscard]] core::Result<std::vector<SubjectRequest>> list_desk(
    store::UnitOfWork& unit, bool open, const std::optional<DeskCursor>& after, int rows_max);
/// Ids of requests that were made in [begin, end), after `after`, in their order.
[[nodiscard]] core::Result<std::vector<RequestId>> list_ids(store::UnitOfWork& unit,
                                                            core::Instant begin, core::Instant end,
                                                            const std::optional<RequestId>& after,
                                                            int rows_max);
/// Open, late and not noted yet.
[[nodiscard]] core::Result<std::vector<SubjectRequest>> list_late(store::UnitOfWork& unit,
                                                                  core::Instant now, int rows_max);

}  // namespace privacy::sql
