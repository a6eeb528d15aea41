#include "vault/block.h"

#include <algorithm>

#include "audit/operation_log.h"

namespace vault {
namespace {

constexpr store::Query kInsertBlock{
    "data_block.insert",
    "INSERT INTO data_block (citizen_id, category, reason, actor, request_id, blocked_at_utc)"
    " VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (citizen_id, category) DO NOTHING"};
constexpr store::Query kDeleteBlock{
    "data_block.delete", "DELETE FROM data_block WHERE citizen_id = $1 AND category = $2"};
constexpr store::Query kListBlocks{
    "data_block.list",
    "SELECT category, reason, actor, request_id, blocked_at_utc FROM data_block"
    " WHERE citizen_id = $1 ORDER BY category"};
constexpr store::Query kFindBlock{
    "data_block.find", "SELECT reason FROM data_block WHERE citizen_id = $1 AND category = $2"};

std::optional<core::ByteView> bytes_or_null(const core::Bytes& bytes) {
  if (bytes.empty()) return std::nullopt;
  return core::ByteView(bytes);
}

}  // namespace

std::string_view name_of(BlockReason reason) {
  switch (reason) {
    case BlockReason::kAsked:
      return "asked";
    case BlockReason::kStopDemanded:
      return "stop_demanded";
    case BlockReason::kChecked:
      return "checked";
  }
  return "asked";
}

core::Status block(store::UnitOfWork& unit, const NewBlock& wanted, core::Instant now,
                   core::Rng& rng) {
  if (std::find(kBlockable.begin(), kBlockable.end(), wanted.category) == kBlockable.end()) {
    return core::fail(core::ErrorCode::kInvalidInput, "vault.not_blockable");
  }
  const auto category = name_of(wanted.category);
  TRY(const auto rows,
      unit.run(kInsertBlock, {wanted.citizen_id, category, name_of(wanted.reason), wanted.actor,
                              bytes_or_null(wanted.request_id), now}));
  if (rows.affected() == 0) return {};
  return audit::record_operation(unit, {wanted.citizen_id, "account.data_blocked", category}, now,
                                 rng);
}

core::Result<bool> unblock(store::UnitOfWork& unit, const core::CitizenId& citizen_id,
                           std::string_view category, core::Instant now, core::Rng& rng) {
  TRY(const auto rows, unit.run(kDeleteBlock, {citizen_id, category}));
  if (rows.affected() == 0) return false;
  TRY_VOID(
      audit::record_operation(unit, {citizen_id, "account.data_unblocked", category}, now, rng));
  return true;
}

core::Result<std::vector<Block>> list_blocks(store::UnitOfWork& unit,
                                             const core::CitizenId& citizen_id) {
  TRY(const auto rows, unit.run(kListBlocks, {citizen_id}));
  std::vector<Block> blocks;
  for (const auto& row : rows) {
    blocks.push_back({.category = std::string(row.text(0)),
                      .reason = std::string(row.text(1)),
                      .actor = std::string(row.text(2)),
                      .request_id = row.is_null(3) ? core::Bytes() : core::to_bytes(row.blob(3)),
                      .at = row.instant(4)});
  }
  return blocks;
}

core::Result<bool> is_blocked(store::UnitOfWork& unit, const core::CitizenId& citizen_id,
                              Category category) {
  TRY(const auto rows, unit.run(kFindBlock, {citizen_id, name_of(category)}));
  return !rows.empty();
}

}  // namespace vault
