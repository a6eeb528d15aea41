// ResponseWriter: puts a Response on the wire: status line, Date, the security fields every answer
// carries, and the framing fields. Internal to the HTTP room. One per socket thread: it keeps the
// Date text of the current second.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/instant.h"
#include "core/strong_id.h"
#include "http/response.h"

namespace http {

/// The fields that are the same in every answer, built once from the configuration.
struct StandingFields {
  std::string text;  ///< "Name: value\r\n" lines

  struct Policy {
    bool hsts = false;
    std::string form_actions = {};  ///< besides 'self', separated by spaces
  };
  [[nodiscard]] static StandingFields make(const Policy& policy);
};

/// A response that never changes, in two pieces around the Date.
struct FrozenResponse {
  std::string before_date;
  std::string after_date;
};

class ResponseWriter {
 public:
  explicit ResponseWriter(const StandingFields& standing) : standing_(standing) {}

  struct Framing {
    bool keep_alive = true;
    bool head_only = false;  ///< the answer to HEAD: Content-Length, but no body
    bool http11 = true;
    core::Instant now = {};
    core::UuidBytes request_id{};
  };
  /// Appends the head, and the body if it is one of the response's own; a shared body is left to
  /// the caller. A field that cannot be sent as it is turns the answer into an empty 500.
  void append(std::string& out, const Response& response, const Framing& framing);

  /// For answers over persistent connections only.
  [[nodiscard]] static FrozenResponse freeze(const Response& response,
                                             const StandingFields& standing);
  void append(std::string& out, const FrozenResponse& frozen, core::Instant now);

 private:
  [[nodiscard]] std::string_view date(core::Instant now);

  const StandingFields& standing_;
  std::int64_t date_second_ = -1;
  std::string date_;
};

/// "OK" for 200, and so on; "Status" for a number nobody gave a name.
[[nodiscard]] std::string_view status_text(int status);

}  // namespace http
