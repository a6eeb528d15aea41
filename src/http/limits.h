// Every bound the HTTP room keeps, by name. Each answers a way of hurting the server that costs the
// attacker little: slow bytes, long headers, many sockets, many names. Constants.
#pragma once

#include <chrono>
#include <cstddef>

namespace http {

/// Request line and fields together; over it: 431 "http.header_too_large".
inline constexpr std::size_t kHeaderBytesMax = std::size_t{16} * 1024;
/// Request target; over it: 414 "http.uri_too_long".
inline constexpr std::size_t kTargetBytesMax = std::size_t{8} * 1024;
/// Request body unless the route says otherwise; over it: 413 "http.body_too_large".
inline constexpr std::size_t kBodyBytesMax = std::size_t{1024} * 1024;
/// Fields in one request; over it: 431 "http.header_too_large".
inline constexpr std::size_t kHeaderFieldsMax = 100;
/// Parameters in one query or form body.
inline constexpr std::size_t kParametersMax = 64;
/// Cookies looked at in one request; the rest is not read.
inline constexpr std::size_t kCookiesMax = 64;

/// From the first byte of a request to the end of its header; over it: 408 "http.header_timeout".
inline constexpr std::chrono::milliseconds kHeaderTimeout{10'000};
/// From the end of the header to the end of the body; over it: 408 "http.body_timeout".
inline constexpr std::chrono::milliseconds kBodyTimeout{30'000};
/// Between two requests of one connection; over it the connection is closed without a word.
inline constexpr std::chrono::milliseconds kIdleTimeout{60'000};
/// For a peer to take one response; over it the connection is closed.
inline constexpr std::chrono::milliseconds kWriteTimeout{60'000};

/// Open sockets of one listener; the next one is told 503 "http.too_many_connections" and closed.
inline constexpr std::size_t kConnectionsMax = 10'000;
/// Requests waiting for a worker; the next one is told 503 "http.queue_full" at once.
inline constexpr std::size_t kWorkerQueueMax = 1024;
/// Token buckets kept by the rate limiter; the longest untouched makes room.
inline constexpr std::size_t kRateBucketsMax = std::size_t{64} * 1024;
/// What a refused client is asked to wait, where nothing better is known; seconds.
inline constexpr int kRetryAfterSeconds = 2;

/// Static files held in memory, one and all together, and their number.
inline constexpr std::size_t kStaticFileBytesMax = std::size_t{16} * 1024 * 1024;
inline constexpr std::size_t kStaticBytesMax = std::size_t{128} * 1024 * 1024;
inline constexpr std::size_t kStaticFilesMax = 4096;

}  // namespace http
