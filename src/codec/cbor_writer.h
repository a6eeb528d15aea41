// CborWriter: emits deterministic CBOR (RFC 8949, section 4.2.1). The caller writes items in order;
// map keys in the wrong order, a wrong number of items and invalid UTF-8 are bugs of ours and end
// the process (CORE_ASSERT). Not thread-safe; one writer per message.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/bytes.h"

namespace codec {

class CborWriter {
 public:
  CborWriter& unsigned_integer(std::uint64_t value);
  CborWriter& integer(std::int64_t value);
  CborWriter& bytes(core::ByteView value);
  /// Must be UTF-8 (see utf8.h); check foreign text first.
  CborWriter& text(std::string_view value);
  CborWriter& boolean(bool value);
  CborWriter& null();
  /// The next `items` items are inside the array.
  CborWriter& array(std::size_t items);
  /// The next `entries` pairs are inside the map; keys (integers or texts) in bytewise ascending
  /// order of their encoding: 0, 1, ... -1, -2, ... then shorter texts before longer ones.
  CborWriter& map(std::size_t entries);

  /// The message; exactly one item must be complete. The writer is empty afterwards.
  [[nodiscard]] core::Bytes finish();

 private:
  struct Open {
    std::size_t items_left = 0;
    bool is_map = false;
    std::size_t key_start = 0;  ///< the last key's bytes in out_; equal when there was none
    std::size_t key_end = 0;
  };
  std::size_t begin_item(bool may_be_key);
  void end_item(std::size_t start);
  void close_full();
  void open(std::size_t items, bool is_map);

  core::Bytes out_;
  std::vector<Open> open_;
  bool complete_ = false;
};

}  // namespace codec
