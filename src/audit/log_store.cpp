#include "audit/log_store.h"

#include <algorithm>
#include <cstring>

namespace audit::sql {
namespace {

constexpr store::Query kListWaiting{"log_queue.list",
                                    "SELECT entry_id, commitment FROM log_queue"
                                    " WHERE entry_id <= $1 ORDER BY entry_id LIMIT $2"};
constexpr store::Query kCountWaiting{"log_queue.count",
                                     "SELECT CAST(count(*) AS BIGINT) FROM log_queue"};
constexpr store::Query kIsWaiting{"log_queue.is_waiting", "SELECT entry_id FROM log_queue LIMIT 1"};
constexpr store::Query kMakeState{"log_state.make",
                                  "INSERT INTO log_state (log_id, tree_size, root)"
                                  " VALUES (1, 0, $1) ON CONFLICT (log_id) DO NOTHING"};
constexpr store::Query kGetState{"log_state.get",
                                 "SELECT tree_size, root FROM log_state WHERE log_id = 1"};
constexpr store::Query kTakeLease{
    "log_state.take_lease",
    "UPDATE log_state SET lease_owner = $1, lease_until_utc = $3 WHERE log_id = 1"
    " AND (lease_owner IS NULL OR lease_owner = $1 OR lease_until_utc < $2)"};
constexpr store::Query kAdvance{"log_state.advance",
                                "UPDATE log_state SET tree_size = $3, root = $4"
                                " WHERE log_id = 1 AND lease_owner = $1 AND tree_size = $2"};
constexpr store::Query kPlace{
    "log_leaf.place",
    "INSERT INTO log_leaf (entry_id, leaf_index)"
    " SELECT entry_id, $3 - 1 + ROW_NUMBER() OVER (ORDER BY entry_id) FROM log_queue"
    " WHERE entry_id >= $1 AND entry_id <= $2"};
constexpr store::Query kUnqueue{"log_queue.remove",
                                "DELETE FROM log_queue WHERE entry_id >= $1 AND entry_id <= $2"};
constexpr store::Query kPutTile{
    "log_tile.put",
    "INSERT INTO log_tile (level, tile_index, hashes) VALUES ($1, $2, $3)"
    " ON CONFLICT (level, tile_index) DO UPDATE SET hashes = excluded.hashes"};
constexpr store::Query kFindTile{
    "log_tile.find", "SELECT hashes FROM log_tile WHERE level = $1 AND tile_index = $2"};
constexpr store::Query kPutCheckpoint{
    "log_checkpoint.put",
    "INSERT INTO log_checkpoint (tree_size, root, note, signed_at_utc) VALUES ($1, $2, $3, $4)"
    " ON CONFLICT (tree_size) DO NOTHING"};
constexpr store::Query kNewestCheckpoint{
    "log_checkpoint.newest",
    "SELECT tree_size, root, note FROM log_checkpoint ORDER BY tree_size DESC LIMIT 1"};
constexpr store::Query kNewestCosigned{
    "log_checkpoint.newest_cosigned",
    "SELECT c.tree_size, c.root, c.note FROM log_checkpoint c"
    " JOIN log_cosignature s ON s.tree_size = c.tree_size ORDER BY c.tree_size DESC LIMIT 1"};
constexpr store::Query kFindCheckpoint{
    "log_checkpoint.find", "SELECT tree_size, root, note FROM log_checkpoint WHERE tree_size = $1"};
constexpr store::Query kPutCosignature{
    "log_cosignature.put",
    "INSERT INTO log_cosignature (tree_size, vkey, line, received_at_utc) VALUES ($1, $2, $3, $4)"
    " ON CONFLICT (tree_size, vkey) DO NOTHING"};
constexpr store::Query kListCosignatures{
    "log_cosignature.list", "SELECT line FROM log_cosignature WHERE tree_size = $1 ORDER BY vkey"};
constexpr store::Query kTrimCheckpoints{
    "log_checkpoint.trim",
    "DELETE FROM log_checkpoint WHERE tree_size < $1 AND tree_size NOT IN"
    " (SELECT tree_size FROM log_cosignature)"};
constexpr store::Query kForgetCheckpoints{"log_checkpoint.forget", "DELETE FROM log_checkpoint"};
constexpr store::Query kForgetCosignatures{"log_cosignature.forget", "DELETE FROM log_cosignature"};

std::int64_t number(std::uint64_t value) { return static_cast<std::int64_t>(value); }

core::Result<TreeHead> head_from(const store::Row& row) {
  TreeHead head{.size = static_cast<std::uint64_t>(row.int64(0)), .root = {}};
  const auto root = row.blob(1);
  if (row.int64(0) < 0 || root.size() != head.root.size()) {
    return core::fail(core::ErrorCode::kInternal, "log.state_damaged");
  }
  std::copy(root.begin(), root.end(), head.root.begin());
  return head;
}

core::Result<std::optional<StoredCheckpoint>> one_checkpoint(
    const core::Result<store::Rows>& rows) {
  if (!rows) return core::fail(rows.error());
  if (rows->empty()) return std::optional<StoredCheckpoint>();
  TRY(const auto head, head_from(rows->front()));
  return std::optional(StoredCheckpoint{head, std::string(rows->front().text(2))});
}

}  // namespace

core::Result<std::vector<Waiting>> list_waiting(store::UnitOfWork& unit, const EntryId& upto,
                                                int rows_max) {
  TRY(const auto rows, unit.run(kListWaiting, {upto, rows_max}));
  std::vector<Waiting> waiting;
  waiting.reserve(rows.size());
  for (const auto& row : rows) {
    Waiting one{.id = row.id<EntryId>(0), .commitment = {}};
    const auto commitment = row.blob(1);
    if (commitment.size() != one.commitment.size()) {
      return core::fail(core::ErrorCode::kInternal, "log.entry_damaged");
    }
    std::copy(commitment.begin(), commitment.end(), one.commitment.begin());
    waiting.push_back(one);
  }
  return waiting;
}

core::Result<std::int64_t> count_waiting(store::UnitOfWork& unit) {
  TRY(const auto rows, unit.run(kCountWaiting));
  return rows.front().int64(0);
}

core::Result<bool> is_waiting(store::UnitOfWork& unit) {
  TRY(const auto rows, unit.run(kIsWaiting));
  return !rows.empty();
}

core::Status make_state(store::UnitOfWork& unit) {
  TRY_VOID(unit.run(kMakeState, {empty_root()}));
  return {};
}

core::Result<TreeHead> get_state(store::UnitOfWork& unit) {
  TRY(const auto rows, unit.run(kGetState));
  if (rows.empty()) return TreeHead{0, empty_root()};
  return head_from(rows.front());
}

core::Result<bool> take_lease(store::UnitOfWork& unit, core::ByteView owner, core::Instant now,
                              core::Instant until) {
  TRY(const auto rows, unit.run(kTakeLease, {owner, now, until}));
  return rows.affected() == 1;
}

core::Result<bool> advance(store::UnitOfWork& unit, core::ByteView owner, std::uint64_t from,
                           const TreeHead& to) {
  TRY(const auto rows, unit.run(kAdvance, {owner, number(from), number(to.size), to.root}));
  return rows.affected() == 1;
}

core::Result<std::int64_t> place_entries(store::UnitOfWork& unit, const EntryId& from,
                                         const EntryId& to, std::uint64_t first) {
  TRY(const auto placed, unit.run(kPlace, {from, to, number(first)}));
  TRY(const auto removed, unit.run(kUnqueue, {from, to}));
  return std::max(placed.affected(), removed.affected());
}

core::Status put_tile(store::UnitOfWork& unit, int level, std::uint64_t index,
                      core::ByteView hashes) {
  TRY_VOID(unit.run(kPutTile, {level, number(index), hashes}));
  return {};
}

core::Result<core::Bytes> find_tile(store::UnitOfWork& unit, int level, std::uint64_t index) {
  TRY(const auto rows, unit.run(kFindTile, {level, number(index)}));
  return rows.empty() ? core::Bytes() : core::to_bytes(rows.front().blob(0));
}

core::Status put_checkpoint(store::UnitOfWork& unit, const StoredCheckpoint& made,
                            core::Instant now) {
  TRY_VOID(unit.run(kPutCheckpoint, {number(made.head.size), made.head.root, made.note, now}));
  return {};
}

core::Result<std::optional<StoredCheckpoint>> newest_checkpoint(store::UnitOfWork& unit) {
  return one_checkpoint(unit.run(kNewestCheckpoint));
}

core::Result<std::optional<StoredCheckpoint>> newest_cosigned(store::UnitOfWork& unit) {
  return one_checkpoint(unit.run(kNewestCosigned));
}

core::Result<std::optional<StoredCheckpoint>> find_checkpoint(store::UnitOfWork& unit,
                                                              std::uint64_t size) {
  return one_checkpoint(unit.run(kFindCheckpoint, {number(size)}));
}

core::Status put_cosignature(store::UnitOfWork& unit, std::uint64_t size, std::string_view vkey,
                             std::string_view line, core::Instant now) {
  TRY_VOID(unit.run(kPutCosignature, {number(size), vkey, line, now}));
  return {};
}

core::Result<std::vector<std::string>> list_cosignatures(store::UnitOfWork& unit,
                                                         std::uint64_t size) {
  TRY(const auto rows, unit.run(kListCosignatures, {number(size)}));
  std::vector<std::string> lines;
  for (const auto& row : rows) lines.emplace_back(row.text(0));
  return lines;
}

core::Status trim_checkpoints(store::UnitOfWork& unit, std::uint64_t below) {
  TRY_VOID(unit.run(kTrimCheckpoints, {number(below)}));
  return {};
}

core::Status forget_checkpoints(store::UnitOfWork& unit) {
  TRY_VOID(unit.run(kForgetCosignatures));
  TRY_VOID(unit.run(kForgetCheckpoints));
  return {};
}

core::Result<std::span<const Hash>> StoredTiles::read(const TileId& tile) {
  auto& hashes = seen_[{tile.level, tile.index}];
  if (hashes.empty()) {
    TRY(const auto bytes, find_tile(unit_, tile.level, tile.index));
    hashes.resize(bytes.size() / sizeof(Hash));
    std::memcpy(hashes.data(), bytes.data(), hashes.size() * sizeof(Hash));
  }
  if (hashes.size() < tile.width) {
    return core::fail(core::ErrorCode::kInternal, "tile.missing", tile_path(tile));
  }
  return std::span<const Hash>(hashes);
}

core::Bytes join_hashes(std::span<const Hash> hashes) {
  core::Bytes bytes;
  bytes.reserve(hashes.size() * sizeof(Hash));
  for (const auto& hash : hashes) bytes.insert(bytes.end(), hash.begin(), hash.end());
  return bytes;
}

}  // namespace audit::sql
