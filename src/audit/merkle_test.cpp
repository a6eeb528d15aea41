// Inclusion and consistency, for every size up to 300, against the definitions of RFC 6962 written
// down as they stand there.
#include "audit/merkle.h"

#include <gtest/gtest.h>

#include "audit/testing/memory_tiles.h"

namespace audit {
namespace {

constexpr std::uint64_t kSizes = 300;

std::vector<Hash> leaves(std::uint64_t count) {
  std::vector<Hash> all;
  for (std::uint64_t i = 0; i < count; ++i) {
    all.push_back(leaf_hash(core::as_bytes("entry " + std::to_string(i))));
  }
  return all;
}

/// MTH of RFC 6962, section 2.1.
Hash naive_root(std::span<const Hash> all) {
  if (all.empty()) return empty_root();
  if (all.size() == 1) return all.front();
  std::size_t k = 1;
  while (k * 2 < all.size()) k *= 2;
  return node_hash(naive_root(all.first(k)), naive_root(all.subspan(k)));
}

/// PATH of section 2.1.1.
Proof naive_path(std::size_t m, std::span<const Hash> all) {
  if (all.size() == 1) return {};
  std::size_t k = 1;
  while (k * 2 < all.size()) k *= 2;
  Proof path = m < k ? naive_path(m, all.first(k)) : naive_path(m - k, all.subspan(k));
  path.push_back(m < k ? naive_root(all.subspan(k)) : naive_root(all.first(k)));
  return path;
}

/// SUBPROOF of section 2.1.2.
Proof naive_subproof(std::size_t m, std::span<const Hash> all, bool whole) {
  if (m == all.size()) return whole ? Proof{} : Proof{naive_root(all)};
  std::size_t k = 1;
  while (k * 2 < all.size()) k *= 2;
  Proof proof;
  if (m <= k) {
    proof = naive_subproof(m, all.first(k), whole);
    proof.push_back(naive_root(all.subspan(k)));
  } else {
    proof = naive_subproof(m - k, all.subspan(k), false);
    proof.push_back(naive_root(all.first(k)));
  }
  return proof;
}

class EverySize : public testing::Test {
 protected:
  std::vector<Hash> all_ = leaves(kSizes);
  std::span<const Hash> first(std::uint64_t n) const { return std::span(all_).first(n); }
};

TEST_F(EverySize, HasTheRootOfTheDefinition) {
  world::MemoryTiles tiles;
  for (std::uint64_t n = 0; n <= kSizes; ++n) {
    if (n > 0) tiles.append(all_[n - 1]);
    ASSERT_EQ(*TileTree(tiles, n).root(), naive_root(first(n))) << n;
  }
  for (std::uint64_t n = 0; n <= kSizes; ++n) {
    ASSERT_EQ(*TileTree(tiles, kSizes).root_at(n), naive_root(first(n))) << n;
  }
}

TEST_F(EverySize, ProvesEveryLeafAndNothingElse) {
  world::MemoryTiles tiles;
  for (std::uint64_t n = 1; n <= kSizes; ++n) {
    tiles.append(all_[n - 1]);
    const auto root = naive_root(first(n));
    for (std::uint64_t i = 0; i < n; ++i) {
      auto proof = *TileTree(tiles, n).prove_inclusion(i);
      if (n % 37 == 0 || n > kSizes - 3) {
        ASSERT_EQ(proof, naive_path(i, first(n))) << i << " of " << n;
      }
      ASSERT_EQ(*root_by_inclusion(all_[i], {i, n}, proof), root) << i << " of " << n;
      const auto other = root_by_inclusion(all_[i], {(i + 1) % n, n}, proof);
      ASSERT_TRUE(n == 1 || !other || *other != root) << i << " of " << n;
      if (!proof.empty()) {
        proof[i % proof.size()][0] ^= 1;
        ASSERT_NE(*root_by_inclusion(all_[i], {i, n}, proof), root);
        proof.pop_back();
      } else {
        proof.push_back(root);
      }
      ASSERT_FALSE(root_by_inclusion(all_[i], {i, n}, proof)) << i << " of " << n;
    }
  }
}

TEST_F(EverySize, IsConsistentWithEveryEarlierOneAndNoOther) {
  world::MemoryTiles tiles;
  for (const auto& leaf : all_) tiles.append(leaf);
  for (std::uint64_t n = 1; n <= kSizes; ++n) {
    const TreeHead to{n, naive_root(first(n))};
    for (std::uint64_t m = 0; m <= n; m += (n % 29 == 0 ? 1 : 7)) {
      const TreeHead from{m, naive_root(first(m))};
      auto proof = *TileTree(tiles, n).prove_consistency(m);
      if (m > 0) {
        ASSERT_EQ(proof, naive_subproof(m, first(n), true)) << m << " to " << n;
      }
      ASSERT_TRUE(verify_consistency(from, to, proof)) << m << " to " << n;
      auto forged = from;
      forged.root[3] ^= 4;
      ASSERT_FALSE(verify_consistency(forged, to, proof)) << m << " to " << n;
      forged = to;
      forged.root[5] ^= 4;
      ASSERT_FALSE(m != 0 && verify_consistency(from, forged, proof)) << m << " to " << n;
      proof.push_back(to.root);
      ASSERT_FALSE(verify_consistency(from, to, proof)) << m << " to " << n;
    }
  }
}

TEST(Consistency, RefusesATreeThatShrank) {
  EXPECT_EQ(verify_consistency({2, {}}, {1, {}}, {}).error().reason, "proof.sizes");
}

TEST(Inclusion, RefusesAnIndexOutsideTheTree) {
  EXPECT_EQ(root_by_inclusion({}, {1, 1}, {}).error().reason, "proof.index");
  EXPECT_EQ(root_by_inclusion({}, {0, 0}, {}).error().reason, "proof.index");
  EXPECT_EQ(root_by_inclusion({}, {0, UINT64_MAX}, {}).error().reason, "proof.index");
}

}  // namespace
}  // namespace audit
