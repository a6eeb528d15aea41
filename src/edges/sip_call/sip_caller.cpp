#include "edges/sip_call/sip_caller.h"

#include <fmt/format.h>

#include <algorithm>

namespace edges::sip_call {
namespace {

using core::ErrorCode;
using core::fail;
using Clock = std::chrono::steady_clock;

constexpr milliseconds kSendTimeout{2'000};
constexpr milliseconds kIdle{1'000};
constexpr milliseconds kGoodbye{1'000};
constexpr std::size_t kStraysMax = 64;
constexpr std::size_t kUniqueBytes = 12;

}  // namespace

/// A call somebody waits for.
struct SipCaller::Order {
  core::Secret<std::string> to;
  std::string from;
  std::mutex mutex;
  std::condition_variable settled;
  std::optional<core::Status> outcome;

  void settle(core::Status how) {
    const std::lock_guard lock(mutex);
    if (!outcome) outcome = std::move(how);
    settled.notify_all();
  }
  core::Status wait() {
    std::unique_lock lock(mutex);
    settled.wait(lock, [this] { return outcome.has_value(); });
    return *outcome;
  }
};

struct SipCaller::Call {
  FlashCall machine;
  std::shared_ptr<Order> order;  ///< null once it was told
};

SipCaller::SipCaller(CallerConfig config, core::Rng& rng)
    : config_(std::move(config)), rng_(rng), thread_([this] { run(); }) {}

SipCaller::~SipCaller() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
    if (link_ != nullptr) link_->wake();
  }
  wanted_.notify_all();
  thread_.join();
}

core::Status SipCaller::ring(const core::Secret<std::string>& to, const std::string& from) {
  const auto order = std::make_shared<Order>();
  order->to = to;
  order->from = from;
  {
    const std::lock_guard lock(mutex_);
    if (stop_) return fail(ErrorCode::kUnavailable, "sip.unreachable");
    if (orders_.size() + underway_ >= kCallsMax) {
      return fail(ErrorCode::kUnavailable, "sip.too_many_calls");
    }
    orders_.push_back(order);
    if (link_ != nullptr) link_->wake();
  }
  wanted_.notify_all();
  return order->wait();
}

void SipCaller::run() {
  while (wait_for_order()) {
    const auto deadline = Clock::now() + config_.profile.trunk_timeout;
    auto link = config_.datagrams ? http::open_datagrams(config_.trunk, deadline)
                                  : http::open_stream(config_.trunk, deadline);
    if (!link) {
      refuse_orders();
      continue;
    }
    config_.profile.local = (*link)->local_address();
    reader_ = SipStreamReader();
    {
      const std::lock_guard lock(mutex_);
      link_ = link->get();
    }
    converse(**link);
    {
      const std::lock_guard lock(mutex_);
      link_ = nullptr;
    }
    lose_trunk();
  }
  refuse_orders();
}

// The socket is opened when somebody is to be rung, so that a trunk that was away is found again.
bool SipCaller::wait_for_order() {
  std::unique_lock lock(mutex_);
  wanted_.wait(lock, [this] { return stop_ || !orders_.empty(); });
  return !stop_;
}

void SipCaller::converse(http::PeerLink& link) {
  for (;;) {
    const auto now = Clock::now();
    {
      const std::lock_guard lock(mutex_);
      if (stop_) break;
    }
    start_orders(now);
    if (!take_turn(link, now + kIdle)) return;
  }
  say_goodbye(link);
}

bool SipCaller::take_turn(http::PeerLink& link, Moment until) {
  const auto now = Clock::now();
  for (const auto& [id, call] : calls_) call->machine.tick(now);
  if (!send_output(link)) return false;
  settle_calls();
  for (const auto& [id, call] : calls_) until = std::min(until, call->machine.next_tick());
  const auto received = link.receive(until);
  return received && take_in(*received, Clock::now());
}

// Somebody's phone would ring until their patience ends.
void SipCaller::say_goodbye(http::PeerLink& link) {
  const auto deadline = Clock::now() + kGoodbye;
  for (const auto& [id, call] : calls_) call->machine.hang_up(Clock::now());
  while (!calls_.empty() && Clock::now() < deadline) {
    if (!take_turn(link, deadline)) return;
    settle_calls();
  }
}

void SipCaller::start_orders(Moment now) {
  std::deque<std::shared_ptr<Order>> orders;
  {
    const std::lock_guard lock(mutex_);
    orders.swap(orders_);
    underway_ += orders.size();
  }
  for (auto& order : orders) {
    const CallPlan plan{order->to, order->from,
                        core::to_hex(core::random_bytes(rng_, kUniqueBytes))};
    auto call =
        std::make_unique<Call>(Call{FlashCall(config_.profile, plan, now), std::move(order)});
    const auto id = call->machine.call_id();
    calls_.emplace(id, std::move(call));
  }
}

bool SipCaller::send_output(http::PeerLink& link) {
  const auto send = [&](const std::string& message) {
    return link.send(core::as_bytes(message), Clock::now() + kSendTimeout).has_value();
  };
  for (const auto& [id, call] : calls_) {
    for (const auto& message : call->machine.take_output()) {
      if (!send(message)) return false;
    }
  }
  for (const auto& message : std::exchange(strays_, {})) {
    if (!send(message)) return false;
  }
  return true;
}

bool SipCaller::take_in(const core::Bytes& bytes, Moment now) {
  if (bytes.empty()) return true;
  if (config_.datagrams) {
    dispatch(core::as_text(bytes), now);
    return true;
  }
  reader_.append(bytes);
  for (;;) {
    const auto message = reader_.next();
    if (!message) return false;
    if (message->empty()) return true;
    dispatch(*message, now);
  }
}

void SipCaller::dispatch(std::string_view text, Moment now) {
  const auto message = parse_sip(text);
  if (!message) return;  // an answer that cannot be read is no answer; time will tell
  const auto& id = std::visit(
      [](const auto& any) -> const std::string& { return any.headers.call_id; }, *message);
  const auto call = calls_.find(id);
  if (call == calls_.end()) return answer_stranger(*message);
  call->second->machine.on_message(*message, now);
}

// Trunks ask with OPTIONS whether we live; nobody calls us.
void SipCaller::answer_stranger(const SipMessage& message) {
  const auto* const request = std::get_if<SipRequest>(&message);
  if (request == nullptr || request->method == "ACK" || strays_.size() >= kStraysMax) return;
  std::string text =
      request->method == "OPTIONS" ? "SIP/2.0 200 OK\r\n" : "SIP/2.0 405 Method Not Allowed\r\n";
  const auto& headers = request->headers;
  for (const auto& via : headers.vias) text += "Via: " + via + "\r\n";
  const std::string tag = headers.to_tag.empty() ? ";tag=none" : "";
  strays_.push_back(text + fmt::format("From: {}\r\nTo: {}{}\r\nCall-ID: {}\r\nCSeq: {} {}\r\n"
                                       "Allow: OPTIONS\r\nContent-Length: 0\r\n\r\n",
                                       headers.from, headers.to, tag, headers.call_id, headers.cseq,
                                       headers.cseq_method));
}

void SipCaller::settle_calls() {
  for (auto call = calls_.begin(); call != calls_.end();) {
    auto& [machine, order] = *call->second;
    if (order && machine.outcome()) {
      order->settle(*machine.outcome());
      order.reset();
      const std::lock_guard lock(mutex_);
      --underway_;
    }
    call = machine.is_over() ? calls_.erase(call) : std::next(call);
  }
}

void SipCaller::lose_trunk() {
  for (const auto& [id, call] : calls_) call->machine.lose_trunk();
  settle_calls();
}

void SipCaller::refuse_orders() {
  std::deque<std::shared_ptr<Order>> refused;
  {
    const std::lock_guard lock(mutex_);
    refused.swap(orders_);
  }
  for (const auto& order : refused) order->settle(fail(ErrorCode::kUnavailable, "sip.unreachable"));
}

}  // namespace edges::sip_call
