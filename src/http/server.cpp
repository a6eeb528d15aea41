#include "http/server.h"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <thread>
#include <utility>

#include "http/loop.h"
#include "http/transports.h"

namespace http {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using core::ErrorCode;

constexpr std::chrono::milliseconds kAcceptPause{100};
constexpr std::chrono::milliseconds kDrainPoll{10};

ClientAddress address_of(const tcp::socket& socket) {
  error_code error;
  const auto endpoint = socket.remote_endpoint(error);
  if (error) return {};
  return ClientAddress::parse(endpoint.address().to_string()).value_or(ClientAddress());
}

}  // namespace

class Server::Impl {
 public:
  Impl(ServerConfig config, Router router, ProblemCatalogue problems, const ServerPorts& ports)
      : config_(std::move(config)),
        router_(std::move(router)),
        problems_(std::move(problems)),
        ports_(ports),
        dispatcher_(config_, router_, problems_, ports_) {}

  ~Impl() { stop(); }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  core::Status start();
  bool drain(std::chrono::milliseconds deadline);
  void stop();
  [[nodiscard]] std::uint16_t port() const { return port_; }
  [[nodiscard]] ServerStats stats() const;
  [[nodiscard]] const Router& router() const { return router_; }

 private:
  [[nodiscard]] core::Status listen();
  void accept();
  void on_accept(const error_code& error, tcp::socket socket, Loop& loop);
  void stop_accepting();

  const ServerConfig config_;
  const Router router_;
  const ProblemCatalogue problems_;
  const ServerPorts ports_;
  Dispatcher dispatcher_;
  Counters counters_;
  std::shared_ptr<asio::ssl::context> tls_;
  std::unique_ptr<WorkerPool> workers_;
  std::vector<std::unique_ptr<Loop>> loops_;
  std::unique_ptr<tcp::acceptor> acceptor_;  ///< on the first loop
  std::unique_ptr<asio::steady_timer> accept_pause_;
  std::vector<std::thread> threads_;
  std::size_t next_loop_ = 0;
  std::uint16_t port_ = 0;
};

core::Status Server::Impl::listen() {
  const auto failed = [this](const error_code& error) {
    return core::fail(
        ErrorCode::kUnavailable, "http.listen",
        config_.address + " port " + std::to_string(config_.port) + ": " + error.message());
  };
  error_code error;
  const auto address = asio::ip::make_address(config_.address, error);
  if (error) return failed(error);
  const tcp::endpoint endpoint(address, config_.port);
  acceptor_ = std::make_unique<tcp::acceptor>(loops_.front()->context);
  acceptor_->open(endpoint.protocol(), error);
  if (!error) acceptor_->set_option(asio::socket_base::reuse_address(true), error);
  if (!error) acceptor_->bind(endpoint, error);
  if (!error) acceptor_->listen(asio::socket_base::max_listen_connections, error);
  if (error) return failed(error);
  port_ = acceptor_->local_endpoint(error).port();
  return {};
}

core::Status Server::Impl::start() {
  if (!config_.static_root.empty()) {
    TRY(auto files, StaticFiles::load(config_.static_root));
    dispatcher_.serve_files(std::move(files));
  }
  if (!config_.tls.certificate_chain_file.empty()) {
    TRY(tls_, make_tls_context(config_.tls));
  }
  workers_ =
      std::make_unique<WorkerPool>(std::max<std::size_t>(1, config_.workers), config_.queue_max);
  const Shared shared{config_, ports_, dispatcher_, *workers_, counters_};
  for (std::size_t i = 0; i < std::max<std::size_t>(1, config_.io_threads); ++i) {
    loops_.push_back(std::make_unique<Loop>(shared));
  }
  TRY_VOID(listen());
  accept_pause_ = std::make_unique<asio::steady_timer>(loops_.front()->context);
  accept();
  for (auto& loop : loops_) {
    threads_.emplace_back([&loop = *loop] { loop.run(); });
  }
  return {};
}

void Server::Impl::accept() {
  auto& loop = *loops_[next_loop_++ % loops_.size()];
  acceptor_->async_accept(loop.context, [this, &loop](const error_code& error, tcp::socket socket) {
    on_accept(error, std::move(socket), loop);
  });
}

void Server::Impl::on_accept(const error_code& error, tcp::socket socket, Loop& loop) {
  if (!acceptor_->is_open()) return;
  if (error) {
    // Mostly no file descriptors left: asking again at once would only burn the processor.
    accept_pause_->expires_after(kAcceptPause);
    accept_pause_->async_wait([this](const error_code& cancelled) {
      if (!cancelled && acceptor_->is_open()) accept();
    });
    return;
  }
  error_code ignored;
  socket.set_option(tcp::no_delay(true), ignored);
  socket.non_blocking(true, ignored);
  if (counters_.connections.load(std::memory_order_relaxed) >= config_.connections_max) {
    counters_.refused_connections.fetch_add(1, std::memory_order_relaxed);
    if (!tls_) {
      constexpr std::string_view kFull =
          "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 2\r\nContent-Length: 0\r\n"
          "Connection: close\r\n\r\n";
      socket.write_some(asio::buffer(kFull), ignored);
    }
    return accept();
  }
  const auto peer = address_of(socket);
  auto connection = make_connection(loop, std::move(socket), peer, tls_);
  asio::post(loop.context, [connection] { connection->start(); });
  accept();
}

void Server::Impl::stop_accepting() {
  if (loops_.empty()) return;
  asio::post(loops_.front()->context, [this] {
    error_code ignored;
    acceptor_->close(ignored);
    accept_pause_->cancel();
  });
}

bool Server::Impl::drain(std::chrono::milliseconds deadline) {
  if (threads_.empty()) return true;
  stop_accepting();
  for (auto& loop : loops_) loop->drain();
  const auto until = std::chrono::steady_clock::now() + deadline;
  while (counters_.connections.load() > 0 && std::chrono::steady_clock::now() < until) {
    std::this_thread::sleep_for(kDrainPoll);
  }
  const bool finished = counters_.connections.load() == 0;
  stop();
  return finished;
}

void Server::Impl::stop() {
  if (!threads_.empty()) stop_accepting();
  for (auto& loop : loops_) loop->finish();
  for (auto& thread : threads_) thread.join();
  threads_.clear();
  // Handlers still running answer into loops that no longer run: the answers are dropped with them.
  if (workers_) workers_->stop();
  // So are held answers, but whoever calls back must find the loop they post to.
  while (counters_.held.load(std::memory_order_acquire) > 0) {
    std::this_thread::sleep_for(kDrainPoll);
  }
}

ServerStats Server::Impl::stats() const {
  return {.connections = counters_.connections.load(),
          .queue_depth = workers_ ? workers_->queue_depth() : 0,
          .requests = counters_.requests.load(),
          .refused_connections = counters_.refused_connections.load(),
          .refused_queue_full = counters_.refused_queue_full.load(),
          .refused_rate = dispatcher_.refused_rate()};
}

Server::Server(ServerConfig config, Router router, ProblemCatalogue problems, ServerPorts ports)
    : impl_(std::make_unique<Impl>(std::move(config), std::move(router), std::move(problems),
                                   ports)) {}
Server::~Server() = default;
core::Status Server::start() { return impl_->start(); }
std::uint16_t Server::port() const { return impl_->port(); }
bool Server::drain(std::chrono::milliseconds deadline) { return impl_->drain(deadline); }
void Server::stop() { impl_->stop(); }
ServerStats Server::stats() const { return impl_->stats(); }
const Router& Server::router() const { return impl_->router(); }

}  // namespace http
