// CircuitBreaker: stops asking a peer that keeps failing, so that its outage costs our callers a
// moment and not a timeout each. closed -> (failures in a row) -> open -> (pause) -> half-open: one
// trial call decides. Time is an argument. Safe from any thread.
#pragma once

#include <mutex>

#include "core/instant.h"
#include "core/result.h"

namespace http {

struct CircuitPolicy {
  int failures_max = 5;                                ///< in a row, until it opens; >= 1
  core::Duration open_for = std::chrono::seconds(15);  ///< until one trial is let through
};

class CircuitBreaker {
 public:
  enum class State { kClosed, kOpen, kHalfOpen };

  explicit CircuitBreaker(CircuitPolicy policy) : policy_(policy) {}

  /// Asks before a call; after success each admitted call must end in report().
  /// Errors: kUnavailable "client.circuit_open" with retry_after_s, while open or on trial. A trial
  /// that never reported is given up after open_for.
  [[nodiscard]] core::Status admit(core::Instant now);
  /// @param healthy  whether the peer answered at all; a refusal in its own words is healthy.
  void report(bool healthy, core::Instant now);
  [[nodiscard]] State state() const;

 private:
  CircuitPolicy policy_;
  mutable std::mutex mutex_;
  State state_ = State::kClosed;
  int failures_ = 0;
  core::Instant until_;
};

}  // namespace http
