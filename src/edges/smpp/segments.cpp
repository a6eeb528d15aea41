#include "edges/smpp/segments.h"

#include "edges/smpp/gsm7.h"
#include "edges/smpp/smpp34.h"
#include "edges/smpp/utf16.h"

namespace edges::smpp {
namespace {

// A part holds 140 octets, 160 septets; a header of six octets, seven septets, comes off it.
constexpr std::size_t kSeptetsAlone = 160;
constexpr std::size_t kSeptetsEach = 153;
constexpr std::size_t kUnitsAlone = 70;
constexpr std::size_t kUnitsEach = 67;

auto refused(std::string_view why) {
  return core::fail(core::ErrorCode::kInvalidInput, "smpp.text", std::string(why));
}

/// Where to cut a text so that no part is too long and nothing that belongs together is torn:
/// `is_first_half` tells the first of two units that must stay together.
template <typename Units, typename IsFirstHalf>
std::vector<Units> cut(const Units& units, std::size_t size_max, const IsFirstHalf& is_first_half) {
  std::vector<Units> parts;
  for (std::size_t start = 0; start < units.size();) {
    std::size_t size = std::min(size_max, units.size() - start);
    if (start + size < units.size() && is_first_half(units[start + size - 1])) --size;
    parts.emplace_back(units.begin() + static_cast<std::ptrdiff_t>(start),
                       units.begin() + static_cast<std::ptrdiff_t>(start + size));
    start += size;
  }
  return parts;
}

core::Bytes octets_of(const std::u16string& units) {
  core::Bytes octets;
  for (const char16_t unit : units) {
    octets.push_back(static_cast<std::uint8_t>(unit >> 8U));
    octets.push_back(static_cast<std::uint8_t>(unit & 0xFFU));
  }
  return octets;
}
core::Bytes octets_of(const core::Bytes& septets) { return septets; }

template <typename Units>
core::Result<SegmentedText> numbered(std::uint8_t data_coding, const std::vector<Units>& parts,
                                     std::uint8_t reference) {
  if (parts.size() > kPartsMax) return refused("too many parts");
  SegmentedText text{data_coding, {}};
  std::uint8_t number = 0;
  for (const auto& part : parts) {
    Segment made;
    if (parts.size() > 1) {
      made.has_header = true;
      // 3GPP TS 23.040: length of the header; concatenation, 8-bit reference, its length.
      made.octets = {0x05,    0x00, 0x03, reference, static_cast<std::uint8_t>(parts.size()),
                     ++number};
    }
    const auto octets = octets_of(part);
    made.octets.insert(made.octets.end(), octets.begin(), octets.end());
    text.parts.push_back(std::move(made));
  }
  return text;
}

bool is_escape(std::uint8_t septet) { return septet == kGsm7Escape; }
bool is_high_surrogate(char16_t unit) { return unit >= 0xD800 && unit < 0xDC00; }

}  // namespace

core::Result<SegmentedText> segment(std::string_view utf8, std::uint8_t reference) {
  if (utf8.empty()) return refused("empty");
  if (const auto septets = to_gsm7(utf8)) {
    const auto size = septets->size() <= kSeptetsAlone ? kSeptetsAlone : kSeptetsEach;
    return numbered(kDataCodingDefault, cut(*septets, size, is_escape), reference);
  }
  const auto units = to_utf16(utf8);
  if (!units) return refused("not UTF-8");
  const auto size = units->size() <= kUnitsAlone ? kUnitsAlone : kUnitsEach;
  return numbered(kDataCodingUcs2, cut(*units, size, is_high_surrogate), reference);
}

}  // namespace edges::smpp
