#include "edges/sip_call/flash_call.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace edges::sip_call {
namespace {

using core::ErrorCode;

// RFC 3261, section 17: T1, T2, and the time after which nothing of a transaction is on its way.
constexpr milliseconds kT1{500};
constexpr milliseconds kT2{4'000};
constexpr milliseconds kTransaction = 64 * kT1;
constexpr int kAuthenticationsMax = 2;
constexpr Moment kNever = Moment::max();

core::Status failed(ErrorCode code, std::string_view reason, int status = 0) {
  return core::fail(code, reason, status == 0 ? std::string() : "status " + std::to_string(status));
}

/// What a final answer other than success means for us.
core::Status meaning_of(int status) {
  switch (status) {
    case 486:
    case 600:
      return failed(ErrorCode::kConflict, "callee.busy", status);
    case 603:
    case 607:
    case 608:
      return failed(ErrorCode::kConflict, "callee.declined", status);
    case 404:
    case 410:
    case 484:
    case 604:
      return failed(ErrorCode::kConflict, "callee.not_found", status);
    case 408:
    case 480:
    case 487:
      return failed(ErrorCode::kConflict, "callee.no_answer", status);
    case 401:
    case 407:
      return failed(ErrorCode::kUnavailable, "sip.unauthorised", status);
    case 403:
      return failed(ErrorCode::kUnavailable, "sip.refused", status);
    default:
      return failed(ErrorCode::kUnavailable, "sip.failed", status);
  }
}

std::string response_to(const SipRequest& request, std::string_view status) {
  std::string text = fmt::format("SIP/2.0 {}\r\n", status);
  for (const auto& via : request.headers.vias) text += "Via: " + via + "\r\n";
  return text + fmt::format(
                    "From: {}\r\nTo: {}\r\nCall-ID: {}\r\nCSeq: {} {}\r\n"
                    "Content-Length: 0\r\n\r\n",
                    request.headers.from, request.headers.to, request.headers.call_id,
                    request.headers.cseq, request.headers.cseq_method);
}

/// Record-Route values as our Route set: the farthest proxy first (RFC 3261, section 12.1.2).
std::string routes_of(const SipResponse& response) {
  std::string lines;
  for (auto route = response.record_routes.rbegin(); route != response.record_routes.rend();
       ++route) {
    lines += "Route: " + *route + "\r\n";
  }
  return lines;
}

}  // namespace

FlashCall::FlashCall(const TrunkProfile& profile, CallPlan plan, Moment now)
    : profile_(profile),
      plan_(std::move(plan)),
      call_id_(plan_.unique + "@" + profile.domain),
      uri_(fmt::format("sip:{}@{};user=phone", plan_.to.reveal(), profile.domain)),
      started_(now),
      deadline_(now + profile.trunk_timeout) {
  invite(now, "");
}

std::string FlashCall::branch(std::string_view what) const {
  return fmt::format("z9hG4bK{}{}{}", plan_.unique, what, cseq_);
}

std::string FlashCall::write(const Request& request) const {
  const auto identity = fmt::format("<sip:{}@{};user=phone>", plan_.from, profile_.domain);
  return fmt::format(
      "{} {} SIP/2.0\r\nVia: SIP/2.0/{} {};branch={};rport\r\nMax-Forwards: 70\r\n"
      "From: {};tag={}\r\nTo: {}\r\nCall-ID: {}\r\nCSeq: {} {}\r\n{}Content-Length: {}\r\n\r\n{}",
      request.method, request.uri, profile_.transport, profile_.local, request.branch, identity,
      plan_.unique.substr(0, 10),
      request.to_tag_line.empty() ? "<" + uri_ + ">" : request.to_tag_line, call_id_, request.cseq,
      request.method, request.extra, request.body.size(), request.body);
}

void FlashCall::invite(Moment now, const std::string& authorization) {
  const auto host = profile_.local.substr(0, profile_.local.rfind(':'));
  const bool v6 = host.starts_with('[');
  const auto address = v6 ? host.substr(1, host.size() - 2) : host;
  Request request;
  request.method = "INVITE";
  request.uri = uri_;
  request.branch = branch("i");
  request.cseq = cseq_;
  request.extra = fmt::format(
      "Contact: <sip:{}@{}{}>\r\nP-Asserted-Identity: <sip:{}@{};user=phone>\r\n"
      "Allow: INVITE, ACK, CANCEL, BYE\r\n{}Content-Type: application/sdp\r\n",
      plan_.from, profile_.local, profile_.transport == "UDP" ? "" : ";transport=tcp", plan_.from,
      profile_.domain, authorization.empty() ? "" : authorization + "\r\n");
  // Gateways want an offer, though nobody will ever speak: no sound in either direction.
  request.body = fmt::format(
      "v=0\r\no=- 0 0 IN {0} {1}\r\ns=-\r\nc=IN {0} {1}\r\nt=0 0\r\nm=audio 9 RTP/AVP 0 8\r\n"
      "a=inactive\r\n",
      v6 ? "IP6" : "IP4", address);
  repeat(inviting_, write(request), now);
}

void FlashCall::repeat(std::optional<Repeated>& what, std::string message, Moment now) {
  output_.push_back(message);
  what = Repeated{std::move(message), profile_.transport == "UDP" ? now + kT1 : kNever, kT1};
}

void FlashCall::repeat_due(std::optional<Repeated>& what, Moment now, bool bounded) {
  if (!what || now < what->next) return;
  output_.push_back(what->message);
  what->interval = bounded ? std::min(what->interval * 2, kT2) : what->interval * 2;
  what->next = now + what->interval;
}

void FlashCall::on_message(const SipMessage& message, Moment now) {
  if (is_over()) return;
  if (const auto* request = std::get_if<SipRequest>(&message)) return on_request(*request);
  on_response(std::get<SipResponse>(message), now);
}

// Whoever was called may hang up first; everything else is not for us.
void FlashCall::on_request(const SipRequest& request) {
  if (request.method == "ACK") return;
  const bool bye = request.method == "BYE" && state_ == State::kAnswered;
  output_.push_back(response_to(request, bye ? "200 OK" : "481 Call/Transaction Does Not Exist"));
}

void FlashCall::on_response(const SipResponse& response, Moment now) {
  const auto& headers = response.headers;
  if (headers.cseq_method == "CANCEL" || headers.cseq_method == "BYE") {
    if (response.status < 200 || !ending_ ||
        headers.branch != branch(headers.cseq_method == "BYE" ? "b" : "i")) {
      return;
    }
    ending_.reset();
    if (state_ == State::kAnswered) linger(now);
    return;
  }
  if (headers.cseq_method != "INVITE" || headers.cseq != cseq_ || headers.branch != branch("i")) {
    return;
  }
  if (response.status < 200) {
    on_provisional(response.status, now);
  } else if (response.status < 300) {
    on_answered(response, now);
  } else {
    on_refused(response, now);
  }
}

void FlashCall::on_provisional(int status, Moment now) {
  if (inviting_) inviting_->next = kNever;
  const bool rings = status == 180 || status == 183;
  if (state_ == State::kEnding || state_ == State::kAnswered) return;
  if (state_ == State::kCancelling) {
    // Given up before the trunk had said a word: now it may be told.
    if (!ending_) cancel(now);
  } else if (rings && state_ != State::kRinging) {
    state_ = State::kRinging;
    deadline_ = now + profile_.ring;
  } else if (state_ == State::kCalling) {
    state_ = State::kProceeding;
    deadline_ = started_ + profile_.ring_timeout;
  }
}

void FlashCall::cancel(Moment now) {
  Request request;
  request.method = "CANCEL";
  request.uri = uri_;
  request.branch = branch("i");  // of the INVITE it ends (RFC 3261, section 9.1)
  request.cseq = cseq_;
  repeat(ending_, write(request), now);
  state_ = State::kCancelling;
  deadline_ = now + kTransaction;
}

FlashCall::Request FlashCall::in_dialog(const SipResponse& response,
                                        std::string_view method) const {
  Request request;
  request.method = method;
  request.uri = response.contact.empty() ? uri_ : response.contact;
  request.to_tag_line = response.headers.to;
  request.extra = routes_of(response);
  return request;
}

void FlashCall::on_answered(const SipResponse& response, Moment now) {
  inviting_.reset();
  auto ack = in_dialog(response, "ACK");
  ack.branch = branch("a");
  ack.cseq = cseq_;
  output_.push_back(write(ack));
  if (!hung_up_.insert(response.headers.to_tag).second) return;  // repeated: only the ACK was lost
  auto bye = in_dialog(response, "BYE");
  bye.branch = branch("b");
  bye.cseq = cseq_ + 1;
  repeat(ending_, write(bye), now);
  state_ = State::kAnswered;
  deadline_ = now + kTransaction;
  settle({});  // somebody picked up: the number was seen
}

void FlashCall::on_refused(const SipResponse& response, Moment now) {
  inviting_.reset();
  Request ack;
  ack.method = "ACK";
  ack.uri = uri_;
  ack.branch = branch("i");  // part of the INVITE's transaction (RFC 3261, section 17.1.1.3)
  ack.to_tag_line = response.headers.to;
  ack.cseq = cseq_;
  output_.push_back(write(ack));
  if (state_ == State::kEnding || state_ == State::kAnswered) return;
  if (authenticate(response, now)) return;
  const bool ours = state_ == State::kCancelling && response.status == 487;
  settle(ours && planned_ ? *planned_ : meaning_of(response.status));
  linger(now);
}

bool FlashCall::authenticate(const SipResponse& response, Moment now) {
  if ((response.status != 401 && response.status != 407) || state_ == State::kCancelling) {
    return false;
  }
  const auto challenge = choose_challenge(response.challenges);
  const bool again = authentications_ > 0;
  if (!challenge || profile_.credentials.username.empty() ||
      authentications_ >= kAuthenticationsMax || (again && !challenge->stale)) {
    return false;
  }
  ++authentications_;
  ++cseq_;
  state_ = State::kCalling;
  deadline_ = now + profile_.trunk_timeout;
  const auto cnonce = plan_.unique + std::to_string(cseq_);
  invite(now, answer_challenge(*challenge, profile_.credentials, {"INVITE", uri_}, cnonce));
  return true;
}

void FlashCall::settle(core::Status outcome) {
  if (!outcome_) outcome_ = std::move(outcome);
}

// Answers that were sent twice, and calls that were forked, are still understood for a while.
void FlashCall::linger(Moment now) {
  ending_.reset();
  state_ = State::kEnding;
  deadline_ = now + kTransaction;
}

void FlashCall::tick(Moment now) {
  if (is_over()) return;
  repeat_due(inviting_, now, false);
  repeat_due(ending_, now, true);
  if (now < deadline_) return;
  switch (state_) {
    case State::kCalling:
      settle(failed(ErrorCode::kUnavailable, "sip.silent"));
      // No CANCEL before the first answer (RFC 3261, section 9.1); should one come, it follows.
      inviting_.reset();
      state_ = State::kCancelling;
      deadline_ = now + kTransaction;
      break;
    case State::kProceeding:
      planned_ = failed(ErrorCode::kConflict, "callee.no_answer");
      settle(*planned_);
      cancel(now);
      break;
    case State::kRinging:
      planned_ = core::Status();
      cancel(now);
      break;
    case State::kCancelling:
    case State::kAnswered:
    case State::kEnding:
    case State::kOver:
      settle(planned_.value_or(failed(ErrorCode::kUnavailable, "sip.silent")));
      state_ = State::kOver;
      break;
  }
}

Moment FlashCall::next_tick() const {
  if (is_over()) return kNever;
  Moment next = deadline_;
  if (inviting_) next = std::min(next, inviting_->next);
  if (ending_) next = std::min(next, ending_->next);
  return next;
}

void FlashCall::hang_up(Moment now) {
  switch (state_) {
    case State::kCalling:
      // No CANCEL before the first answer (RFC 3261, section 9.1).
      lose_trunk();
      break;
    case State::kProceeding:
      planned_ = failed(ErrorCode::kUnavailable, "sip.unreachable");
      cancel(now);
      break;
    case State::kRinging:
      planned_ = core::Status();
      cancel(now);
      break;
    case State::kCancelling:
    case State::kAnswered:
    case State::kEnding:
    case State::kOver:
      break;
  }
}

void FlashCall::lose_trunk() {
  settle(planned_.value_or(failed(ErrorCode::kUnavailable, "sip.unreachable")));
  state_ = State::kOver;
}

std::vector<std::string> FlashCall::take_output() { return std::exchange(output_, {}); }

}  // namespace edges::sip_call
