// Result<T>: the one model of failure in the server. Whatever a caller, citizen, network or disk
// can cause comes back as an Error; exceptions of libraries are turned into one in the file that
// wraps the library. Value types, safe to use from any thread.
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>

namespace core {

/// What kind of failure it is. Closed: the HTTP status follows from it in http/problem.cpp alone.
enum class ErrorCode {
  kInvalidInput,     ///< the request itself is wrong; repeating it cannot help
  kUnauthenticated,  ///< no session, or credentials that do not match
  kForbidden,        ///< known caller without the right, level or proof for this
  kNotFound,         ///< no such thing, or not visible to this caller
  kConflict,         ///< the state does not allow it (already done, changed meanwhile)
  kLimited,          ///< too many or too much; retry_after_s may say when to come back
  kUnavailable,      ///< something outside or the machine does not answer now; retry can help
  kInternal,         ///< our own fault
};

/// One failure: a code, a stable dotted reason that clients and translations may rely on, and a
/// detail that is logged and never sent. Neither may hold personal data or secrets.
struct Error {
  ErrorCode code = ErrorCode::kInternal;
  std::string reason;      ///< e.g. "challenge.code_wrong"; stable across versions
  std::string detail;      ///< internal, for the log
  int retry_after_s = 0;   ///< seconds, only with kLimited and kUnavailable; 0 = unknown
  int attempts_left = -1;  ///< only where a person has a bounded number of tries; -1 = not said
};

template <typename T>
using Result = tl::expected<T, Error>;
using Status = Result<void>;

/// Makes the failing side of a Result.
[[nodiscard]] inline tl::unexpected<Error> fail(ErrorCode code, std::string_view reason,
                                                std::string detail = {}) {
  return tl::unexpected<Error>(Error{code, std::string(reason), std::move(detail)});
}

/// Passes an error on as it is.
[[nodiscard]] inline tl::unexpected<Error> fail(Error error) {
  return tl::unexpected<Error>(std::move(error));
}

/// The code's name as it stands in logs ("invalid_input").
[[nodiscard]] std::string_view name_of(ErrorCode code);

}  // namespace core

#define CORE_TRY_JOIN2(a, b) a##b
#define CORE_TRY_JOIN(a, b) CORE_TRY_JOIN2(a, b)
#define CORE_TRY_IMPL(result, declaration, expression)         \
  auto&& result = (expression);                                \
  if (!result) return ::core::fail(std::move(result).error()); \
  declaration = *std::forward<decltype(result)>(result)
#define CORE_TRY_VOID_IMPL(result, expression) \
  auto&& result = (expression);                \
  if (!result) return ::core::fail(std::move(result).error())

/// TRY(auto x, f());  x is the value, or the function returns f's error.
/// Several statements: never the body of an unbraced `if`.
#define TRY(declaration, ...) \
  CORE_TRY_IMPL(CORE_TRY_JOIN(try_result_, __COUNTER__), declaration, (__VA_ARGS__))
/// TRY_VOID(f());  the same for Status.
#define TRY_VOID(...) CORE_TRY_VOID_IMPL(CORE_TRY_JOIN(try_result_, __COUNTER__), (__VA_ARGS__))
