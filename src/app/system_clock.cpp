#include "app/system_clock.h"

#include <chrono>

namespace app {

core::Instant SystemClock::now() const {
  const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
  return core::Instant::from_micros(
      std::chrono::duration_cast<std::chrono::microseconds>(since_epoch).count());
}

}  // namespace app
