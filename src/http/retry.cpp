#include "http/retry.h"

namespace http {

std::chrono::milliseconds wait_before(const RetryPolicy& policy, int attempt) {
  auto wait = policy.first_wait;
  for (int i = 2; i < attempt && wait < policy.wait_max; ++i) wait *= 2;
  return std::min(wait, policy.wait_max);
}

}  // namespace http
