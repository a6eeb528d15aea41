#include "http/router.h"

#include <algorithm>
#include <array>
#include <map>

#include "http/parameters.h"
#include "http/text.h"

namespace http {
namespace {

using core::ErrorCode;

constexpr std::size_t kMethods = 6;
constexpr std::size_t kSegmentsMax = 16;

core::Status route_invalid(const Route& route, std::string_view why) {
  return core::fail(
      ErrorCode::kInternal, "http.route_invalid",
      std::string(name_of(route.method)) + " " + route.pattern + ": " + std::string(why));
}

bool is_param(std::string_view segment) {
  return segment.size() > 2 && segment.front() == '{' && segment.back() == '}';
}

core::Status check(const Route& route) {
  const bool rooted = route.pattern.starts_with('/');
  const bool trailing = route.pattern.size() > 1 && route.pattern.ends_with('/');
  if (!rooted || trailing) return route_invalid(route, "pattern");
  if (!route.handler == !route.constant)
    return route_invalid(route, "needs a handler or a constant");
  if (route.operation_id.empty()) return route_invalid(route, "no operation_id");
  if (route.method == Method::kHead) return route_invalid(route, "HEAD is answered by GET");
  const bool waits_never = route.execution == Execution::kInline || route.constant;
  if (waits_never && route.auth != AuthPolicy::kPublic) {
    return route_invalid(route, "an inline route cannot wait for a session");
  }
  return {};
}

}  // namespace

struct Router::Node {
  std::map<std::string, std::unique_ptr<Node>, std::less<>> children;
  std::unique_ptr<Node> param;
  std::array<std::size_t, kMethods> route{};  ///< index + 1; 0 = none

  [[nodiscard]] bool has_route() const {
    return std::any_of(route.begin(), route.end(), [](auto index) { return index != 0; });
  }
  /// The node the rest of a path leads to. A static segment wins; only where it leads to no route
  /// at all is the parameter tried: /a/me/picture must not hide /a/{id} from "/a/me".
  [[nodiscard]] const Node* find(std::string_view rest, std::size_t depth,
                                 std::vector<std::string_view>& values) const {
    if (rest.empty()) return has_route() ? this : nullptr;
    const auto segment = next_part(rest, '/');
    if (segment.empty() || depth == kSegmentsMax) return nullptr;
    const auto child = children.find(segment);
    if (child != children.end()) {
      if (const auto* found = child->second->find(rest, depth + 1, values)) return found;
    }
    if (!param) return nullptr;
    values.push_back(segment);
    const auto* found = param->find(rest, depth + 1, values);
    if (found == nullptr) values.pop_back();
    return found;
  }
};

Router::Router(std::vector<Route> routes)
    : routes_(std::move(routes)), root_(std::make_unique<Node>()) {}
Router::Router(Router&&) noexcept = default;
Router& Router::operator=(Router&&) noexcept = default;
Router::~Router() = default;

core::Result<Router> Router::make(std::vector<Route> routes) {
  Router router(std::move(routes));
  for (std::size_t i = 0; i < router.routes_.size(); ++i) {
    TRY_VOID(check(router.routes_[i]));
    TRY_VOID(router.insert(i));
  }
  return router;
}

core::Status Router::insert(std::size_t index) {
  const auto& route = routes_[index];
  std::string_view rest = std::string_view(route.pattern).substr(1);
  Node* node = root_.get();
  for (std::size_t depth = 0; !rest.empty(); ++depth) {
    const auto segment = next_part(rest, '/');
    if (segment.empty() || depth == kSegmentsMax) return route_invalid(route, "segments");
    auto& child = is_param(segment) ? node->param : node->children[std::string(segment)];
    if (!child) child = std::make_unique<Node>();
    node = child.get();
  }
  auto& slot = node->route[static_cast<std::size_t>(route.method)];
  if (slot != 0) return route_invalid(route, "registered twice");
  slot = index + 1;
  return {};
}

const Router::Node* Router::walk(std::string_view path,
                                 std::vector<std::string_view>& values) const {
  if (!path.starts_with('/')) return nullptr;
  if (path.size() > 1 && path.ends_with('/')) return nullptr;
  return root_->find(path.substr(1), 0, values);
}

std::string Router::allow(std::string_view path) const {
  std::vector<std::string_view> values;
  const Node* node = walk(path, values);
  if (node == nullptr) return {};
  std::string allow;
  for (std::size_t i = 0; i < kMethods; ++i) {
    if (node->route[i] == 0) continue;
    const auto method = static_cast<Method>(i);
    allow += std::string(name_of(method)) + ", ";
    if (method == Method::kGet) allow += "HEAD, ";
  }
  return allow + "OPTIONS";
}

Router::Match Router::match(Method method, std::string_view path) const {
  std::vector<std::string_view> values;
  const Node* node = walk(path, values);
  if (node == nullptr) return NotFound{};
  const auto asked = method == Method::kHead ? Method::kGet : method;
  const auto slot = node->route[static_cast<std::size_t>(asked)];
  if (slot == 0) return WrongMethod{allow(path)};

  Found found;
  found.index = slot - 1;
  std::string_view pattern = std::string_view(routes_[found.index].pattern).substr(1);
  std::size_t next = 0;
  while (!pattern.empty()) {
    const auto segment = next_part(pattern, '/');
    if (!is_param(segment)) continue;
    auto value = percent_decode(values[next++], false);
    if (!value || value->empty() || value->find('/') != std::string::npos) return NotFound{};
    found.path_params.emplace_back(segment.substr(1, segment.size() - 2), std::move(*value));
  }
  return found;
}

}  // namespace http
