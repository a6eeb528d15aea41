#include "codec/cbor_writer.h"

#include <cbor.h>

#include <algorithm>
#include <array>

#include "codec/utf8.h"
#include "core/assert.h"

namespace codec {
namespace {

using core::Bytes;
using core::ByteView;

constexpr std::size_t kHeadBytesMax = 9;

/// libcbor's encoders choose the shortest head by themselves.
template <typename Encode, typename Value>
void append_head(Bytes& out, Encode encode, Value value) {
  std::array<unsigned char, kHeadBytesMax> head{};
  const std::size_t size = encode(value, head.data(), head.size());
  CORE_ASSERT(size > 0);
  out.insert(out.end(), head.begin(), head.begin() + static_cast<std::ptrdiff_t>(size));
}

}  // namespace

std::size_t CborWriter::begin_item(bool may_be_key) {
  CORE_ASSERT(!complete_);
  const bool at_key = !open_.empty() && open_.back().is_map && open_.back().items_left % 2 == 0;
  CORE_ASSERT(!at_key || may_be_key);
  return out_.size();
}

void CborWriter::end_item(std::size_t start) {
  if (!open_.empty() && open_.back().is_map && open_.back().items_left % 2 == 0) {
    Open& map = open_.back();
    const ByteView written(out_);
    const ByteView previous = written.subspan(map.key_start, map.key_end - map.key_start);
    CORE_ASSERT(std::ranges::lexicographical_compare(previous, written.subspan(start)));
    map.key_start = start;
    map.key_end = out_.size();
  }
  if (!open_.empty()) --open_.back().items_left;
  close_full();
}

void CborWriter::close_full() {
  while (!open_.empty() && open_.back().items_left == 0) {
    open_.pop_back();
    if (!open_.empty()) --open_.back().items_left;
  }
  complete_ = open_.empty();
}

void CborWriter::open(std::size_t items, bool is_map) {
  open_.push_back({.items_left = items, .is_map = is_map, .key_start = 0, .key_end = 0});
  close_full();
}

CborWriter& CborWriter::unsigned_integer(std::uint64_t value) {
  const std::size_t start = begin_item(true);
  append_head(out_, cbor_encode_uint, value);
  end_item(start);
  return *this;
}

CborWriter& CborWriter::integer(std::int64_t value) {
  if (value >= 0) return unsigned_integer(static_cast<std::uint64_t>(value));
  const std::size_t start = begin_item(true);
  append_head(out_, cbor_encode_negint, static_cast<std::uint64_t>(-1 - value));
  end_item(start);
  return *this;
}

CborWriter& CborWriter::bytes(ByteView value) {
  const std::size_t start = begin_item(false);
  append_head(out_, cbor_encode_bytestring_start, value.size());
  out_.insert(out_.end(), value.begin(), value.end());
  end_item(start);
  return *this;
}

CborWriter& CborWriter::text(std::string_view value) {
  CORE_ASSERT(is_utf8(value));
  const std::size_t start = begin_item(true);
  append_head(out_, cbor_encode_string_start, value.size());
  out_.insert(out_.end(), value.begin(), value.end());
  end_item(start);
  return *this;
}

CborWriter& CborWriter::boolean(bool value) {
  const std::size_t start = begin_item(false);
  append_head(out_, cbor_encode_bool, value);
  end_item(start);
  return *this;
}

CborWriter& CborWriter::null() {
  const std::size_t start = begin_item(false);
  append_head(
      out_, [](int, unsigned char* out, std::size_t size) { return cbor_encode_null(out, size); },
      0);
  end_item(start);
  return *this;
}

CborWriter& CborWriter::array(std::size_t items) {
  begin_item(false);
  append_head(out_, cbor_encode_array_start, items);
  open(items, false);
  return *this;
}

CborWriter& CborWriter::map(std::size_t entries) {
  begin_item(false);
  append_head(out_, cbor_encode_map_start, entries);
  open(entries * 2, true);
  return *this;
}

Bytes CborWriter::finish() {
  CORE_ASSERT(complete_);
  complete_ = false;
  return std::exchange(out_, {});
}

}  // namespace codec
