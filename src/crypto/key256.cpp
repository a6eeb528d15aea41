#include "crypto/key256.h"

#include <algorithm>

#include "core/secret.h"

namespace crypto {

Key256::Key256(std::span<const std::uint8_t, kBytes> bytes) {
  std::copy(bytes.begin(), bytes.end(), bytes_.begin());
}

Key256::~Key256() { core::wipe(bytes_.data(), bytes_.size()); }

Key256::Key256(Key256&& other) noexcept : bytes_(other.bytes_) {
  core::wipe(other.bytes_.data(), other.bytes_.size());
}

Key256& Key256::operator=(Key256&& other) noexcept {
  if (this != &other) {
    bytes_ = other.bytes_;
    core::wipe(other.bytes_.data(), other.bytes_.size());
  }
  return *this;
}

Key256 Key256::generate(core::Rng& rng) {
  Key256 key;
  rng.fill(key.bytes_);
  return key;
}

core::Result<Key256> Key256::from_bytes(core::ByteView bytes) {
  if (bytes.size() != kBytes) return core::fail(core::ErrorCode::kInternal, "key.length");
  return Key256(bytes.first<kBytes>());
}

}  // namespace crypto
