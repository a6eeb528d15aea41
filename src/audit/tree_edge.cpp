#include "audit/tree_edge.h"

namespace audit {

core::Result<TreeEdge> TreeEdge::open(TileReader& tiles, std::uint64_t size) {
  TreeEdge edge;
  edge.size_ = size;
  for (int level = 0; level <= kTileLevelMax && hashes_at(level, size) > 0; ++level) {
    std::vector<Hash> hashes;
    if (const auto width = partial_width(level, size); width > 0) {
      TRY(const auto read, tiles.read({level, hashes_at(level, size) / kTileWidth, width}));
      if (read.size() < width) {
        return core::fail(core::ErrorCode::kInternal, "tile.missing",
                          tile_path({level, hashes_at(level, size) / kTileWidth, width}));
      }
      hashes.assign(read.begin(), read.begin() + static_cast<std::ptrdiff_t>(width));
    }
    edge.levels_.push_back(std::move(hashes));
  }
  edge.touched_.resize(edge.levels_.size());
  return edge;
}

void TreeEdge::append(const Hash& leaf) {
  ++size_;
  push(0, leaf);
}

void TreeEdge::push(std::size_t level, const Hash& hash) {
  if (level == levels_.size()) {
    levels_.emplace_back();
    touched_.push_back(false);
  }
  levels_[level].push_back(hash);
  touched_[level] = true;
  if (levels_[level].size() < kTileWidth) return;
  const int at = static_cast<int>(level);
  auto full = std::move(levels_[level]);
  levels_[level].clear();
  touched_[level] = false;
  const auto above = perfect_root(full);
  finished_[{at, hashes_at(at, size_) / kTileWidth - 1}] = std::move(full);
  push(level + 1, above);
}

Hash TreeEdge::root() const {
  if (size_ == 0) return empty_root();
  // From the smallest perfect subtree up: the bits of each level's width name those of that level.
  std::vector<Hash> parts;  // the smallest last
  for (std::size_t level = levels_.size(); level-- > 0;) {
    const std::span<const Hash> hashes = levels_[level];
    std::size_t at = 0;
    for (std::size_t bit = kTileWidth / 2; bit > 0; bit /= 2) {
      if ((hashes.size() & bit) == 0) continue;
      parts.push_back(perfect_root(hashes.subspan(at, bit)));
      at += bit;
    }
  }
  Hash root = parts.back();
  for (std::size_t i = parts.size() - 1; i-- > 0;) root = node_hash(parts[i], root);
  return root;
}

std::vector<TreeEdge::Changed> TreeEdge::take_changes() {
  std::vector<Changed> changes;
  for (auto& [id, hashes] : finished_) changes.push_back({id.first, id.second, std::move(hashes)});
  finished_.clear();
  for (std::size_t level = 0; level < levels_.size(); ++level) {
    if (!touched_[level]) continue;
    const int at = static_cast<int>(level);
    changes.push_back({at, hashes_at(at, size_) / kTileWidth, levels_[level]});
    touched_[level] = false;
  }
  return changes;
}

}  // namespace audit
