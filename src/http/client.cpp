#include "http/client.h"

#include <algorithm>
#include <list>
#include <mutex>
#include <string>

#include "http/client_link.h"
#include "http/client_url.h"
#include "http/limits.h"
#include "http/name_lookup.h"
#include "http/text.h"

namespace http {
namespace {

namespace asio = boost::asio;
namespace bh = boost::beast::http;
using boost::system::error_code;
using core::ErrorCode;
using SteadyClock = std::chrono::steady_clock;

bool can_be_sent(const ClientRequest& request) {
  return std::all_of(request.fields.begin(), request.fields.end(), [](const auto& field) {
    return is_field_value(field.second) && is_field_value(field.first) && !field.first.empty();
  });
}

bool is_idempotent(Method method) { return method != Method::kPost && method != Method::kPatch; }

ClientLink::WireRequest to_wire(const ClientRequest& request, const ClientUrl& url,
                                const std::string& user_agent) {
  ClientLink::WireRequest wire;
  const auto method = name_of(request.method);
  wire.method_string(boost::beast::string_view(method.data(), method.size()));
  wire.target(url.target);
  wire.version(11);
  wire.set(bh::field::host, url.authority());
  wire.set(bh::field::user_agent, user_agent);
  for (const auto& [name, value] : request.fields) wire.insert(name, value);
  wire.body() = request.body;
  const bool sends_body = !is_safe(request.method) && request.method != Method::kDelete;
  if (sends_body || !request.body.empty()) wire.prepare_payload();
  return wire;
}

ClientResponse from_wire(ClientLink::WireParser& parser) {
  auto message = parser.release();
  ClientResponse response;
  response.status = static_cast<int>(message.result_int());
  for (const auto& field : message) {
    std::string name(field.name_string());
    for (char& c : name) c = to_lower(c);
    response.fields.emplace_back(std::move(name), std::string(field.value()));
  }
  response.body = std::move(message.body());
  return response;
}

}  // namespace

std::string_view ClientResponse::field(std::string_view name) const {
  for (const auto& [known, value] : fields) {
    if (known == name) return value;
  }
  return {};
}

class Client::Impl {
 public:
  explicit Impl(ClientConfig config) : config_(std::move(config)) {
    error_code error;
    tls_.set_options(asio::ssl::context::default_workarounds | asio::ssl::context::no_tlsv1 |
                         asio::ssl::context::no_tlsv1_1,
                     error);
    if (config_.ca_file.empty()) {
      tls_.set_default_verify_paths(error);
    } else {
      tls_.load_verify_file(config_.ca_file, error);
    }
    // Without certificates every handshake fails, which is the safe side; say why then.
    if (error) tls_problem_ = config_.ca_file + ": " + error.message();
  }

  core::Result<ClientResponse> call(const ClientRequest& request);

 private:
  using Link = std::unique_ptr<ClientLink>;
  struct Kept {
    std::string origin;
    Link link;
  };

  Link take(const std::string& origin);
  void keep(const std::string& origin, Link link);
  core::Result<Link> connect(const ClientUrl& url, ClientLink::Deadline deadline);
  core::Result<ClientResponse> exchange(ClientLink& link, const ClientRequest& request,
                                        const ClientUrl& url, ClientLink::Deadline deadline,
                                        bool& reusable) const;

  const ClientConfig config_;
  asio::ssl::context tls_{asio::ssl::context::tls_client};
  std::string tls_problem_;
  NameLookup names_;
  std::mutex mutex_;
  std::list<Kept> kept_;  ///< most recently used first
};

Client::Impl::Link Client::Impl::take(const std::string& origin) {
  std::list<Kept> stale;  // closed outside the lock
  const std::lock_guard lock(mutex_);
  const auto oldest = SteadyClock::now() - config_.idle_for;
  for (auto at = kept_.begin(); at != kept_.end();) {
    const auto next = std::next(at);
    if (at->origin == origin) {
      const bool usable = at->link->idle_since >= oldest && at->link->is_quiet();
      std::list<Kept> one;
      one.splice(one.begin(), kept_, at);
      if (usable) return std::move(one.front().link);
      stale.splice(stale.begin(), one);
    }
    at = next;
  }
  return nullptr;
}

void Client::Impl::keep(const std::string& origin, Link link) {
  link->idle_since = SteadyClock::now();
  std::list<Kept> surplus;
  const std::lock_guard lock(mutex_);
  const auto same = std::count_if(kept_.begin(), kept_.end(),
                                  [&](const Kept& kept) { return kept.origin == origin; });
  if (static_cast<std::size_t>(same) >= config_.idle_per_origin_max) return;
  kept_.push_front({origin, std::move(link)});
  while (kept_.size() > config_.idle_max) {
    surplus.splice(surplus.begin(), kept_, std::prev(kept_.end()));
  }
}

core::Result<Client::Impl::Link> Client::Impl::connect(const ClientUrl& url,
                                                       ClientLink::Deadline deadline) {
  deadline = std::min(deadline, SteadyClock::now() + config_.connect_timeout);
  if (url.tls && !tls_problem_.empty()) {
    return core::fail(ErrorCode::kUnavailable, "client.tls", tls_problem_);
  }
  TRY(const auto addresses, names_.find(url.host, deadline));
  auto link = std::make_unique<ClientLink>();
  TRY_VOID(link->open(url, addresses, tls_, deadline));
  return link;
}

core::Result<ClientResponse> Client::Impl::exchange(ClientLink& link, const ClientRequest& request,
                                                    const ClientUrl& url,
                                                    ClientLink::Deadline deadline,
                                                    bool& reusable) const {
  ClientLink::WireParser parser;
  parser.header_limit(static_cast<std::uint32_t>(kHeaderBytesMax));
  parser.body_limit(request.response_bytes_max != 0 ? request.response_bytes_max
                                                    : config_.response_bytes_max);
  if (request.method == Method::kHead) parser.skip(true);
  const auto wire = to_wire(request, url, config_.user_agent);
  TRY_VOID(link.exchange(wire, parser, deadline));
  reusable = parser.keep_alive();
  return from_wire(parser);
}

core::Result<ClientResponse> Client::Impl::call(const ClientRequest& request) {
  TRY(const auto url, ClientUrl::parse(request.url));
  if (!can_be_sent(request)) return core::fail(ErrorCode::kInvalidInput, "client.url", "field");
  const auto timeout =
      request.total_timeout.count() > 0 ? request.total_timeout : config_.total_timeout;
  const auto deadline = SteadyClock::now() + timeout;
  const auto origin = url.origin();
  auto link = take(origin);
  bool reusable = false;
  if (link) {
    auto result = exchange(*link, request, url, deadline, reusable);
    if (result && reusable) keep(origin, std::move(link));
    // A kept connection may have been closed by the peer while our request was on its way.
    const bool stale = !result && result.error().reason == "client.unreachable" && !link->heard();
    if (!stale || !is_idempotent(request.method)) return result;
  }
  TRY(link, connect(url, deadline));
  auto result = exchange(*link, request, url, deadline, reusable);
  if (result && reusable) keep(origin, std::move(link));
  return result;
}

Client::Client(ClientConfig config) : impl_(std::make_unique<Impl>(std::move(config))) {}
Client::~Client() = default;
core::Result<ClientResponse> Client::call(const ClientRequest& request) {
  return impl_->call(request);
}

}  // namespace http
