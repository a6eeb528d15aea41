// The log's tables: state, tiles, checkpoints and cosignatures. Functions over an open unit of
// work; errors are those of store::UnitOfWork::run unless said. Only the sequencer writes the tree.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "audit/log_record.h"
#include "audit/tree_edge.h"
#include "store/database.h"

namespace audit::sql {

/// What waits for its place.
struct Waiting {
  EntryId id;
  Hash commitment{};
};
/// The oldest, whose ids are at most `upto`.
[[nodiscard]] core::Result<std::vector<Waiting>> list_waiting(store::UnitOfWork& unit,
                                                              const EntryId& upto, int rows_max);
[[nodiscard]] core::Result<std::int64_t> count_waiting(store::UnitOfWork& unit);
[[nodiscard]] core::Result<bool> is_waiting(store::UnitOfWork& unit);

/// Makes the one row of the empty tree if it is not there.
[[nodiscard]] core::Status make_state(store::UnitOfWork& unit);
/// Errors: kInternal "log.state_damaged".
[[nodiscard]] core::Result<TreeHead> get_state(store::UnitOfWork& unit);
/// Takes or keeps the lease. @return whether it is ours now.
[[nodiscard]] core::Result<bool> take_lease(store::UnitOfWork& unit, core::ByteView owner,
                                            core::Instant now, core::Instant until);
/// Moves the state on, if the tree still has the size it had and the lease is ours.
/// @return whether it did.
[[nodiscard]] core::Result<bool> advance(store::UnitOfWork& unit, core::ByteView owner,
                                         std::uint64_t from, const TreeHead& to);
/// Gives the entries from..to of the queue the indices from `first` on, and takes them from the
/// queue. @return how many; when it is not the expected number, another came in between, and the
/// caller has to give up the unit.
[[nodiscard]] core::Result<std::int64_t> place_entries(store::UnitOfWork& unit, const EntryId& from,
                                                       const EntryId& to, std::uint64_t first);
[[nodiscard]] core::Status put_tile(store::UnitOfWork& unit, int level, std::uint64_t index,
                                    core::ByteView hashes);
/// Empty when there is none.
[[nodiscard]] core::Result<core::Bytes> find_tile(store::UnitOfWork& unit, int level,
                                                  std::uint64_t index);

struct StoredCheckpoint {
  TreeHead head;
  std::string note;
};
/// Does nothing when the size has one already.
[[nodiscard]] core::Status put_checkpoint(store::UnitOfWork& unit, const StoredCheckpoint& made,
                                          core::Instant now);
[[nodiscard]] core::Result<std::optional<StoredCheckpoint>> newest_checkpoint(
    store::UnitOfWork& unit);
[[nodiscard]] core::Result<std::optional<StoredCheckpoint>> newest_cosigned(
    store::UnitOfWork& unit);
[[nodiscard]] core::Result<std::optional<StoredCheckpoint>> find_checkpoint(store::UnitOfWork& unit,
                                                                            std::uint64_t size);
[[nodiscard]] core::Status put_cosignature(store::UnitOfWork& unit, std::uint64_t size,
                                           std::string_view vkey, std::string_view line,
                                           core::Instant now);
/// The lines, by key.
[[nodiscard]] core::Result<std::vector<std::string>> list_cosignatures(store::UnitOfWork& unit,
                                                                       std::uint64_t size);
/// Removes old checkpoints that nobody cosigned, all but the newest `kept` sizes.
[[nodiscard]] core::Status trim_checkpoints(store::UnitOfWork& unit, std::uint64_t below);

/// Removes all checkpoints and their cosignatures.
[[nodiscard]] core::Status forget_checkpoints(store::UnitOfWork& unit);

/// The tiles of the log inside an open unit; each is read once.
class StoredTiles final : public TileReader {
 public:
  explicit StoredTiles(store::UnitOfWork& unit) : unit_(unit) {}
  [[nodiscard]] core::Result<std::span<const Hash>> read(const TileId& tile) override;

 private:
  store::UnitOfWork& unit_;
  std::map<std::pair<int, std::uint64_t>, std::vector<Hash>> seen_;
};

/// Hashes side by side.
[[nodiscard]] core::Bytes join_hashes(std::span<const Hash> hashes);

}  // namespace audit::sql
