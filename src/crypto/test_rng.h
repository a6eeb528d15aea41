// Random sources for this room's tests: fixed bytes, so that a published vector's nonce can be
// given, and a plain counter. Not thread-safe.
#pragma once

#include <string_view>
#include <utility>

#include "core/assert.h"
#include "core/bytes.h"
#include "core/rng.h"

namespace crypto {

/// The bytes of a hexadecimal literal; aborts on a mistake in the test itself.
inline core::Bytes hex(std::string_view text) {
  auto bytes = core::from_hex(text);
  CORE_ASSERT(bytes.has_value());
  return *std::move(bytes);
}

/// Delivers the given bytes one after another and aborts when they are used up.
class FixedRng final : public core::Rng {
 public:
  explicit FixedRng(core::Bytes bytes) : bytes_(std::move(bytes)) {}
  void fill(std::span<std::uint8_t> out) override {
    for (std::uint8_t& byte : out) {
      CORE_ASSERT(next_ < bytes_.size());
      byte = bytes_[next_++];
    }
  }

 private:
  core::Bytes bytes_;
  std::size_t next_ = 0;
};

}  // namespace crypto
