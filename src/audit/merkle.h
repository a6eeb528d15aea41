// The Merkle tree of RFC 6962: hashes of leaves and nodes, and the checking of inclusion and
// consistency proofs. Proofs come from strangers, so both checks are bounded by the tree's depth.
// Pure functions, safe from any thread.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/bytes.h"
#include "core/result.h"
#include "crypto/digest.h"

namespace audit {

using Hash = crypto::Digest256;
using Proof = std::vector<Hash>;

/// No proof of a tree of at most 2^63 leaves is longer (a consistency proof has one hash more).
inline constexpr std::size_t kProofHashesMax = 64;
/// Sizes travel as decimal numbers and rest as BIGINT.
inline constexpr std::uint64_t kTreeSizeMax = std::uint64_t{1} << 62;

/// Of no leaves: SHA-256 of nothing.
[[nodiscard]] Hash empty_root();
/// SHA-256(0x00 | entry). Source: RFC 6962, section 2.1.
[[nodiscard]] Hash leaf_hash(core::ByteView entry);
/// SHA-256(0x01 | left | right). Source: RFC 6962, section 2.1.
[[nodiscard]] Hash node_hash(const Hash& left, const Hash& right);

/// The largest power of two smaller than n; n >= 2.
[[nodiscard]] std::uint64_t split_point(std::uint64_t n);

/// The root of a perfect subtree; `hashes` is a power of two of them.
[[nodiscard]] Hash perfect_root(std::span<const Hash> hashes);

/// Which leaf of which tree.
struct Place {
  std::uint64_t index = 0;
  std::uint64_t size = 0;
};

/// The root that a leaf and its proof lead to, to be compared with a checkpoint's.
/// Errors: kInvalidInput "proof.index"   the index is not below the size, or the size is too large;
///         kInvalidInput "proof.length"  more or fewer hashes than this place needs.
/// Source: RFC 9162, section 2.1.3.2.
[[nodiscard]] core::Result<Hash> root_by_inclusion(const Hash& leaf, Place place,
                                                   std::span<const Hash> proof);

/// A tree as a checkpoint states it.
struct TreeHead {
  std::uint64_t size = 0;
  Hash root{};

  friend bool operator==(const TreeHead&, const TreeHead&) = default;
};

/// Proves that the larger tree holds the smaller one unchanged.
/// Errors: kInvalidInput "proof.sizes"         `from` is larger than `to`;
///         kInvalidInput "proof.length"        more or fewer hashes than these sizes need;
///         kConflict     "proof.inconsistent"  the hashes do not lead to both roots.
/// Source: RFC 9162, section 2.1.4.2.
[[nodiscard]] core::Status verify_consistency(const TreeHead& from, const TreeHead& to,
                                              std::span<const Hash> proof);

}  // namespace audit
