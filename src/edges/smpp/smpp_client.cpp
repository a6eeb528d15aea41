#include "edges/smpp/smpp_client.h"

#include <algorithm>
#include <optional>

#include "edges/smpp/segments.h"

namespace edges::smpp {
namespace {

using core::ErrorCode;
using core::fail;
using Clock = std::chrono::steady_clock;

/// The longest sleep while the window is open and nothing is to be done.
constexpr milliseconds kIdle{1000};
/// While the rate or a throttle holds messages back.
constexpr milliseconds kHeldBack{10};

/// Several parts under way, for the thread that waits for all of them.
class Parts {
 public:
  explicit Parts(std::size_t count) : ids_(count), left_(count) {}

  void settle(std::size_t part, core::Result<std::string> outcome) {
    const std::lock_guard lock(mutex_);
    if (outcome) {
      ids_[part] = *std::move(outcome);
    } else if (!error_) {
      error_ = std::move(outcome).error();
    }
    if (--left_ == 0) settled_.notify_all();
  }

  core::Result<std::vector<std::string>> wait() {
    std::unique_lock lock(mutex_);
    settled_.wait(lock, [this] { return left_ == 0; });
    if (error_) return fail(*error_);
    return ids_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable settled_;
  std::vector<std::string> ids_;
  std::optional<core::Error> error_;
  std::size_t left_;
};

}  // namespace

SmppClient::SmppClient(ClientConfig config, KeepReceipts keep, core::Rng& rng)
    : config_(std::move(config)), keep_(std::move(keep)), rng_(rng), thread_([this] { run(); }) {}

SmppClient::~SmppClient() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
    if (link_ != nullptr) link_->wake();
  }
  stopped_.notify_all();
  thread_.join();
}

void SmppClient::submit(SubmitRequest request, Done done) {
  std::string_view refusal;
  {
    const std::lock_guard lock(mutex_);
    if (!bound_ || stop_) {
      refusal = "smpp.not_bound";
    } else if (queue_.size() >= kQueueMax) {
      refusal = "smpp.queue_full";
    } else {
      queue_.push_back({std::move(request), std::move(done)});
      if (queue_.size() == 1 && link_ != nullptr) link_->wake();
      return;
    }
  }
  done(fail(ErrorCode::kUnavailable, refusal));
}

core::Result<std::vector<std::string>> SmppClient::send(
    const core::Secret<std::string>& destination, std::string_view utf8) {
  TRY(auto text, segment(utf8, ++reference_));
  const auto parts = std::make_shared<Parts>(text.parts.size());
  for (std::size_t i = 0; i < text.parts.size(); ++i) {
    submit({.source = config_.source,
            .destination = destination,
            .data_coding = text.data_coding,
            .has_header = text.parts[i].has_header,
            .short_message = core::Secret<core::Bytes>(std::move(text.parts[i].octets))},
           [parts, i](core::Result<std::string> outcome) { parts->settle(i, std::move(outcome)); });
  }
  return parts->wait();
}

void SmppClient::run() {
  milliseconds next_pause = config_.reconnect_first;
  for (;;) {
    if (converse()) next_pause = config_.reconnect_first;
    refuse_queue("smpp.not_bound");
    {
      const std::lock_guard lock(mutex_);
      if (stop_) return;
    }
    pause(jittered(next_pause));
    next_pause = std::min(next_pause * 2, config_.reconnect_max);
  }
}

bool SmppClient::converse() {
  {
    const std::lock_guard lock(mutex_);
    if (stop_) return false;
  }
  auto link = http::open_stream(config_.address, deadline());
  if (!link) return false;
  {
    const std::lock_guard lock(mutex_);
    link_ = link->get();
  }
  Session session(config_.session, Clock::now());
  exchange(**link, session);
  const std::lock_guard lock(mutex_);
  link_ = nullptr;
  return std::exchange(bound_, false);
}

void SmppClient::exchange(http::PeerLink& link, Session& session) {
  for (bool leaving = false; !session.failure();) {
    const auto now = Clock::now();
    session.tick(now);
    {
      const std::lock_guard lock(mutex_);
      bound_ = bound_ || session.is_bound();
      if (stop_ && !std::exchange(leaving, true)) session.unbind(now);
    }
    if (!leaving) feed(session, now);
    ready_ = session.is_bound() && !session.is_throttled(now) && !leaving;
    const auto output = session.take_output();
    if (!output.empty() && !link.send(output, deadline())) break;
    // After goodbye, only as long as the centre has something to answer.
    if (leaving && !session.is_bound()) break;
    bool held_back = false;
    {
      const std::lock_guard lock(mutex_);
      held_back = !queue_.empty() &&
                  session.unanswered() < static_cast<std::size_t>(config_.session.window);
    }
    const auto wait = session.is_bound() && held_back ? kHeldBack : kIdle;
    const auto received = link.receive(std::min(session.next_tick(), now + wait));
    if (!received) break;
    session.receive(*received, Clock::now());
    keep_receipts(session);
    if (leaving && received->empty()) break;
  }
  ready_ = false;
  const auto farewell = session.take_output();  // an unbind is answered before the line is cut
  if (!farewell.empty()) (void)link.send(farewell, deadline());
  session.lose_link();
}

void SmppClient::feed(Session& session, Moment now) {
  while (session.can_submit(now)) {
    std::optional<Order> order;
    {
      const std::lock_guard lock(mutex_);
      if (queue_.empty()) return;
      order = std::move(queue_.front());
      queue_.pop_front();
    }
    session.submit(order->request, std::move(order->done), now);
  }
  // Whoever waits has another operator to ask; holding the message back would hide that.
  if (session.is_throttled(now)) refuse_queue("smpp.throttled");
}

void SmppClient::keep_receipts(Session& session) {
  const auto received = session.take_receipts();
  if (received.empty()) return;
  std::vector<Receipt> receipts;
  for (const auto& one : received) receipts.push_back(one.receipt);
  const bool kept = keep_(receipts);
  for (const auto& one : received) session.answer_receipt(one.sequence_number, kept);
}

void SmppClient::refuse_queue(std::string_view reason) {
  std::deque<Order> refused;
  {
    const std::lock_guard lock(mutex_);
    refused.swap(queue_);
  }
  for (const auto& order : refused) order.done(fail(ErrorCode::kUnavailable, reason));
}

void SmppClient::pause(milliseconds duration) {
  std::unique_lock lock(mutex_);
  stopped_.wait_for(lock, duration, [this] { return stop_; });
}

Moment SmppClient::deadline() const { return Clock::now() + config_.session.timeout; }

milliseconds SmppClient::jittered(milliseconds pause) {
  // Many servers must not come back to a centre in one moment.
  const auto half = static_cast<std::uint64_t>(pause.count() / 2);
  return pause - milliseconds(static_cast<std::int64_t>(core::random_below(rng_, half + 1)));
}

}  // namespace edges::smpp
