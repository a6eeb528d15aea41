// Tiles of the log (C2SP tlog-tiles, height 8): their addresses, and what can be computed from
// them: subtree hashes, roots of every earlier size, inclusion and consistency proofs.
// Pure functions over a TileReader; as safe from threads as the reader is.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "audit/merkle.h"
#include "core/result.h"

namespace audit {

inline constexpr unsigned kTileHeight = 8;
inline constexpr std::size_t kTileWidth = std::size_t{1} << kTileHeight;
/// Levels 0..7 hold every tree of at most 2^62 leaves.
inline constexpr int kTileLevelMax = 7;
/// The level under which entry bundles stand in addresses: "entries".
inline constexpr int kEntriesLevel = -1;

/// Which tile: `width` hashes of it, kTileWidth = the full one.
struct TileId {
  int level = 0;
  std::uint64_t index = 0;
  std::size_t width = kTileWidth;

  friend auto operator<=>(const TileId&, const TileId&) = default;
};

/// "tile/0/x001/x234/067" or "tile/entries/000.p/17". Source: C2SP tlog-tiles, "Merkle Tree".
[[nodiscard]] std::string tile_path(const TileId& tile);
/// Reads exactly that form: one tile has one address.
/// Errors: kNotFound "tile.unknown".
[[nodiscard]] core::Result<TileId> parse_tile_path(std::string_view path);

/// How many hashes the last, partial tile of a level has in a tree of this size; 0 = none.
[[nodiscard]] std::size_t partial_width(int level, std::uint64_t size);
/// How many hashes a level has in all.
[[nodiscard]] std::uint64_t hashes_at(int level, std::uint64_t size);

/// Where hashes of tiles come from.
class TileReader {
 public:
  virtual ~TileReader() = default;
  /// At least the first `tile.width` hashes of the tile; valid until the next call.
  /// Errors: whatever the source says; kInternal "tile.missing" when it holds fewer.
  [[nodiscard]] virtual core::Result<std::span<const Hash>> read(const TileId& tile) = 0;
};

/// What a tree of `size` leaves states and proves, from its tiles. The size must be at most
/// kTreeSizeMax. Errors of all: those of the reader.
class TileTree {
 public:
  TileTree(TileReader& tiles, std::uint64_t size) : tiles_(tiles), size_(size) {}

  [[nodiscard]] core::Result<Hash> leaf(std::uint64_t index);
  [[nodiscard]] core::Result<Hash> root() { return root_at(size_); }
  /// Of an earlier size, at most this tree's.
  [[nodiscard]] core::Result<Hash> root_at(std::uint64_t size);
  /// Index must be below the size. Source: RFC 6962, section 2.1.1.
  [[nodiscard]] core::Result<Proof> prove_inclusion(std::uint64_t index);
  /// From an earlier size, which may be 0 or this tree's (then the proof is empty).
  /// Source: RFC 6962, section 2.1.2.
  [[nodiscard]] core::Result<Proof> prove_consistency(std::uint64_t from);

 private:
  [[nodiscard]] core::Result<Hash> range(std::uint64_t begin, std::uint64_t end);
  [[nodiscard]] core::Result<Hash> perfect(std::uint64_t begin, unsigned height);
  [[nodiscard]] std::size_t width_of(int level, std::uint64_t index) const;

  TileReader& tiles_;
  std::uint64_t size_;
};

}  // namespace audit
