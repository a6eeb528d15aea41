// Route: one line of the route table: what is asked, who may ask, how often, how much, and which
// function answers. The table is data: a test walks it, `beresta routes` prints it. Value types.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "http/limits.h"
#include "http/method.h"
#include "http/request.h"
#include "http/response.h"

namespace http {

/// Answers one request. An Error becomes a problem document in problem.cpp and nowhere else.
/// Called from several threads at once.
using Handler = std::function<core::Result<Response>(const Request&)>;

enum class AuthPolicy {
  kPublic,           ///< the session is not even looked at
  kOptionalSession,  ///< has_subject() tells
  kSession,          ///< 401 "http.unauthenticated" without one
};

enum class Execution {
  kWorker,     ///< on the worker pool; may use the database
  kInline,     ///< on the socket's thread: computes only, never waits; needs AuthPolicy::kPublic
  kKeyedRead,  ///< reads a few rows by their keys and waits for no write: on the socket's thread
               ///< where the database is part of this process, else on the worker pool
};
[[nodiscard]] constexpr std::string_view name_of(Execution execution) {
  if (execution == Execution::kInline) return "inline";
  return execution == Execution::kKeyedRead ? "keyed_read" : "worker";
}

/// A token bucket per client network (/24 or /64). Routes with one name share one bucket.
struct RateLimit {
  std::string_view name;    ///< a literal: it lives as long as the process
  int burst = 0;            ///< requests at once; 0 = not limited (health, static)
  double per_second = 0.0;  ///< refill, tokens per second
};

struct Route {
  Method method = Method::kGet;
  std::string pattern;       ///< "/api/v1/consents/{consent_id}"; no trailing slash but "/"
  std::string operation_id;  ///< the operationId of docs/api/openapi.yaml
  AuthPolicy auth = AuthPolicy::kSession;
  RateLimit limit;
  std::size_t body_bytes_max = kBodyBytesMax;
  Execution execution = Execution::kWorker;
  /// With kKeyedRead: true for a request that has to wait after all and so goes to a worker.
  std::function<bool(const Request&)> waits;
  /// True for calls that no browser page makes with a cookie (relying parties' token calls).
  bool csrf_exempt = false;
  /// What a request body must be; empty = any. Else 415 "http.media_type".
  std::string body_media_type = "application/json";
  Handler handler;
  /// How this route words an error; empty = a problem document. For protocols with a form of their
  /// own (RFC 6749, section 5.2).
  std::function<Response(const core::Error&)> render_error;
  /// Pages of any origin may call it and read the answer (CORS); their cookies stay unread.
  bool any_origin = false;
  /// Instead of a handler: one answer for everybody, serialised once. Always inline and public.
  std::optional<Response> constant;
};

}  // namespace http
