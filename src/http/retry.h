// Retry: repeats an idempotent call a bounded number of times while it fails for a passing reason.
// Waiting is an argument, so tests do not sleep. Stateless.
#pragma once

#include <algorithm>
#include <chrono>
#include <functional>

#include "core/result.h"

namespace http {

struct RetryPolicy {
  int attempts_max = 3;  ///< the first call included; >= 1
  std::chrono::milliseconds first_wait{100};
  std::chrono::milliseconds wait_max{2'000};
};

using Sleep = std::function<void(std::chrono::milliseconds)>;

/// The wait before attempt number `attempt` (2, 3, ...): doubles from first_wait up to wait_max.
[[nodiscard]] std::chrono::milliseconds wait_before(const RetryPolicy& policy, int attempt);

/// Calls until it succeeds, fails with anything but kUnavailable, or attempts_max is reached; then
/// the last result. Only for calls that may safely happen twice.
template <typename Call>
[[nodiscard]] auto with_retry(const RetryPolicy& policy, const Sleep& sleep, Call&& call) {
  auto result = call();
  for (int attempt = 2; attempt <= policy.attempts_max; ++attempt) {
    if (result || result.error().code != core::ErrorCode::kUnavailable) break;
    sleep(wait_before(policy, attempt));
    result = call();
  }
  return result;
}

}  // namespace http
