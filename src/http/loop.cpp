#include "http/loop.h"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <vector>

#include "http/connection.h"

namespace http {
namespace {

std::int64_t steady_ms() {
  const auto since_boot = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(since_boot).count();
}

std::chrono::milliseconds tick_for(const Timeouts& timeouts) {
  const auto shortest = std::min({timeouts.header, timeouts.body, timeouts.idle, timeouts.write});
  return std::clamp(shortest / 4, std::chrono::milliseconds(10), std::chrono::milliseconds(250));
}

// Request ids repeat nothing and hide nothing: splitmix64 is enough and costs no system call.
class QuickRng final : public core::Rng {
 public:
  explicit QuickRng(std::uint64_t& state) : state_(state) {}
  void fill(std::span<std::uint8_t> out) override {
    std::uint64_t word = 0;
    for (std::size_t i = 0; i < out.size(); ++i) {
      if (i % 8 == 0) word = next();
      out[i] = static_cast<std::uint8_t>(word >> (8 * (i % 8)));
    }
  }

 private:
  std::uint64_t next() {
    state_ += 0x9E3779B97F4A7C15U;
    std::uint64_t mixed = state_;
    mixed = (mixed ^ (mixed >> 30U)) * 0xBF58476D1CE4E5B9U;
    mixed = (mixed ^ (mixed >> 27U)) * 0x94D049BB133111EBU;
    return mixed ^ (mixed >> 31U);
  }

  std::uint64_t& state_;
};

}  // namespace

Loop::Loop(const Shared& with)
    : shared(with),
      writer(with.dispatcher.standing()),
      timer_(context),
      tick_every_(tick_for(with.config.timeouts)),
      now_ms_(steady_ms()),
      id_state_(core::random_below(with.ports.rng, UINT64_MAX)) {}

core::UuidBytes Loop::next_request_id(core::Instant now) {
  QuickRng rng(id_state_);
  return core::make_uuid_v7(now, rng);
}

void Loop::run() {
  tick();
  context.run();
}

void Loop::tick() {
  now_ms_ = steady_ms();
  for_each_connection([](Connection& connection) { connection.check_deadline(); });
  if (finished_) return;
  timer_.expires_after(tick_every_);
  timer_.async_wait([this](const boost::system::error_code& error) {
    if (!error) tick();
  });
}

template <typename Visit>
void Loop::for_each_connection(const Visit& visit) {
  // Visiting may close a connection, which takes it out of the set.
  const std::vector<Connection*> visited(connections_.begin(), connections_.end());
  for (auto* connection : visited) visit(*connection);
}

void Loop::drain() {
  boost::asio::post(context, [this] {
    draining_ = true;
    for_each_connection([](Connection& connection) { connection.close_if_idle(); });
  });
}

void Loop::finish() {
  boost::asio::post(context, [this] {
    finished_ = true;
    timer_.cancel();
    for_each_connection([](Connection& connection) { connection.close(); });
  });
}

void Loop::add(Connection* connection) {
  connections_.insert(connection);
  shared.counters.connections.fetch_add(1, std::memory_order_relaxed);
}

void Loop::remove(Connection* connection) {
  if (connections_.erase(connection) != 0) {
    shared.counters.connections.fetch_sub(1, std::memory_order_relaxed);
  }
}

}  // namespace http
