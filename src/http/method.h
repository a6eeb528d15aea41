// The request methods a route may be registered for. OPTIONS is answered by the server itself and
// HEAD by the GET route, so neither needs a handler. Value types.
#pragma once

#include <optional>
#include <string_view>

namespace http {

enum class Method { kGet, kPost, kPut, kPatch, kDelete, kHead };

/// "GET".
[[nodiscard]] std::string_view name_of(Method method);

/// Case-sensitive, as RFC 9110 wants; empty for any other method.
[[nodiscard]] std::optional<Method> find_method(std::string_view name);

/// GET and HEAD: no effect that the caller asked for, so no CSRF check.
[[nodiscard]] constexpr bool is_safe(Method method) {
  return method == Method::kGet || method == Method::kHead;
}

}  // namespace http
