#include "http/dispatcher.h"

#include <fmt/ranges.h>

#include <exception>
#include <utility>

#include "http/text.h"

namespace http {
namespace {

using core::Error;
using core::ErrorCode;

StandingFields standing_of(const ServerConfig& config) {
  const bool tls = !config.tls.certificate_chain_file.empty();
  return StandingFields::make(
      {.hsts = config.hsts || tls,
       .form_actions = fmt::format("{}", fmt::join(config.form_action_origins, " "))});
}

// The language of a request that is refused before it became a Request.
Language language_of(const Head& head) {
  if (const auto kept = find_cookie(head.field("cookie"), "lang")) {
    if (const auto language = find_language(*kept)) return *language;
  }
  return negotiate_language(head.field("accept-language")).value_or(Language::kRu);
}

std::string lower(std::string_view text) {
  std::string lowered(text);
  for (char& c : lowered) c = to_lower(c);
  return lowered;
}

core::Status check_media_type(const Route& route, const Head& head) {
  if (!head.has_body() || route.body_media_type.empty()) return {};
  if (equal_no_case(media_type_of(head.field("content-type")), route.body_media_type)) return {};
  return core::fail(ErrorCode::kInvalidInput, "http.media_type");
}

}  // namespace

Dispatcher::Dispatcher(const ServerConfig& config, const Router& router,
                       const ProblemCatalogue& problems, const ServerPorts& ports)
    : config_(config),
      router_(router),
      problems_(problems),
      ports_(ports),
      standing_(standing_of(config)),
      limiter_(config.rate_scale) {
  for (const auto& route : router.routes()) {
    frozen_.push_back(route.constant
                          ? std::optional(ResponseWriter::freeze(*route.constant, standing_))
                          : std::nullopt);
  }
}

Response Dispatcher::problem(const Error& error, std::string_view route_pattern,
                             const ProblemContext& context) {
  ports_.log.error({route_pattern, error, context.request_id});
  return to_problem(error, problems_, context);
}

Response Dispatcher::word(const Error& error, const Route* route, const ProblemContext& context,
                          const codec::JsonObject& more) {
  if (route == nullptr) return problem(error, "-", context);
  auto response = route->render_error ? route->render_error(error)
                                      : to_problem(error, problems_, context, more);
  ports_.log.error({route->pattern, error, context.request_id});
  if (route->any_origin) response.with("Access-Control-Allow-Origin", "*");
  return response;
}

Admission Dispatcher::refuse(const Error& error, const Head& head, const Arrival& arrival,
                             const Route* route) {
  Admission admission;
  admission.answer = word(error, route, {language_of(head), arrival.request_id});
  if (route != nullptr) admission.route_pattern = route->pattern;
  return admission;
}

Admission Dispatcher::admit(const Head& head, const Arrival& arrival) {
  if (head.method == "OPTIONS") return options(head, arrival);
  const auto method = find_method(head.method);
  if (!method) return refuse({ErrorCode::kInvalidInput, "http.method_unknown", {}}, head, arrival);
  auto match = router_.match(*method, head.path);
  if (auto* found = std::get_if<Router::Found>(&match)) {
    return admit_route(head, *method, arrival, std::move(*found));
  }
  if (const auto* wrong = std::get_if<Router::WrongMethod>(&match)) {
    auto admission =
        refuse({ErrorCode::kInvalidInput, "http.method_not_allowed", {}}, head, arrival);
    admission.answer->with("Allow", wrong->allow);
    return admission;
  }
  return admit_unrouted(head, arrival);
}

Admission Dispatcher::admit_unrouted(const Head& head, const Arrival& arrival) {
  const bool reads = head.method == "GET" || head.method == "HEAD";
  if (files_ && reads) {
    auto file = files_->answer({.path = head.path,
                                .accept = head.field("accept"),
                                .accept_encoding = head.field("accept-encoding"),
                                .if_none_match = head.field("if-none-match")});
    if (file) {
      Admission admission;
      admission.answer = std::move(file);
      admission.route_pattern = "static";
      return admission;
    }
  }
  return refuse({ErrorCode::kNotFound, "http.not_found", {}}, head, arrival);
}

Admission Dispatcher::options(const Head& head, const Arrival& arrival) {
  const auto allow = head.path == "*" ? std::string("GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS")
                                      : router_.allow(head.path);
  if (allow.empty()) return refuse({ErrorCode::kNotFound, "http.not_found", {}}, head, arrival);
  Admission admission;
  admission.answer = no_content().with("Allow", allow);
  for (const auto method : {Method::kGet, Method::kPost}) {
    const auto match = router_.match(method, head.path);
    const auto* found = std::get_if<Router::Found>(&match);
    if (found == nullptr || !router_.routes()[found->index].any_origin) continue;
    admission.answer->with("Access-Control-Allow-Origin", "*")
        .with("Access-Control-Allow-Methods", allow)
        .with("Access-Control-Allow-Headers", "Authorization, Content-Type, DPoP")
        .with("Access-Control-Max-Age", "86400");
    break;
  }
  return admission;
}

ClientAddress Dispatcher::client_of(const Head& head, const ClientAddress& peer) const {
  if (config_.trusted_proxies.empty()) return peer;
  std::string forwarded_for;
  for (const auto& [name, value] : head.fields) {
    if (!equal_no_case(name, "x-forwarded-for")) continue;
    if (!forwarded_for.empty()) forwarded_for += ',';
    forwarded_for += value;
  }
  return client_behind(peer, forwarded_for, config_.trusted_proxies);
}

Admission Dispatcher::admit_route(const Head& head, Method method, const Arrival& arrival,
                                  Router::Found found) {
  const auto& route = router_.routes()[found.index];
  if (route.limit.burst > 0) {
    const auto taken =
        limiter_.take(route.limit, client_of(head, arrival.peer).prefix_key(), arrival.at);
    if (!taken) {
      refused_rate_.fetch_add(1, std::memory_order_relaxed);
      return refuse(taken.error(), head, arrival, &route);
    }
  }
  Admission admission;
  admission.route = &route;
  admission.route_pattern = route.pattern;
  const bool plain = method == Method::kGet && head.keep_alive && head.http11 && !head.has_body();
  if (plain && frozen_[found.index]) {
    admission.frozen = &*frozen_[found.index];
    return admission;
  }
  if (const auto media = check_media_type(route, head); !media) {
    return refuse(media.error(), head, arrival, &route);
  }
  auto request = make_request(head, method, arrival, found);
  if (!request) return refuse(request.error(), head, arrival, &route);
  admission.request = std::move(*request);
  return admission;
}

core::Result<Request> Dispatcher::make_request(const Head& head, Method method,
                                               const Arrival& arrival, Router::Found& found) const {
  RequestParts parts;
  TRY(parts.query, Parameters::parse(head.query));
  parts.method = method;
  parts.path = std::string(head.path);
  parts.path_params = std::move(found.path_params);
  parts.client = client_of(head, arrival.peer);
  parts.received_at = arrival.at;
  parts.request_id = arrival.request_id;
  parts.fields.reserve(head.fields.size());
  for (const auto& [name, value] : head.fields) {
    parts.fields.emplace_back(lower(name), std::string(value));
  }
  return Request(std::move(parts));
}

core::Status Dispatcher::check_origin(const Request& request) const {
  const auto refused = [](std::string_view what) {
    return core::fail(ErrorCode::kForbidden, "http.csrf", std::string(what));
  };
  const auto site = request.header("sec-fetch-site");
  if (site && *site != "same-origin" && *site != "none") return refused("sec-fetch-site");
  const auto origin = request.header("origin");
  if (!origin) return {};
  const std::string_view scheme = config_.tls.certificate_chain_file.empty() ? "http" : "https";
  const auto own = config_.public_origin.empty()
                       ? fmt::format("{}://{}", scheme, request.header("host").value_or(""))
                       : config_.public_origin;
  if (!equal_no_case(*origin, own)) return refused("origin");
  return {};
}

core::Status Dispatcher::check_session(const Route& route, Request& request) {
  const bool guarded = !is_safe(request.method()) && !route.csrf_exempt;
  // Also without a session: else a foreign page could sign a person in as somebody else.
  if (guarded) {
    TRY_VOID(check_origin(request));
  }
  if (route.auth == AuthPolicy::kPublic) return {};
  TRY(auto subject, ports_.authenticator.authenticate(request));
  if (!subject) {
    if (route.auth == AuthPolicy::kOptionalSession) return {};
    return core::fail(ErrorCode::kUnauthenticated, "http.unauthenticated");
  }
  request.sign_in(std::move(*subject));
  if (guarded && !ports_.authenticator.csrf_ok(request, request.subject())) {
    return core::fail(ErrorCode::kForbidden, "http.csrf", "token");
  }
  return {};
}

core::Result<Response> Dispatcher::run(const Route& route, Request& request) {
  TRY_VOID(check_session(route, request));
  if (route.constant) return *route.constant;
  return route.handler(request);
}

template <typename Work>
Response Dispatcher::worded(const Route& route, const ProblemContext& context, const Work& work) {
  core::Result<Response> result = core::fail(ErrorCode::kInternal, "http.handler_threw");
  codec::JsonObject more;
  try {
    result = work(more);
  } catch (const std::exception& thrown) {
    // A library's exception that its wrapper let through: one request fails, not the server.
    result = core::fail(ErrorCode::kInternal, "http.handler_threw", thrown.what());
  }
  if (!result) return word(result.error(), &route, context, more);
  if (route.any_origin) result->with("Access-Control-Allow-Origin", "*");
  return std::move(*result);
}

Response Dispatcher::answer(const Route& route, Request request) {
  const ProblemContext context{request.language(), request.request_id()};
  auto response = worded(route, context, [&](codec::JsonObject& more) {
    auto result = run(route, request);
    if (!result && result.error().code == ErrorCode::kForbidden && ports_.explainer != nullptr) {
      more = ports_.explainer->explain(result.error(), request);
    }
    return result;
  });
  if (!response.held) return response;
  response.held->finish = [this, &route, context, finish = std::move(response.held->finish)](
                              core::Status status) -> core::Result<Response> {
    return worded(route, context,
                  [&](codec::JsonObject& /*more*/) { return finish(std::move(status)); });
  };
  return response;
}

}  // namespace http
