// The tiles of a log in memory, grown leaf by leaf through audit::TreeEdge. For tests only; of one
// thread.
#pragma once

#include <map>
#include <utility>
#include <vector>

#include "audit/tree_edge.h"

namespace world {

class MemoryTiles final : public audit::TileReader {
 public:
  void append(const audit::Hash& leaf) {
    edge_.append(leaf);
    for (auto& change : edge_.take_changes()) {
      tiles_[{change.level, change.index}] = std::move(change.hashes);
    }
  }
  [[nodiscard]] core::Result<std::span<const audit::Hash>> read(
      const audit::TileId& tile) override {
    const auto found = tiles_.find({tile.level, tile.index});
    if (found == tiles_.end() || found->second.size() < tile.width) {
      return core::fail(core::ErrorCode::kInternal, "tile.missing", audit::tile_path(tile));
    }
    return std::span<const audit::Hash>(found->second);
  }
  [[nodiscard]] const audit::TreeEdge& edge() const { return edge_; }

 private:
  audit::TreeEdge edge_;
  std::map<std::pair<int, std::uint64_t>, std::vector<audit::Hash>> tiles_;
};

}  // namespace world
