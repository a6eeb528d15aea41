#include "vault/access_log.h"

namespace vault {
namespace {

constexpr store::Query kList{
    "access_record.list",
    "SELECT at_utc, actor, purpose, category FROM access_record WHERE citizen_id = $1"
    " ORDER BY access_id DESC LIMIT $2"};

}  // namespace

core::Result<std::vector<AccessRecord>> list_accesses(store::UnitOfWork& unit,
                                                      const core::CitizenId& citizen_id,
                                                      int rows_max) {
  TRY(const auto rows, unit.run(kList, {citizen_id, rows_max}));
  std::vector<AccessRecord> accesses;
  for (const auto& row : rows) {
    accesses.push_back({row.instant(0), std::string(row.text(1)), std::string(row.text(2)),
                        std::string(row.text(3))});
  }
  return accesses;
}

}  // namespace vault
