// SystemClock: the one place where the server reads the time. Everything else is told it. Stateless
// and safe from any thread.
#pragma once

#include "http/server.h"

namespace app {

class SystemClock final : public http::Clock {
 public:
  /// The machine's idea of now, in microseconds UTC.
  [[nodiscard]] core::Instant now() const override;
};

}  // namespace app
