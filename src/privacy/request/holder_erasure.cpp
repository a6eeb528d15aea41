#include "privacy/request/holder_erasure.h"

namespace privacy {
namespace {

constexpr store::Query kEraseEvents{"subject_request_event.erase",
                                    "DELETE FROM subject_request_event WHERE citizen_id = $1"};
constexpr store::Query kEraseRequests{"subject_request.erase",
                                      "DELETE FROM subject_request WHERE citizen_id = $1"};

}  // namespace

core::Result<ErasedRequests> erase_requests(store::UnitOfWork& unit,
                                            const core::CitizenId& citizen_id) {
  TRY(const auto events, unit.run(kEraseEvents, {citizen_id}));
  TRY(const auto requests, unit.run(kEraseRequests, {citizen_id}));
  return ErasedRequests{.requests = requests.affected(), .events = events.affected()};
}

}  // namespace privacy
