// Addresses of tiles, and proofs of any shape.
#include <cstring>

#include "audit/tile.h"
#include "fuzz/fuzz_target.h"

namespace {

std::uint64_t number_at(core::ByteView bytes) {
  std::uint64_t value = 0;
  std::memcpy(&value, bytes.data(), sizeof value);
  return value;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const core::ByteView input(data, size);
  if (const auto tile = audit::parse_tile_path(core::as_text(input))) {
    CORE_ASSERT(audit::tile_path(*tile) == core::as_text(input));
  }
  constexpr std::size_t kHead = 2 * sizeof(std::uint64_t);
  if (size < kHead) return 0;
  audit::Proof proof((size - kHead) / sizeof(audit::Hash));
  std::memcpy(proof.data(), data + kHead, proof.size() * sizeof(audit::Hash));
  const auto first = number_at(input);
  const auto second = number_at(input.subspan(sizeof first));
  const audit::Hash leaf = audit::empty_root();
  if (const auto root = audit::root_by_inclusion(leaf, {first, second}, proof)) {
    CORE_ASSERT(first < second && proof.size() <= audit::kProofHashesMax);
    CORE_ASSERT(!proof.empty() || *root == leaf);
  }
  const auto consistent = audit::verify_consistency({first, leaf}, {second, leaf}, proof);
  CORE_ASSERT(!consistent || (first <= second && proof.empty()));
  return 0;
}
