// Key256: a 256-bit symmetric key that is wiped when it goes away, cannot be printed or compared
// by accident, and is copied only by a named call. Value type; reading from many threads is safe.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "core/bytes.h"
#include "core/result.h"
#include "core/rng.h"

namespace crypto {

class Key256 {
 public:
  static constexpr std::size_t kBytes = 32;

  /// Takes a copy; wiping the original is the caller's part.
  explicit Key256(std::span<const std::uint8_t, kBytes> bytes);
  ~Key256();

  /// Moving wipes the source, which then holds zeros and must not be used.
  Key256(Key256&& other) noexcept;
  Key256& operator=(Key256&& other) noexcept;
  Key256(const Key256&) = delete;
  Key256& operator=(const Key256&) = delete;

  /// A new random key.
  [[nodiscard]] static Key256 generate(core::Rng& rng);
  /// Errors: kInternal "key.length" not 32 bytes.
  [[nodiscard]] static core::Result<Key256> from_bytes(core::ByteView bytes);

  /// A second copy, for a cache that must outlive its source.
  [[nodiscard]] Key256 clone() const { return Key256(bytes_); }
  /// The key itself, valid as long as this object. Search for this word to find every reader.
  [[nodiscard]] core::ByteView reveal() const { return bytes_; }

 private:
  Key256() = default;
  std::array<std::uint8_t, kBytes> bytes_{};
};

}  // namespace crypto
