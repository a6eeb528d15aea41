#include "core/strong_id.h"

#include <algorithm>

namespace core {
namespace {

constexpr std::uint64_t kMillisMax = (1ULL << 48U) - 1;

}  // namespace

UuidBytes make_uuid_v7(Instant now, Rng& rng) {
  UuidBytes bytes{};
  rng.fill(bytes);
  const auto millis = static_cast<std::uint64_t>(now.micros() / 1000);
  for (std::size_t i = 0; i < 6; ++i) {
    bytes[i] = static_cast<std::uint8_t>(millis >> (8 * (5 - i)));
  }
  const auto first = static_cast<std::uint16_t>((bytes[6] & 0x07U) << 8U | bytes[7]);
  const auto order = rng.ticks().next(millis & kMillisMax, first);
  bytes[6] = static_cast<std::uint8_t>(0x70U | order >> 8U);
  bytes[7] = static_cast<std::uint8_t>(order);
  bytes[8] = static_cast<std::uint8_t>((bytes[8] & 0x3FU) | 0x80U);
  return bytes;
}

std::string uuid_to_string(const UuidBytes& bytes) {
  std::string text = to_hex(bytes);
  for (const std::size_t dash : {8U, 13U, 18U, 23U}) text.insert(dash, 1, '-');
  return text;
}

Result<UuidBytes> uuid_from_string(std::string_view text) {
  if (text.size() != 36 || text[8] != '-' || text[13] != '-' || text[18] != '-' ||
      text[23] != '-') {
    return fail(ErrorCode::kInvalidInput, "id.malformed");
  }
  std::string digits(text);
  digits.erase(std::remove(digits.begin(), digits.end(), '-'), digits.end());
  const auto decoded = from_hex(digits);
  if (!decoded || decoded->size() != 16) return fail(ErrorCode::kInvalidInput, "id.malformed");
  UuidBytes bytes{};
  std::copy(decoded->begin(), decoded->end(), bytes.begin());
  return bytes;
}

}  // namespace core
