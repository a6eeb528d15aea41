// Authenticator: how the server learns who asks, in the server's own words; app/ plugs the identity
// room in. Called on worker threads, from several at once.
#pragma once

#include <optional>

#include "core/result.h"
#include "http/request.h"

namespace http {

class Authenticator {
 public:
  virtual ~Authenticator() = default;

  /// The live session this request carries, or empty if it carries none (or a dead one).
  /// Errors: any; ends the request (kUnavailable when the store does not answer).
  [[nodiscard]] virtual core::Result<std::optional<Subject>> authenticate(const Request&) = 0;

  /// Whether X-CSRF-Token belongs to this session. The server has already checked Sec-Fetch-Site
  /// and Origin. Compare in constant time.
  [[nodiscard]] virtual bool csrf_ok(const Request&, const Subject&) = 0;
};

}  // namespace http
