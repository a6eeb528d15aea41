#include "codec/utf8.h"

#include <cstddef>
#include <cstdint>

namespace codec {
namespace {

/// Length of the well-formed sequence at the start of the text; 0 when there is none.
std::size_t sequence_length(std::string_view text) {
  const auto at = [text](std::size_t i) -> std::uint8_t {
    return i < text.size() ? static_cast<std::uint8_t>(text[i]) : 0;
  };
  const auto continues = [at](std::size_t i) { return (at(i) & 0xc0U) == 0x80U; };
  const std::uint8_t first = at(0);
  const std::uint8_t second = at(1);
  if (first < 0x80) return 1;
  if (first < 0xc2 || first > 0xf4 || !continues(1)) return 0;
  if (first < 0xe0) return 2;
  if (!continues(2)) return 0;
  if (first == 0xe0 && second < 0xa0) return 0;  // overlong
  if (first == 0xed && second > 0x9f) return 0;  // surrogates
  if (first < 0xf0) return 3;
  if (!continues(3)) return 0;
  if (first == 0xf0 && second < 0x90) return 0;  // overlong
  if (first == 0xf4 && second > 0x8f) return 0;  // above U+10FFFF
  return 4;
}

}  // namespace

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    const std::size_t length = sequence_length(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

}  // namespace codec
