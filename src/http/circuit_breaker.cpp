#include "http/circuit_breaker.h"

#include <algorithm>

namespace http {

core::Status CircuitBreaker::admit(core::Instant now) {
  const std::lock_guard lock(mutex_);
  if (state_ == State::kClosed) return {};
  if (now < until_) {
    core::Error error{core::ErrorCode::kUnavailable, "client.circuit_open", {}};
    error.retry_after_s = static_cast<int>(
        std::max<std::int64_t>(1, std::chrono::ceil<std::chrono::seconds>(until_ - now).count()));
    return core::fail(std::move(error));
  }
  state_ = State::kHalfOpen;
  until_ = now + policy_.open_for;
  return {};
}

void CircuitBreaker::report(bool healthy, core::Instant now) {
  const std::lock_guard lock(mutex_);
  if (state_ == State::kOpen) return;  // a call admitted before it opened
  if (healthy) {
    state_ = State::kClosed;
    failures_ = 0;
    return;
  }
  ++failures_;
  if (state_ == State::kHalfOpen || failures_ >= policy_.failures_max) {
    state_ = State::kOpen;
    until_ = now + policy_.open_for;
  }
}

CircuitBreaker::State CircuitBreaker::state() const {
  const std::lock_guard lock(mutex_);
  return state_;
}

}  // namespace http
