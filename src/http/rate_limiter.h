// RateLimiter: token buckets by limit name and client network, in bounded memory. When a new bucket
// has no room the one untouched for longest makes it: its owner starts afresh with a full bucket,
// which is the price of a bound. Time is an argument. Safe from any thread.
#pragma once

#include <cstdint>
#include <list>
#include <mutex>
#include <string_view>
#include <unordered_map>

#include "core/instant.h"
#include "core/result.h"
#include "http/client_address.h"
#include "http/limits.h"
#include "http/route.h"

namespace http {

class RateLimiter {
 public:
  /// @param scale  multiplies burst and refill; 0 lets everything through.
  explicit RateLimiter(double scale, std::size_t buckets_max = kRateBucketsMax)
      : scale_(scale), buckets_max_(buckets_max) {}

  /// Takes one token.
  /// Errors: kLimited "http.rate_limited" with retry_after_s until the next token.
  [[nodiscard]] core::Status take(const RateLimit& limit, const ClientPrefix& client,
                                  core::Instant now);
  [[nodiscard]] std::size_t size() const;

 private:
  struct Key {
    std::string_view name;
    ClientPrefix client;
    friend bool operator==(const Key&, const Key&) = default;
  };
  struct KeyHash {
    std::size_t operator()(const Key& key) const;
  };
  struct Bucket {
    Key key;
    double tokens = 0.0;
    core::Instant filled_at;
  };
  Bucket& touch(const Key& key, double burst, core::Instant now);

  double scale_;
  std::size_t buckets_max_;
  mutable std::mutex mutex_;
  std::list<Bucket> buckets_;  ///< most recently touched first
  std::unordered_map<Key, std::list<Bucket>::iterator, KeyHash> index_;
};

}  // namespace http
