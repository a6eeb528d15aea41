// Bytes and views of bytes, and their hexadecimal form. Value types and pure functions, safe from
// any thread; a view must not outlive what it looks at.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace core {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;

/// The bytes of a text, without copying; valid as long as the text is.
[[nodiscard]] inline ByteView as_bytes(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

/// The bytes seen as characters, without copying; nothing says they are UTF-8.
[[nodiscard]] inline std::string_view as_text(ByteView bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

[[nodiscard]] inline Bytes to_bytes(ByteView view) { return {view.begin(), view.end()}; }

/// Lower-case hexadecimal.
[[nodiscard]] std::string to_hex(ByteView bytes);

/// Reads hexadecimal of either case.
/// Errors: kInvalidInput "hex.malformed" odd length or a character outside 0-9a-fA-F.
[[nodiscard]] Result<Bytes> from_hex(std::string_view text);

}  // namespace core
