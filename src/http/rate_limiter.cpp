#include "http/rate_limiter.h"

#include <algorithm>
#include <cmath>
#include <functional>

#include "core/bytes.h"

namespace http {

std::size_t RateLimiter::KeyHash::operator()(const Key& key) const {
  const std::hash<std::string_view> hash;
  return hash(key.name) * 31 + hash(core::as_text(key.client.bytes));
}

RateLimiter::Bucket& RateLimiter::touch(const Key& key, double burst, core::Instant now) {
  const auto known = index_.find(key);
  if (known != index_.end()) {
    buckets_.splice(buckets_.begin(), buckets_, known->second);
    return buckets_.front();
  }
  if (buckets_.size() >= buckets_max_) {
    index_.erase(buckets_.back().key);
    buckets_.pop_back();
  }
  buckets_.push_front(Bucket{key, burst, now});
  index_.emplace(key, buckets_.begin());
  return buckets_.front();
}

core::Status RateLimiter::take(const RateLimit& limit, const ClientPrefix& client,
                               core::Instant now) {
  if (limit.burst <= 0 || scale_ <= 0.0) return {};
  const double burst = std::max(1.0, limit.burst * scale_);
  const double per_second = limit.per_second * scale_;

  const std::lock_guard lock(mutex_);
  auto& bucket = touch(Key{limit.name, client}, burst, now);
  // A clock stepped back gives nothing and takes nothing.
  const double passed = std::max(0.0, static_cast<double>((now - bucket.filled_at).count()) / 1e6);
  bucket.tokens = std::min(burst, bucket.tokens + passed * per_second);
  bucket.filled_at = now;
  if (bucket.tokens >= 1.0) {
    bucket.tokens -= 1.0;
    return {};
  }
  constexpr double kWaitMax = 3600.0;
  const double wait = per_second > 0.0 ? (1.0 - bucket.tokens) / per_second : kWaitMax;
  core::Error error{core::ErrorCode::kLimited, "http.rate_limited", {}};
  error.retry_after_s = static_cast<int>(std::ceil(std::min(wait, kWaitMax)));
  return core::fail(std::move(error));
}

std::size_t RateLimiter::size() const {
  const std::lock_guard lock(mutex_);
  return buckets_.size();
}

}  // namespace http
