#include "core/tick_counters.h"

#include <algorithm>

namespace core {

std::uint16_t TickCounters::next(std::uint64_t millis, std::uint16_t first) {
  auto& slot = slots_[millis % kSlots];
  auto seen = slot.load(std::memory_order_relaxed);
  for (;;) {
    // A slot holds the millisecond and the number after the last one; zero is an empty slot.
    const bool same = seen != 0 && seen >> (kBits + 1U) == millis;
    const auto after = seen & ((2U << kBits) - 1U);
    const auto number = same ? std::min<std::uint64_t>(after, kMax) : first;
    const auto wanted = millis << (kBits + 1U) | (number + 1);
    if (slot.compare_exchange_weak(seen, wanted, std::memory_order_relaxed)) {
      return static_cast<std::uint16_t>(number);
    }
  }
}

}  // namespace core
