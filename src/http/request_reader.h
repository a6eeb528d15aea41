// RequestReader: turns the bytes of one connection into requests, one after another, with Beast's
// parser inside and stricter than it where request smuggling begins: one Content-Length of digits,
// no Transfer-Encoding but "chunked", exactly one Host, no folded lines, no bare line feed.
// Internal to the HTTP room; belongs to one connection.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/result.h"

namespace http {

/// The head of a request. Views point into the bytes given to read_head and live as long.
struct Head {
  std::string_view method;
  std::string_view path;   ///< still percent-encoded; "*" for "OPTIONS *"
  std::string_view query;  ///< after '?', without it
  std::vector<std::pair<std::string_view, std::string_view>> fields;  ///< names as sent
  std::optional<std::uint64_t> content_length;
  bool http11 = true;
  bool chunked = false;
  bool keep_alive = true;
  bool expects_continue = false;

  /// The first field of that name, without regard to case; empty if absent.
  [[nodiscard]] std::string_view field(std::string_view name) const;
  [[nodiscard]] bool has_body() const { return chunked || content_length.value_or(0) > 0; }
};

class RequestReader {
 public:
  RequestReader();
  RequestReader(const RequestReader&) = delete;
  RequestReader& operator=(const RequestReader&) = delete;
  ~RequestReader();

  /// Reads a head from the front of `buffered`, which holds all bytes since the request began and
  /// does not move until the request is answered. Returns how many bytes it took; 0 = need more.
  /// Errors: kInvalidInput "http.malformed", "http.header_too_large", "http.uri_too_long",
  ///         "http.version", "http.transfer_encoding", "http.expectation". After any: answer,
  ///         close.
  [[nodiscard]] core::Result<std::size_t> read_head(std::string_view buffered);
  [[nodiscard]] const Head& head() const;

  /// Says how long the body may be; after read_head, before read_body.
  /// Errors: kInvalidInput "http.body_too_large" when Content-Length already says more.
  [[nodiscard]] core::Status limit_body(std::size_t bytes_max);
  /// Takes body bytes from the front of `buffered`; returns how many it took.
  /// Errors: kInvalidInput "http.body_too_large" or "http.malformed" (chunk framing).
  [[nodiscard]] core::Result<std::size_t> read_body(std::string_view buffered);
  [[nodiscard]] bool complete() const;
  [[nodiscard]] std::string take_body();

 private:
  class Parser;
  [[nodiscard]] core::Status check_head();
  [[nodiscard]] core::Status split_target();

  std::unique_ptr<Parser> parser_;
  std::size_t scanned_ = 0;  ///< bytes of the head already searched for its end
};

}  // namespace http
