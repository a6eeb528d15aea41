// Rng: randomness as an argument, so that domain code is deterministic under test. The real one is
// crypto::SystemRng; simulations pass a seeded one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "core/bytes.h"
#include "core/tick_counters.h"

namespace core {

/// A source of random bytes. Implementations must be safe to call from any thread.
class Rng {
 public:
  virtual ~Rng() = default;
  /// Fills the whole span; never fails (an implementation that cannot deliver must abort).
  virtual void fill(std::span<std::uint8_t> out) = 0;
  /// The order of the ids that are made with this source: a process has one of them, a test one of
  /// its own, so that ids need no global state.
  [[nodiscard]] TickCounters& ticks() { return ticks_; }

 private:
  TickCounters ticks_;
};

/// `size` random bytes.
[[nodiscard]] inline Bytes random_bytes(Rng& rng, std::size_t size) {
  Bytes bytes(size);
  rng.fill(bytes);
  return bytes;
}

/// A number in [0, bound) without modulo bias; bound >= 1.
[[nodiscard]] inline std::uint64_t random_below(Rng& rng, std::uint64_t bound) {
  const std::uint64_t limit = UINT64_MAX - UINT64_MAX % bound;
  for (;;) {
    std::uint64_t value = 0;
    rng.fill({reinterpret_cast<std::uint8_t*>(&value), sizeof value});
    if (value < limit) return value % bound;
  }
}

}  // namespace core
