// TickCounters: keeps the order of what is made within one millisecond. An id that has the moment
// in front and randomness behind it says nothing about the order of two of one transaction; with a
// number from here between them it does. Safe from any thread, without locks.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>

namespace core {

class TickCounters {
 public:
  static constexpr int kBits = 12;
  static constexpr std::uint16_t kMax = (1U << kBits) - 1;

  /// The next number of this millisecond: `first` for the first, then one more each time. A
  /// millisecond that has used its numbers up gets the last one again and again, and what is made
  /// then is in no order. Milliseconds that are a multiple of kSlots apart forget each other.
  /// @param millis  since 1970, below 2^48.
  /// @param first  at most kMax; random in its lower half leaves room and tells nobody how much
  ///               was made before.
  /// Source: RFC 9562, section 6.2, method 1 (fixed-length dedicated counter).
  [[nodiscard]] std::uint16_t next(std::uint64_t millis, std::uint16_t first);

 private:
  /// Threads take their moments before they make ids, so neighbouring milliseconds interleave.
  static constexpr std::size_t kSlots = 64;

  std::array<std::atomic<std::uint64_t>, kSlots> slots_{};
};

}  // namespace core
