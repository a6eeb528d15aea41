#include "audit/merkle.h"

#include <bit>

#include "core/assert.h"

namespace audit {
namespace {

using core::ErrorCode;
using core::fail;

constexpr std::uint8_t kLeafPrefix = 0x00;
constexpr std::uint8_t kNodePrefix = 0x01;

/// How many hashes an inclusion proof holds: one for each level at which the leaf has a sibling.
std::size_t inclusion_length(Place place) {
  const auto last = place.size - 1;
  const auto inner = static_cast<std::size_t>(std::bit_width(place.index ^ last));
  return inner + static_cast<std::size_t>(std::popcount(place.index >> inner));
}

}  // namespace

Hash empty_root() { return crypto::sha256(core::ByteView{}); }

Hash leaf_hash(core::ByteView entry) {
  return crypto::sha256({core::ByteView(&kLeafPrefix, 1), entry});
}

Hash node_hash(const Hash& left, const Hash& right) {
  return crypto::sha256({core::ByteView(&kNodePrefix, 1), left, right});
}

std::uint64_t split_point(std::uint64_t n) {
  CORE_ASSERT(n >= 2);
  return std::bit_floor(n - 1);
}

Hash perfect_root(std::span<const Hash> hashes) {
  CORE_ASSERT(std::has_single_bit(hashes.size()));
  if (hashes.size() == 1) return hashes.front();
  std::vector<Hash> level(hashes.begin(), hashes.end());
  while (level.size() > 1) {
    for (std::size_t i = 0; i < level.size() / 2; ++i) {
      level[i] = node_hash(level[2 * i], level[2 * i + 1]);
    }
    level.resize(level.size() / 2);
  }
  return level.front();
}

core::Result<Hash> root_by_inclusion(const Hash& leaf, Place place, std::span<const Hash> proof) {
  if (place.size > kTreeSizeMax || place.index >= place.size) {
    return fail(ErrorCode::kInvalidInput, "proof.index");
  }
  if (proof.size() != inclusion_length(place)) {
    return fail(ErrorCode::kInvalidInput, "proof.length");
  }
  Hash root = leaf;
  auto node = place.index;
  auto last = place.size - 1;
  for (const auto& sibling : proof) {
    if ((node & 1U) != 0 || node == last) {
      root = node_hash(sibling, root);
      while ((node & 1U) == 0 && node != 0) {
        node >>= 1U;
        last >>= 1U;
      }
    } else {
      root = node_hash(root, sibling);
    }
    node >>= 1U;
    last >>= 1U;
  }
  return root;
}

core::Status verify_consistency(const TreeHead& from, const TreeHead& to,
                                std::span<const Hash> proof) {
  if (from.size > to.size || to.size > kTreeSizeMax) {
    return fail(ErrorCode::kInvalidInput, "proof.sizes");
  }
  const auto inconsistent = [] { return fail(ErrorCode::kConflict, "proof.inconsistent"); };
  if (from.size == to.size || from.size == 0) {
    if (!proof.empty()) return fail(ErrorCode::kInvalidInput, "proof.length");
    if (from.size == 0) {
      if (from.root != empty_root()) return inconsistent();
      return {};
    }
    if (from.root != to.root) return inconsistent();
    return {};
  }
  // A smaller tree that is a perfect subtree of the larger one is not repeated in the proof.
  std::vector<Hash> path(proof.begin(), proof.end());
  if (std::has_single_bit(from.size)) path.insert(path.begin(), from.root);
  auto node = from.size - 1;
  auto last = to.size - 1;
  while ((node & 1U) != 0) {
    node >>= 1U;
    last >>= 1U;
  }
  if (path.empty()) return fail(ErrorCode::kInvalidInput, "proof.length");
  Hash old_root = path.front();
  Hash new_root = path.front();
  for (std::size_t i = 1; i < path.size(); ++i) {
    if (last == 0) return fail(ErrorCode::kInvalidInput, "proof.length");
    if ((node & 1U) != 0 || node == last) {
      old_root = node_hash(path[i], old_root);
      new_root = node_hash(path[i], new_root);
      while ((node & 1U) == 0 && node != 0) {
        node >>= 1U;
        last >>= 1U;
      }
    } else {
      new_root = node_hash(new_root, path[i]);
    }
    node >>= 1U;
    last >>= 1U;
  }
  if (last != 0) return fail(ErrorCode::kInvalidInput, "proof.length");
  if (old_root != from.root || new_root != to.root) return inconsistent();
  return {};
}

}  // namespace audit
