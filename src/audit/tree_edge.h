// The growing side of the log: the last, partial tile of every level, to which leaves are appended.
// What has changed is handed out as tiles to be written. Value type, of one thread.
#pragma once

#include <map>
#include <vector>

#include "audit/tile.h"

namespace audit {

class TreeEdge {
 public:
  /// The empty tree.
  TreeEdge() = default;
  /// A tree of `size` leaves, from the last tile of each level.
  /// Errors: those of the reader.
  [[nodiscard]] static core::Result<TreeEdge> open(TileReader& tiles, std::uint64_t size);

  void append(const Hash& leaf);
  [[nodiscard]] std::uint64_t size() const { return size_; }
  [[nodiscard]] Hash root() const;

  /// A tile as it has become.
  struct Changed {
    int level = 0;
    std::uint64_t index = 0;
    std::vector<Hash> hashes;
  };
  /// Every tile changed since the last call.
  [[nodiscard]] std::vector<Changed> take_changes();

 private:
  void push(std::size_t level, const Hash& hash);

  std::uint64_t size_ = 0;
  std::vector<std::vector<Hash>> levels_;  ///< the partial tile of each level; may be empty
  std::map<std::pair<int, std::uint64_t>, std::vector<Hash>> finished_;
  std::vector<bool> touched_;
};

}  // namespace audit
