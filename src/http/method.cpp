#include "http/method.h"

#include <array>
#include <utility>

namespace http {
namespace {

constexpr std::array<std::pair<std::string_view, Method>, 6> kNames{{{"GET", Method::kGet},
                                                                     {"POST", Method::kPost},
                                                                     {"PUT", Method::kPut},
                                                                     {"PATCH", Method::kPatch},
                                                                     {"DELETE", Method::kDelete},
                                                                     {"HEAD", Method::kHead}}};

}  // namespace

std::string_view name_of(Method method) {
  for (const auto& [name, value] : kNames) {
    if (value == method) return name;
  }
  return "-";
}

std::optional<Method> find_method(std::string_view name) {
  for (const auto& [known, value] : kNames) {
    if (known == name) return value;
  }
  return std::nullopt;
}

}  // namespace http
