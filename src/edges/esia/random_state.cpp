#include "edges/esia/random_state.h"

#include "core/bytes.h"

namespace edges::esia {

std::string random_state(core::Rng& rng) {
  constexpr std::size_t kUuidBytes = 16;
  auto bytes = core::random_bytes(rng, kUuidBytes);
  bytes[6] = static_cast<std::uint8_t>((bytes[6] & 0x0f) | 0x40);  // version 4
  bytes[8] = static_cast<std::uint8_t>((bytes[8] & 0x3f) | 0x80);  // the variant of RFC 4122
  auto text = core::to_hex(bytes);
  for (const std::size_t at : {20, 16, 12, 8}) text.insert(at, 1, '-');
  return text;
}

}  // namespace edges::esia
