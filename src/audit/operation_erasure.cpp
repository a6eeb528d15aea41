#include "audit/operation_erasure.h"

namespace audit {
namespace {

constexpr store::Query kErase{"operation.erase", "DELETE FROM operation WHERE citizen_id = $1"};

}  // namespace

core::Result<std::int64_t> erase_operations(store::UnitOfWork& unit,
                                            const core::CitizenId& citizen_id) {
  TRY(const auto rows, unit.run(kErase, {citizen_id}));
  return rows.affected();
}

}  // namespace audit
