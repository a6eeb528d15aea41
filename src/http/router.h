// Router: the route table and the way from a method and a path to a route. Paths are compared byte
// by byte as sent, without dot or slash normalisation, so that no second spelling of a path slips
// past a check. Immutable after make(); safe from any thread.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/result.h"
#include "http/route.h"

namespace http {

class Router {
 public:
  /// Errors: kInternal "http.route_invalid" (detail names the route): malformed or doubled pattern,
  /// no handler and no constant, no operation_id, HEAD registered, or kInline that is not kPublic.
  [[nodiscard]] static core::Result<Router> make(std::vector<Route> routes);

  Router(Router&&) noexcept;
  Router& operator=(Router&&) noexcept;
  ~Router();

  struct Found {
    std::size_t index = 0;                                         ///< into routes()
    std::vector<std::pair<std::string, std::string>> path_params;  ///< percent-decoded
  };
  struct WrongMethod {
    std::string allow;  ///< the Allow field: "GET, HEAD, OPTIONS"
  };
  struct NotFound {};
  using Match = std::variant<NotFound, WrongMethod, Found>;

  /// HEAD finds the GET route. A static segment wins over a {param}, unless it leads to no route at
  /// all. A param that does not percent-decode, is empty or holds a slash after decoding is not
  /// found.
  [[nodiscard]] Match match(Method method, std::string_view path) const;
  /// The Allow field of a path; empty if no route has it.
  [[nodiscard]] std::string allow(std::string_view path) const;
  [[nodiscard]] const std::vector<Route>& routes() const { return routes_; }

 private:
  struct Node;
  explicit Router(std::vector<Route> routes);
  [[nodiscard]] core::Status insert(std::size_t index);
  [[nodiscard]] const Node* walk(std::string_view path,
                                 std::vector<std::string_view>& values) const;

  std::vector<Route> routes_;
  std::unique_ptr<Node> root_;
};

}  // namespace http
