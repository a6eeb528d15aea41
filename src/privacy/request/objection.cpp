#include "privacy/request/objection.h"

#include "privacy/request/types.h"

namespace privacy::sql {
namespace {

constexpr store::Query kFindObjection{
    "subject_request.find_objection",
    "SELECT kind FROM subject_request WHERE citizen_id = $1 AND is_open = 1"
    " AND kind IN ($2, $3, $4, $5) LIMIT 1"};

}  // namespace

core::Result<bool> has_open_objection(store::UnitOfWork& unit, const core::CitizenId& citizen_id) {
  TRY(const auto rows,
      unit.run(kFindObjection,
               {citizen_id, name_of(RequestKind::kStop), name_of(RequestKind::kBlocking),
                name_of(RequestKind::kErasure), name_of(RequestKind::kContest)}));
  return !rows.empty();
}

}  // namespace privacy::sql
