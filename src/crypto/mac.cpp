#include "crypto/mac.h"

#include <algorithm>
#include <vector>

#include "crypto/digest.h"

namespace crypto {
namespace {

using Length = std::array<std::uint8_t, 8>;

Length big_endian(std::uint64_t value) {
  Length bytes{};
  for (std::size_t i = bytes.size(); i-- > 0; value >>= 8U) {
    bytes[i] = static_cast<std::uint8_t>(value & 0xffU);
  }
  return bytes;
}

}  // namespace

MacTag make_mac_tag(const Key256& key, std::string_view purpose,
                    std::initializer_list<core::ByteView> fields) {
  std::vector<core::ByteView> contents{core::as_bytes(purpose)};
  contents.insert(contents.end(), fields.begin(), fields.end());
  std::vector<Length> lengths;
  lengths.reserve(contents.size());  // the views below point into it
  std::vector<core::ByteView> framed;
  for (const core::ByteView content : contents) {
    framed.emplace_back(lengths.emplace_back(big_endian(content.size())));
    framed.push_back(content);
  }
  const Digest256 full = hmac_sha256(key.reveal(), std::span<const core::ByteView>(framed));
  MacTag tag{};
  std::copy_n(full.begin(), tag.size(), tag.begin());
  return tag;
}

bool is_mac_tag(core::ByteView tag, const Key256& key, std::string_view purpose,
                std::initializer_list<core::ByteView> fields) {
  return equal_constant_time(tag, make_mac_tag(key, purpose, fields));
}

}  // namespace crypto
