#include "vault/erasure.h"

#include "store/scrub.h"

namespace vault {
namespace {

constexpr store::Query kDeleteKeys{"data_key.delete_all",
                                   "DELETE FROM data_key WHERE citizen_id = $1"};
constexpr store::Query kDeleteRecords{"personal_record.delete_all",
                                      "DELETE FROM personal_record WHERE citizen_id = $1"};
constexpr store::Query kDeleteBlocks{"data_block.delete_all",
                                     "DELETE FROM data_block WHERE citizen_id = $1"};
constexpr store::Query kDeleteAccesses{"access_record.delete_all",
                                       "DELETE FROM access_record WHERE citizen_id = $1"};

}  // namespace

core::Result<std::int64_t> erase_keys(store::Database& keys, const core::CitizenId& citizen_id) {
  TRY(const auto rows,
      keys.write([&](store::UnitOfWork& unit) { return unit.run(kDeleteKeys, {citizen_id}); }));
  static_cast<void>(store::scrub(keys));
  return rows.affected();
}

core::Result<ErasedRecords> erase_records(store::UnitOfWork& unit,
                                          const core::CitizenId& citizen_id) {
  TRY(const auto records, unit.run(kDeleteRecords, {citizen_id}));
  TRY(const auto accesses, unit.run(kDeleteAccesses, {citizen_id}));
  TRY(const auto blocks, unit.run(kDeleteBlocks, {citizen_id}));
  return ErasedRecords{records.affected(), accesses.affected(), blocks.affected()};
}

}  // namespace vault
