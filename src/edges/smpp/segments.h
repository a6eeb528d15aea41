// Segments: a text as the parts that SMS carry it in. GSM 7-bit if its alphabet suffices, 160
// characters or 153 in each of several; UCS-2 otherwise, 70 or 67. Pure functions, value types.
#pragma once

#include <string_view>
#include <vector>

#include "core/bytes.h"
#include "core/result.h"

namespace edges::smpp {

struct Segment {
  bool has_header = false;  ///< begins with a user data header that numbers the parts
  core::Bytes octets;       ///< header included; of one part at most 160
};

struct SegmentedText {
  std::uint8_t data_coding = 0;
  std::vector<Segment> parts;
};

/// A text this long is a mistake: nobody is sent a novel.
inline constexpr std::size_t kPartsMax = 10;

/// @param reference  what the parts of one message have in common; differs between messages.
/// Errors: kInvalidInput "smpp.text" empty, not UTF-8, or more than kPartsMax parts.
[[nodiscard]] core::Result<SegmentedText> segment(std::string_view utf8, std::uint8_t reference);

}  // namespace edges::smpp
