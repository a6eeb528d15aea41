#include "app/wiring/serve.h"

#include <pthread.h>

#include <atomic>
#include <csignal>
#include <fstream>
#include <sstream>

#include "app/config/calendar_config.h"
#include "app/observe/json_log.h"
#include "app/observe/metrics.h"
#include "app/version.h"
#include "app/wiring/admin_routes.h"
#include "app/wiring/notify.h"
#include "app/wiring/platform.h"
#include "app/wiring/workers.h"

namespace app {
namespace {

core::Result<http::ProblemCatalogue> load_problems(const std::string& path) {
  if (path.empty()) return http::ProblemCatalogue();
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  if (!file) return core::fail(core::ErrorCode::kInvalidInput, "problems.malformed", path);
  return http::ProblemCatalogue::parse(text.str());
}

/// "https://id.example" of "https://id.example/realms/x".
std::string origin_of(const std::string& url) {
  const auto scheme = url.find("://");
  return scheme == std::string::npos ? url : url.substr(0, url.find('/', scheme + 3));
}

http::ServerConfig public_listener(const Config& config) {
  const auto& settings = config.server;
  http::ServerConfig listener;
  listener.address = settings.address;
  listener.port = settings.port;
  listener.io_threads = settings.io_threads;
  listener.workers = settings.workers;
  listener.queue_max = settings.queue;
  listener.connections_max = settings.connections_max;
  listener.keyed_reads_inline = config.store.data_url.reveal().starts_with("sqlite:") &&
                                config.store.keys_url.reveal().starts_with("sqlite:");
  listener.tls = {settings.tls_certificate, settings.tls_key};
  listener.public_origin = settings.public_url;
  listener.trusted_proxies = settings.trusted_proxies;
  listener.static_root = settings.static_root;
  if (config.esia) listener.form_action_origins.push_back(origin_of(config.esia->base_url));
  for (const auto& [name, provider] : config.identity_providers) {
    listener.form_action_origins.push_back(origin_of(provider.issuer));
  }
  listener.hsts = settings.public_url.starts_with("https://");
  listener.rate_scale = settings.rate_scale;
  return listener;
}

http::ServerConfig admin_listener(const Config& config) {
  http::ServerConfig listener;
  listener.address = config.server.admin_address;
  listener.port = config.server.admin_port;
  listener.io_threads = 1;
  listener.workers = 1;
  return listener;
}

/// Blocks the signals that end the server in every thread made from here on.
sigset_t block_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  return signals;
}

/// Waits for a signal; tells systemd meanwhile that the process lives.
void wait_for_signal(const sigset_t& signals, const ServiceNotifier& notifier) {
  const auto interval = notifier.watchdog_interval();
  if (!interval) {
    int received = 0;
    sigwait(&signals, &received);
    return;
  }
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(*interval);
  const auto rest = std::chrono::duration_cast<std::chrono::nanoseconds>(*interval - seconds);
  const timespec pause{seconds.count(), rest.count()};
  while (sigtimedwait(&signals, nullptr, &pause) < 0) notifier.alive();
}

/// Everything that runs, in the order it is made.
class Service {
 public:
  Service(const Config& config, const Jurisdiction& jurisdiction)
      : config_(config),
        jurisdiction_(jurisdiction),
        json_log_(config.log.level, clock_),
        log_(metrics_, json_log_) {}

  core::Status start() {
    TRY(platform_, Platform::make(config_, jurisdiction_, clock_, rng_, &metrics_));
    for (const auto& name : platform_->tagged_stores()) {
      json_log_.event("store.tagged", {{"database", LogText::setting(name)},
                                       {"country", LogText::setting(jurisdiction_.code)}});
    }
    platform_->watch_esia_refusals(
        [this](const core::Error& error) { json_log_.failure("esia.refused", error); });
    TRY(const auto problems, load_problems(config_.installation.problems_file));
    TRY(auto routes, http::Router::make(platform_->routes()));
    TRY(auto admin, http::Router::make(admin_routes(*platform_, metrics_, draining_)));
    public_ = std::make_unique<http::Server>(
        public_listener(config_), std::move(routes), problems,
        http::ServerPorts{platform_->authenticator(), clock_, log_, rng_, &platform_->explainer()});
    admin_ =
        std::make_unique<http::Server>(admin_listener(config_), std::move(admin), problems,
                                       http::ServerPorts{no_authenticator_, clock_, log_, rng_});
    metrics_.watch_listener("public", [this] { return public_->stats(); });
    metrics_.watch_listener("admin", [this] { return admin_->stats(); });
    workers_ = std::make_unique<Workers>(*platform_, clock_, rng_, metrics_, json_log_);
    TRY_VOID(public_->start());
    TRY_VOID(admin_->start());
    warn_of_calendar();
    json_log_.event("server.started", {{"version", LogText::setting(kVersion)},
                                       {"port", public_->port()},
                                       {"admin_port", admin_->port()}});
    return {};
  }

  /// @return whether everything in flight finished in time.
  bool drain() {
    draining_ = true;
    json_log_.event("server.draining");
    const bool finished = public_->drain(config_.server.drain);
    workers_.reset();
    admin_->stop();
    json_log_.event("server.stopped", {{"in_time", finished}});
    return finished;
  }

  JsonLog& log() { return json_log_; }

 private:
  void warn_of_calendar() {
    const auto& folder = config_.installation.jurisdictions_dir;
    const auto warning = calendar_warning(
        *jurisdiction_.calendar, jurisdiction_path(folder, jurisdiction_.code), clock_.now());
    if (warning.empty()) return;
    json_log_.warning("calendar.ends_soon", {{"what", LogText::setting(warning)}});
  }

  const Config& config_;
  const Jurisdiction& jurisdiction_;
  SystemClock clock_;
  crypto::SystemRng rng_;
  Metrics metrics_;
  JsonLog json_log_;
  MeteredLog log_;
  NoAuthenticator no_authenticator_;
  std::atomic<bool> draining_ = false;
  std::unique_ptr<Platform> platform_;
  std::unique_ptr<Workers> workers_;
  std::unique_ptr<http::Server> public_;
  std::unique_ptr<http::Server> admin_;
};

}  // namespace

int serve(const Config& config, const Jurisdiction& jurisdiction) {
  const auto signals = block_signals();
  const auto notifier = ServiceNotifier::from_environment();
  Service service(config, jurisdiction);
  const auto started = service.start();
  if (!started) {
    service.log().failure("server.not_started", started.error());
    return 1;
  }
  notifier.ready();
  wait_for_signal(signals, notifier);
  notifier.stopping();
  return service.drain() ? 0 : 3;
}

core::Result<std::vector<http::Route>> route_table(const Config& config,
                                                   const Jurisdiction& jurisdiction) {
  SystemClock clock;
  crypto::SystemRng rng;
  Metrics metrics;
  const std::atomic<bool> draining = false;
  TRY(const auto platform, Platform::make(config, jurisdiction, clock, rng, nullptr));
  auto routes = platform->routes();
  for (auto& route : admin_routes(*platform, metrics, draining)) routes.push_back(route);
  // The handlers refer to what ends here; only the lines of the table may leave.
  for (auto& route : routes) route.handler = nullptr;
  return routes;
}

}  // namespace app
