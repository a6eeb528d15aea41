#include "audit/operation_log.h"

#include "audit/log_entry.h"

namespace audit {
namespace {

constexpr store::Query kInsert{
    "operation.insert",
    "INSERT INTO operation (citizen_id, operation_id, at_utc, kind, subject)"
    " VALUES ($1, $2, $3, $4, $5)"};
constexpr store::Query kListNewest{"operation.list_newest",
                                   "SELECT operation_id, at_utc, kind, subject FROM operation"
                                   " WHERE citizen_id = $1 ORDER BY operation_id DESC LIMIT $2"};
constexpr store::Query kListBefore{
    "operation.list_before",
    "SELECT operation_id, at_utc, kind, subject FROM operation"
    " WHERE citizen_id = $1 AND operation_id < $2 ORDER BY operation_id DESC LIMIT $3"};

}  // namespace

core::Status record_operation(store::UnitOfWork& unit, const NewOperation& operation,
                              core::Instant now, core::Rng& rng) {
  const auto id = OperationId::make(now, rng);
  TRY_VOID(unit.run(kInsert, {operation.citizen_id, id, now, operation.kind, operation.subject}));
  if (!is_logged(operation.kind)) return {};
  TRY(const auto entry_id, EntryId::from_bytes(id.bytes()));
  return record_log_entry(unit,
                          {.citizen_id = operation.citizen_id,
                           .id = entry_id,
                           .kind = operation.kind,
                           .actor = operation.actor,
                           .subject = operation.subject},
                          now, rng);
}

core::Result<std::vector<Operation>> list_operations(store::UnitOfWork& unit,
                                                     const core::CitizenId& citizen_id,
                                                     const std::optional<OperationId>& before,
                                                     int rows_max) {
  auto rows = before ? unit.run(kListBefore, {citizen_id, *before, rows_max})
                     : unit.run(kListNewest, {citizen_id, rows_max});
  if (!rows) return core::fail(std::move(rows).error());
  std::vector<Operation> operations;
  operations.reserve(rows->size());
  for (const auto& row : *rows) {
    operations.push_back({row.id<OperationId>(0), row.instant(1), std::string(row.text(2)),
                          std::string(row.text(3))});
  }
  return operations;
}

}  // namespace audit
