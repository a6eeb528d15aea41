#include "http/connection.h"

#include <boost/asio/post.hpp>
#include <utility>

#include "core/assert.h"
#include "http/limits.h"
#include "http/text.h"

namespace http {
namespace {

using boost::system::error_code;
using core::Error;
using core::ErrorCode;

constexpr std::size_t kInBytesFirst = 2048;
constexpr std::size_t kInBytesMax = kHeaderBytesMax + 4;
constexpr std::size_t kOutBytesKept = std::size_t{16} * 1024;
constexpr std::size_t kOutBytesMax = std::size_t{64} * 1024;
constexpr std::size_t kLingerBytesMax = std::size_t{1024} * 1024;
constexpr std::chrono::milliseconds kLingerTimeout{2'000};
constexpr std::chrono::milliseconds kNever{0};

}  // namespace

Connection::Connection(Loop& loop, const ClientAddress& peer)
    : loop_(loop), peer_(peer), in_(kInBytesFirst) {}

void Connection::enrol() {
  loop_.add(this);
  set_deadline(loop_.shared.config.timeouts.header);
}

void Connection::open() {
  phase_ = Phase::kHead;
  start_reading();
}

void Connection::close() {
  if (phase_ == Phase::kClosed) return;
  phase_ = Phase::kClosed;
  loop_.remove(this);
  close_socket();
}

void Connection::close_if_idle() {
  if (phase_ == Phase::kHead && in_begin_ == in_end_ && !writing_) close();
}

void Connection::set_deadline(std::chrono::milliseconds from_now) {
  deadline_ms_ = from_now == kNever ? 0 : loop_.now_ms() + from_now.count();
}

void Connection::check_deadline() {
  if (deadline_ms_ == 0 || loop_.now_ms() < deadline_ms_) return;
  const auto self = shared_from_this();
  const bool in_head = phase_ == Phase::kHead && head_started_ && !writing_;
  if (in_head || (phase_ == Phase::kBody && !writing_)) {
    if (in_head) {
      const auto now = loop_.shared.ports.clock.now();
      current_ = Current{};
      current_.arrival = {peer_, now, loop_.next_request_id(now)};
    }
    fail({ErrorCode::kInvalidInput, in_head ? "http.header_timeout" : "http.body_timeout", {}});
    pump();
    return;
  }
  close();
}

std::string_view Connection::buffered() const {
  return {in_.data() + in_begin_, in_end_ - in_begin_};
}

void Connection::start_reading() {
  if (reading_) return;
  if (in_begin_ == in_end_) {
    in_begin_ = in_end_ = 0;
  } else if (in_begin_ > 0) {
    std::copy(in_.begin() + static_cast<std::ptrdiff_t>(in_begin_),
              in_.begin() + static_cast<std::ptrdiff_t>(in_end_), in_.begin());
    in_end_ -= in_begin_;
    in_begin_ = 0;
  }
  if (in_end_ == in_.size()) in_.resize(std::min(in_.size() * 2, kInBytesMax));
  if (phase_ == Phase::kBody) in_.resize(kInBytesMax);  // fewer, larger reads
  reading_ = true;
  read_some(boost::asio::buffer(in_.data() + in_end_, in_.size() - in_end_));
}

void Connection::on_read(const error_code& error, std::size_t size) {
  reading_ = false;
  if (phase_ == Phase::kClosed) return;
  if (error) {
    // While an answer is on its way, the end of the peer's output is not the end of its input.
    if (phase_ != Phase::kClosing) close();
    return;
  }
  if (phase_ == Phase::kLingering || phase_ == Phase::kClosing) {
    lingered_bytes_ += size;
    if (lingered_bytes_ > kLingerBytesMax) return close();
    in_begin_ = in_end_ = 0;
    return start_reading();
  }
  in_end_ += size;
  pump();
}

void Connection::pump() {
  for (;;) {
    while (!tail_ && out_.size() < kOutBytesMax && step()) {
    }
    if (writing_ || !has_output()) break;
    if (!flush()) return;
  }
  if (writing_ || phase_ == Phase::kWorking || phase_ == Phase::kClosed) return;
  if (phase_ == Phase::kClosing) return linger();
  if (phase_ == Phase::kHead && in_begin_ == in_end_) {
    if (loop_.draining()) return close();
    // An idle connection may stay for a minute: it gives back what one large request made it take.
    if (in_.size() > kInBytesFirst && !reading_) in_ = std::vector<char>(kInBytesFirst);
    set_deadline(loop_.shared.config.timeouts.idle);
  }
  start_reading();
}

// Takes one step with the bytes at hand; false when it needs more of them, or somebody else's turn.
bool Connection::step() {
  if (writing_) return false;
  if (phase_ == Phase::kHead) return step_head();
  if (phase_ == Phase::kBody) return step_body();
  return false;
}

bool Connection::step_head() {
  if (in_begin_ == in_end_) return false;
  const auto size = reader_.read_head(buffered());
  if (size && *size == 0) {
    if (!head_started_) set_deadline(loop_.shared.config.timeouts.header);
    head_started_ = true;
    return false;
  }
  head_started_ = false;
  current_ = Current{};
  const auto now = loop_.shared.ports.clock.now();
  current_.arrival = {peer_, now, loop_.next_request_id(now)};
  if (!size) {
    fail(size.error());
    return false;
  }
  in_begin_ += *size;
  on_head();
  return true;
}

void Connection::on_head() {
  const auto& head = reader_.head();
  if (const auto method = find_method(head.method)) current_.method = name_of(*method);
  if (head.method == "OPTIONS") current_.method = "OPTIONS";
  current_.keep_alive = head.keep_alive && !loop_.draining();
  current_.head_only = head.method == "HEAD";
  current_.http11 = head.http11;
  auto admission = loop_.shared.dispatcher.admit(head, current_.arrival);
  current_.route_pattern = admission.route_pattern;
  current_.route = admission.route;
  if (admission.frozen != nullptr && current_.keep_alive) {
    const auto before = out_.size();
    loop_.writer.append(out_, *admission.frozen, current_.arrival.at);
    return record(admission.route->constant->status, out_.size() - before);
  }
  if (admission.frozen != nullptr) return respond(*admission.route->constant);
  if (admission.answer) {
    // A body that nobody will read must not be taken for the next request.
    if (head.has_body()) current_.keep_alive = false;
    return respond(std::move(*admission.answer));
  }
  request_ = std::move(admission.request);
  if (!head.has_body()) return run_request();
  await_body();
}

void Connection::await_body() {
  const auto allowed = reader_.limit_body(current_.route->body_bytes_max);
  if (!allowed) return fail(allowed.error());
  if (reader_.head().expects_continue && in_begin_ == in_end_) {
    out_.append("HTTP/1.1 100 Continue\r\n\r\n");
  }
  phase_ = Phase::kBody;
  set_deadline(loop_.shared.config.timeouts.body);
}

bool Connection::step_body() {
  const auto taken = reader_.read_body(buffered());
  if (!taken) {
    fail(taken.error());
    return false;
  }
  in_begin_ += *taken;
  if (!reader_.complete()) {
    const bool stuck = *taken == 0 && in_end_ - in_begin_ == kInBytesMax;
    if (stuck) fail({ErrorCode::kInvalidInput, "http.malformed", "chunk header"});
    return false;
  }
  request_->set_body(reader_.take_body());
  run_request();
  return true;
}

bool Connection::runs_here(const Route& route) const {
  return route.execution == Execution::kInline || route.constant ||
         (route.execution == Execution::kKeyedRead && loop_.shared.config.keyed_reads_inline &&
          !(route.waits && route.waits(*request_)));
}

void Connection::run_request() {
  phase_ = Phase::kHead;
  const auto& route = *current_.route;
  if (runs_here(route)) {
    auto request = std::move(*request_);
    request_.reset();
    auto response = loop_.shared.dispatcher.answer(route, std::move(request));
    if (!response.held) return respond(std::move(response));
    phase_ = Phase::kWorking;
    set_deadline(kNever);
    return await(std::move(response.held));
  }
  phase_ = Phase::kWorking;
  set_deadline(kNever);
  if (loop_.shared.workers.submit([self = shared_from_this()] { self->work(); })) return;
  phase_ = Phase::kHead;
  loop_.shared.counters.refused_queue_full.fetch_add(1, std::memory_order_relaxed);
  Error full{ErrorCode::kUnavailable, "http.queue_full", {}};
  full.retry_after_s = kRetryAfterSeconds;
  const ProblemContext context{request_->language(), request_->request_id()};
  request_.reset();
  respond(loop_.shared.dispatcher.problem(full, route.pattern, context));
}

// On a worker: the loop touches neither request_ nor current_ until the answer is there.
void Connection::work() {
  auto response = loop_.shared.dispatcher.answer(*current_.route, std::move(*request_));
  request_.reset();
  if (response.held) return await(std::move(response.held));
  boost::asio::post(loop_.context,
                    [self = shared_from_this(), response = std::move(response)]() mutable {
                      self->on_answer(std::move(response));
                    });
}

// On the loop or on a worker; what follows is the loop's.
void Connection::await(std::shared_ptr<Held> held) {
  const auto begin = std::move(held->begin);
  auto& waiting = loop_.shared.counters.held;
  waiting.fetch_add(1, std::memory_order_relaxed);
  begin([self = shared_from_this(), held = std::move(held), &waiting](core::Status status) mutable {
    auto& context = self->loop_.context;
    boost::asio::post(context, [self = std::move(self), held = std::move(held),
                                status = std::move(status)]() mutable {
      auto response = held->finish(std::move(status));
      CORE_ASSERT(response.has_value());  // the dispatcher words every error
      self->on_answer(std::move(*response));
    });
    waiting.fetch_sub(1, std::memory_order_release);
  });
}

void Connection::on_answer(Response response) {
  if (phase_ == Phase::kClosed) return;
  phase_ = Phase::kHead;
  respond(std::move(response));
  pump();
}

void Connection::respond(Response response) {
  if (loop_.draining()) current_.keep_alive = false;
  const auto before = out_.size();
  loop_.writer.append(out_, response,
                      {.keep_alive = current_.keep_alive,
                       .head_only = current_.head_only,
                       .http11 = current_.http11,
                       .now = current_.arrival.at,
                       .request_id = current_.arrival.request_id});
  auto bytes = out_.size() - before;
  auto* shared_body = std::get_if<std::shared_ptr<const std::string>>(&response.body);
  const bool sends_body = !current_.head_only && response.status != 304;
  if (shared_body != nullptr && sends_body && *shared_body && !(*shared_body)->empty()) {
    tail_ = std::move(*shared_body);
    bytes += tail_->size();
  }
  record(response.status, bytes);
  if (!current_.keep_alive) phase_ = Phase::kClosing;
}

void Connection::fail(const Error& error) {
  current_.keep_alive = false;
  const auto language = request_ ? request_->language() : Language::kRu;
  request_.reset();
  respond(loop_.shared.dispatcher.problem(error, current_.route_pattern,
                                          {language, current_.arrival.request_id}));
}

void Connection::record(int status, std::size_t bytes) {
  loop_.shared.counters.requests.fetch_add(1, std::memory_order_relaxed);
  const auto took = loop_.shared.ports.clock.now() - current_.arrival.at;
  loop_.shared.ports.log.access({.method = current_.method,
                                 .route_pattern = current_.route_pattern,
                                 .status = status,
                                 .micros = took.count(),
                                 .response_bytes = bytes,
                                 .request_id = current_.arrival.request_id});
}

// Gives the output to the socket. False when that ended the connection or will end later.
bool Connection::flush() {
  sending_.swap(out_);
  sending_tail_ = std::move(tail_);
  const Buffers buffers{boost::asio::buffer(sending_), sending_tail_
                                                           ? boost::asio::buffer(*sending_tail_)
                                                           : boost::asio::const_buffer()};
  writing_ = true;
  const auto written = write(buffers);
  if (written == Written::kPending) {
    set_deadline(loop_.shared.config.timeouts.write);
    return false;
  }
  forget_sent();
  if (written == Written::kDone) return true;
  close();
  return false;
}

void Connection::on_written(const error_code& error) {
  forget_sent();
  if (phase_ == Phase::kClosed) return;
  if (error) return close();
  if (phase_ == Phase::kBody) set_deadline(loop_.shared.config.timeouts.body);
  if (phase_ == Phase::kWorking) set_deadline(kNever);
  pump();
}

void Connection::forget_sent() {
  writing_ = false;
  sending_tail_.reset();
  sending_.clear();
  if (sending_.capacity() > kOutBytesKept) sending_.shrink_to_fit();
}

// Closing with unread input would make the system send a reset, and the peer could lose the answer.
void Connection::linger() {
  phase_ = Phase::kLingering;
  set_deadline(kLingerTimeout);
  end_output();
  in_begin_ = in_end_ = 0;
  start_reading();
}

}  // namespace http
