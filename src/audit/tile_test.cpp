#include "audit/tile.h"

#include <gtest/gtest.h>

#include "audit/testing/memory_tiles.h"

namespace audit {
namespace {

TEST(TilePath, IsThatOfTheSpecification) {
  EXPECT_EQ(tile_path({0, 1234067, kTileWidth}), "tile/0/x001/x234/067");
  EXPECT_EQ(tile_path({2, 0, 1}), "tile/2/000.p/1");
  EXPECT_EQ(tile_path({kEntriesLevel, 273, 112}), "tile/entries/273.p/112");
}

TEST(TilePath, IsReadBackAsTheSameTile) {
  for (const std::uint64_t index : {0ULL, 1ULL, 999ULL, 1000ULL, 999'999ULL, 3'906'250'000ULL}) {
    for (const int level : {kEntriesLevel, 0, 3, kTileLevelMax}) {
      for (const std::size_t width : {std::size_t{1}, std::size_t{255}, kTileWidth}) {
        const TileId tile{level, index, width};
        EXPECT_EQ(*parse_tile_path(tile_path(tile)), tile) << tile_path(tile);
      }
    }
  }
}

TEST(TilePath, HasOneSpellingForOneTile) {
  for (const std::string_view text : {"tile/0/x000/001",
                                      "tile/00/001",
                                      "tile/0/1",
                                      "tile/0/0001",
                                      "tile/8/000",
                                      "tile/-1/000",
                                      "tile/0/001.p/0",
                                      "tile/0/001.p/256",
                                      "tile/0/001.p/01",
                                      "tile/0/001.p/",
                                      "tile/0/",
                                      "tile/0",
                                      "tile//001",
                                      "tile/0/x001",
                                      "tile/0/001/002",
                                      "tile/0/x1/001",
                                      "tile/0/ 01",
                                      "/tile/0/001",
                                      "tile/0/001 ",
                                      "tile/entries/",
                                      "tile/Entries/000",
                                      "",
                                      "tile/0/x999/x999/x999/x999/x999/x999/x999/999"}) {
    EXPECT_FALSE(parse_tile_path(text)) << text;
  }
}

TEST(PartialTiles, AreThoseOfTheSpecificationsExample) {
  constexpr std::uint64_t kSize = 70'000;
  EXPECT_EQ(hashes_at(0, kSize) / kTileWidth, 273U);
  EXPECT_EQ(partial_width(0, kSize), 112U);
  EXPECT_EQ(hashes_at(1, kSize) / kTileWidth, 1U);
  EXPECT_EQ(partial_width(1, kSize), 17U);
  EXPECT_EQ(partial_width(2, kSize), 1U);
  EXPECT_EQ(partial_width(0, 256), 0U);
  EXPECT_EQ(partial_width(1, 256), 1U);
}

TEST(TreeEdge, GoesOnFromItsTilesAtEverySize) {
  world::MemoryTiles tiles;
  constexpr std::uint64_t kLeaves = 66'000;  // past a full tile of level 1
  for (std::uint64_t i = 0; i < kLeaves; ++i) {
    tiles.append(leaf_hash(core::as_bytes(std::to_string(i))));
    const auto size = i + 1;
    if (size % 251 != 0 && size % 256 > 1 && size % 65'536 > 1) continue;
    const auto again = TreeEdge::open(tiles, size);
    ASSERT_TRUE(again);
    ASSERT_EQ(again->root(), tiles.edge().root()) << size;
    ASSERT_EQ(*TileTree(tiles, size).root(), tiles.edge().root()) << size;
  }
}

TEST(TileTree, TellsWhichTileIsMissing) {
  world::MemoryTiles tiles;
  for (int i = 0; i < 10; ++i) tiles.append(leaf_hash(core::as_bytes(std::to_string(i))));
  const auto root = TileTree(tiles, 11).root();
  ASSERT_FALSE(root);
  EXPECT_EQ(root.error().reason, "tile.missing");
  EXPECT_EQ(root.error().detail, "tile/0/000.p/11");
}

}  // namespace
}  // namespace audit
