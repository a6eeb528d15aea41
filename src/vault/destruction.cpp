#include "vault/destruction.h"

#include "store/scrub.h"

namespace vault {
namespace {

constexpr store::Query kDestroyKeys{"data_key.destroy",
                                    "DELETE FROM data_key WHERE citizen_id = $1"};
constexpr store::Query kDestroyRecords{"personal_record.destroy",
                                       "DELETE FROM personal_record WHERE citizen_id = $1"};
constexpr store::Query kDestroyBlocks{"data_block.destroy",
                                      "DELETE FROM data_block WHERE citizen_id = $1"};
constexpr store::Query kDestroyAccesses{"access_record.destroy",
                                        "DELETE FROM access_record WHERE citizen_id = $1"};

}  // namespace

core::Result<std::int64_t> destroy_keys(store::Database& keys, const core::CitizenId& citizen_id) {
  TRY(const auto rows,
      keys.write([&](store::UnitOfWork& unit) { return unit.run(kDestroyKeys, {citizen_id}); }));
  static_cast<void>(store::scrub(keys));
  return rows.affected();
}

core::Result<DestroyedRecords> destroy_records(store::UnitOfWork& unit,
                                               const core::CitizenId& citizen_id) {
  TRY(const auto records, unit.run(kDestroyRecords, {citizen_id}));
  TRY(const auto accesses, unit.run(kDestroyAccesses, {citizen_id}));
  TRY(const auto blocks, unit.run(kDestroyBlocks, {citizen_id}));
  return DestroyedRecords{records.affected(), accesses.affected(), blocks.affected()};
}

}  // namespace vault
