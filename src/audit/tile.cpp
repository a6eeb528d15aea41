#include "audit/tile.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <charconv>

#include "core/assert.h"

namespace audit {
namespace {

using core::ErrorCode;
using core::fail;

constexpr std::string_view kPrefix = "tile/";
constexpr std::string_view kEntries = "entries";
constexpr std::uint64_t kGroup = 1000;

/// A decimal number without leading zeros.
std::optional<std::uint64_t> number(std::string_view text) {
  std::uint64_t value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || read.ec != std::errc{} || read.ptr != text.data() + text.size()) return {};
  if (text.size() > 1 && text.front() == '0') return {};
  return value;
}

std::string index_path(std::uint64_t index) {
  auto path = fmt::format("{:03}", index % kGroup);
  for (auto rest = index / kGroup; rest > 0; rest /= kGroup) {
    path.insert(0, fmt::format("x{:03}/", rest % kGroup));
  }
  return path;
}

std::optional<std::uint64_t> parse_index(std::string_view path) {
  std::uint64_t index = 0;
  for (;;) {
    const auto slash = path.find('/');
    const bool is_last = slash == std::string_view::npos;
    auto element = path.substr(0, slash);
    if (!is_last) {
      if (!element.starts_with('x')) return {};
      element.remove_prefix(1);
    }
    const bool digits =
        element.size() == 3 &&
        std::all_of(element.begin(), element.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (!digits || index > kTreeSizeMax / kGroup) return {};
    std::uint64_t group = 0;
    std::from_chars(element.data(), element.data() + element.size(), group);
    index = index * kGroup + group;
    if (is_last) return index;
    path.remove_prefix(slash + 1);
  }
}

auto unknown() { return fail(ErrorCode::kNotFound, "tile.unknown"); }

}  // namespace

std::string tile_path(const TileId& tile) {
  const auto level =
      tile.level == kEntriesLevel ? std::string(kEntries) : std::to_string(tile.level);
  auto path = fmt::format("{}{}/{}", kPrefix, level, index_path(tile.index));
  if (tile.width < kTileWidth) path += fmt::format(".p/{}", tile.width);
  return path;
}

core::Result<TileId> parse_tile_path(std::string_view path) {
  if (!path.starts_with(kPrefix) || path.size() > 64) return unknown();
  const auto whole = path;
  path.remove_prefix(kPrefix.size());
  const auto slash = path.find('/');
  if (slash == std::string_view::npos) return unknown();
  TileId tile;
  const auto level = path.substr(0, slash);
  if (level == kEntries) {
    tile.level = kEntriesLevel;
  } else {
    const auto read = number(level);
    if (!read || *read > static_cast<std::uint64_t>(kTileLevelMax)) return unknown();
    tile.level = static_cast<int>(*read);
  }
  path.remove_prefix(slash + 1);
  if (const auto partial = path.find(".p/"); partial != std::string_view::npos) {
    const auto width = number(path.substr(partial + 3));
    if (!width || *width < 1 || *width >= kTileWidth) return unknown();
    tile.width = static_cast<std::size_t>(*width);
    path = path.substr(0, partial);
  }
  const auto index = parse_index(path);
  if (!index) return unknown();
  tile.index = *index;
  // A second spelling of one tile ("x000/001") would be a second thing to cache.
  if (tile_path(tile) != whole) return unknown();
  return tile;
}

std::uint64_t hashes_at(int level, std::uint64_t size) {
  const auto shift = level <= 0 ? 0U : kTileHeight * static_cast<unsigned>(level);
  return size >> shift;
}

std::size_t partial_width(int level, std::uint64_t size) {
  return static_cast<std::size_t>(hashes_at(level, size) % kTileWidth);
}

std::size_t TileTree::width_of(int level, std::uint64_t index) const {
  const auto all = hashes_at(level, size_);
  return index < all / kTileWidth ? kTileWidth : static_cast<std::size_t>(all % kTileWidth);
}

core::Result<Hash> TileTree::perfect(std::uint64_t begin, unsigned height) {
  const int level = static_cast<int>(height / kTileHeight);
  const auto first = begin >> (kTileHeight * static_cast<unsigned>(level));
  const auto index = first / kTileWidth;
  const auto offset = static_cast<std::size_t>(first % kTileWidth);
  const std::size_t count = std::size_t{1} << (height % kTileHeight);
  TRY(const auto hashes, tiles_.read({level, index, width_of(level, index)}));
  if (hashes.size() < offset + count) {
    return fail(ErrorCode::kInternal, "tile.missing", tile_path({level, index, offset + count}));
  }
  return perfect_root(hashes.subspan(offset, count));
}

core::Result<Hash> TileTree::range(std::uint64_t begin, std::uint64_t end) {
  CORE_ASSERT(begin < end && end <= size_);
  const auto count = end - begin;
  if (std::has_single_bit(count)) {
    return perfect(begin, static_cast<unsigned>(std::countr_zero(count)));
  }
  const auto middle = begin + split_point(count);
  TRY(const auto left, range(begin, middle));
  TRY(const auto right, range(middle, end));
  return node_hash(left, right);
}

core::Result<Hash> TileTree::leaf(std::uint64_t index) { return range(index, index + 1); }

core::Result<Hash> TileTree::root_at(std::uint64_t size) {
  if (size == 0) return empty_root();
  return range(0, size);
}

core::Result<Proof> TileTree::prove_inclusion(std::uint64_t index) {
  CORE_ASSERT(index < size_);
  Proof proof;
  std::uint64_t begin = 0;
  std::uint64_t end = size_;
  while (end - begin > 1) {
    const auto middle = begin + split_point(end - begin);
    const bool left = index < middle;
    TRY(const auto sibling, left ? range(middle, end) : range(begin, middle));
    proof.push_back(sibling);
    (left ? end : begin) = middle;
  }
  std::reverse(proof.begin(), proof.end());
  return proof;
}

core::Result<Proof> TileTree::prove_consistency(std::uint64_t from) {
  CORE_ASSERT(from <= size_);
  Proof proof;
  if (from == 0 || from == size_) return proof;
  std::uint64_t begin = 0;
  std::uint64_t end = size_;
  // Down to the place where the older tree ends: RFC 6962's SUBPROOF, from the root.
  while (from != end) {
    const auto middle = begin + split_point(end - begin);
    const bool left = from <= middle;
    TRY(const auto sibling, left ? range(middle, end) : range(begin, middle));
    proof.push_back(sibling);
    (left ? end : begin) = middle;
  }
  if (begin != 0) {
    TRY(const auto last, range(begin, end));
    proof.push_back(last);
  }
  std::reverse(proof.begin(), proof.end());
  return proof;
}

}  // namespace audit
