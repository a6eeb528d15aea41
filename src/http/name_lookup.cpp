#include "http/name_lookup.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <sys/socket.h>

#include <array>
#include <future>

#include "http/worker_pool.h"

namespace http {
namespace {

constexpr std::size_t kThreads = 2;
constexpr std::size_t kWaitingMax = 64;
constexpr std::size_t kAddressesMax = 8;

using Addresses = std::vector<ClientAddress>;

core::Error unreachable(std::string detail) {
  return {core::ErrorCode::kUnavailable, "client.unreachable", std::move(detail)};
}

core::Result<Addresses> look_up(const std::string& host) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_ADDRCONFIG;
  addrinfo* list = nullptr;
  const int result = getaddrinfo(host.c_str(), nullptr, &hints, &list);
  if (result != 0) return core::fail(unreachable(host + ": " + gai_strerror(result)));
  Addresses addresses;
  for (const auto* at = list; at != nullptr && addresses.size() < kAddressesMax; at = at->ai_next) {
    std::array<char, NI_MAXHOST> text{};
    const int named = getnameinfo(at->ai_addr, at->ai_addrlen, text.data(), text.size(), nullptr, 0,
                                  NI_NUMERICHOST);
    if (named != 0) continue;
    if (auto address = ClientAddress::parse(text.data())) addresses.push_back(*address);
  }
  freeaddrinfo(list);
  if (addresses.empty()) return core::fail(unreachable(host + ": no address"));
  return addresses;
}

}  // namespace

class NameLookup::Threads {
 public:
  WorkerPool pool{kThreads, kWaitingMax};
};

NameLookup::NameLookup() : threads_(std::make_unique<Threads>()) {}
NameLookup::~NameLookup() = default;

core::Result<Addresses> NameLookup::find(const std::string& host,
                                         std::chrono::steady_clock::time_point deadline) {
  if (auto literal = ClientAddress::parse(host)) return Addresses{*literal};
  auto task = std::make_shared<std::packaged_task<core::Result<Addresses>()>>(
      [host] { return look_up(host); });
  auto answer = task->get_future();
  if (!threads_->pool.submit([task] { (*task)(); })) {
    return core::fail(unreachable("too many lookups"));
  }
  if (answer.wait_until(deadline) != std::future_status::ready) {
    return core::fail(core::ErrorCode::kUnavailable, "client.timeout", "name lookup of " + host);
  }
  return answer.get();
}

}  // namespace http
