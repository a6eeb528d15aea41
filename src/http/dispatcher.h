// Dispatcher: what happens to a request between its bytes and its answer, free of sockets: route,
// limits, session, cross-site checks, handler, problem document. admit() runs on a socket thread
// and never waits; answer() runs where the route says. Internal to the HTTP room; safe from any
// thread.
#pragma once

#include <atomic>
#include <optional>
#include <string>
#include <vector>

#include "http/rate_limiter.h"
#include "http/request_reader.h"
#include "http/response_writer.h"
#include "http/server.h"
#include "http/static_files.h"

namespace http {

/// Who sent a request, when, and what it is called in logs.
struct Arrival {
  ClientAddress peer;
  core::Instant at;
  core::UuidBytes request_id{};
};

/// What admit() decided; exactly one of `frozen`, `answer` and `request` is set.
struct Admission {
  const FrozenResponse* frozen = nullptr;
  std::optional<Response> answer;
  std::optional<Request> request;  ///< without its body
  const Route* route = nullptr;    ///< set with `frozen` and `request`
  std::string_view route_pattern = "-";
};

class Dispatcher {
 public:
  /// All arguments must outlive it; `files` may be null.
  Dispatcher(const ServerConfig& config, const Router& router, const ProblemCatalogue& problems,
             const ServerPorts& ports);

  void serve_files(StaticFiles files) { files_ = std::move(files); }

  [[nodiscard]] Admission admit(const Head& head, const Arrival& arrival);
  /// Session, cross-site checks and handler. May wait as long as the handler does. A held answer's
  /// `finish` gives the final one, errors worded.
  [[nodiscard]] Response answer(const Route& route, Request request);
  /// The problem document of an error, which is logged with its detail.
  [[nodiscard]] Response problem(const core::Error& error, std::string_view route_pattern,
                                 const ProblemContext& context);

  [[nodiscard]] const StandingFields& standing() const { return standing_; }
  [[nodiscard]] std::uint64_t refused_rate() const { return refused_rate_; }

 private:
  [[nodiscard]] ClientAddress client_of(const Head& head, const ClientAddress& peer) const;
  [[nodiscard]] core::Result<Request> make_request(const Head& head, Method method,
                                                   const Arrival& arrival,
                                                   Router::Found& found) const;
  [[nodiscard]] Admission admit_route(const Head& head, Method method, const Arrival& arrival,
                                      Router::Found found);
  [[nodiscard]] Admission admit_unrouted(const Head& head, const Arrival& arrival);
  [[nodiscard]] Admission options(const Head& head, const Arrival& arrival);
  [[nodiscard]] Admission refuse(const core::Error& error, const Head& head, const Arrival& arrival,
                                 const Route* route = nullptr);
  /// The error in the route's own form, or as a problem document.
  [[nodiscard]] Response word(const core::Error& error, const Route* route,
                              const ProblemContext& context, const codec::JsonObject& more = {});
  [[nodiscard]] core::Status check_origin(const Request& request) const;
  [[nodiscard]] core::Status check_session(const Route& route, Request& request);
  [[nodiscard]] core::Result<Response> run(const Route& route, Request& request);
  /// Runs `work` and makes an answer of whatever comes of it.
  template <typename Work>
  [[nodiscard]] Response worded(const Route& route, const ProblemContext& context,
                                const Work& work);

  const ServerConfig& config_;
  const Router& router_;
  const ProblemCatalogue& problems_;
  ServerPorts ports_;
  StandingFields standing_;
  std::vector<std::optional<FrozenResponse>> frozen_;  ///< by route
  std::optional<StaticFiles> files_;
  RateLimiter limiter_;
  std::atomic<std::uint64_t> refused_rate_{0};
};

}  // namespace http
