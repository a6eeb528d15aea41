#include "edges/smpp/session.h"

#include <algorithm>

#include "core/assert.h"

namespace edges::smpp {
namespace {

using core::ErrorCode;
using core::fail;

constexpr std::uint32_t kSequenceMax = 0x7FFFFFFF;
constexpr std::uint32_t kEsmeRinvcmdlen = 0x02;
/// Reports kept until they are answered; a centre that sends more is told to come again.
constexpr std::size_t kReceiptsMax = 1000;
/// How far the rate may run ahead: a burst after silence.
constexpr milliseconds kBurst{100};

/// Troubles of the centre itself, which another try or another centre may not have.
bool is_passing(std::uint32_t status) {
  constexpr std::uint32_t kInvalidBindState = 0x04;
  constexpr std::uint32_t kSubmitFailed = 0x45;
  return status == kEsmeRsyserr || status == kInvalidBindState || status == kSubmitFailed;
}

}  // namespace

Session::Session(SessionConfig config, Moment now)
    : config_(std::move(config)),
      bind_until_(now + config_.timeout),
      heard_at_(now),
      throttle_pause_(config_.throttle_first),
      next_slot_(now) {
  bind_sequence_ = next_sequence();
  write(bind_transceiver(config_.bind, bind_sequence_));
}

std::uint32_t Session::next_sequence() {
  sequence_ = sequence_ >= kSequenceMax ? 1 : sequence_ + 1;
  return sequence_;
}

void Session::receive(core::ByteView bytes, Moment now) {
  if (bytes.empty() || failure_) return;
  heard_at_ = now;
  reader_.append(bytes);
  for (;;) {
    const auto next = reader_.next();
    if (!next) return end(next.error().code, next.error().reason, next.error().detail);
    if (next->empty()) return;
    PduHeader header;
    const auto pdu = parse_pdu(*next, &header);
    if (pdu) {
      handle(*pdu, now);
    } else if ((header.command_id & kResponseBit) != 0) {
      finish(header.sequence_number, fail(ErrorCode::kUnavailable, "smpp.failed", "malformed"));
    } else {
      write(bare_pdu(CommandId::kGenericNack, kEsmeRinvcmdlen, header.sequence_number));
    }
    if (failure_) return;
  }
}

void Session::handle(const Pdu& pdu, Moment now) {
  const auto& header = pdu.header;
  if (std::holds_alternative<BindTransceiverResp>(pdu.body)) {
    on_bind_resp(header, now);
  } else if (const auto* submitted = std::get_if<SubmitSmResp>(&pdu.body)) {
    on_submit_resp(header, submitted->message_id, now);
  } else if (const auto* message = std::get_if<DeliverSm>(&pdu.body)) {
    on_deliver(header, *message);
  } else if (std::holds_alternative<EnquireLink>(pdu.body)) {
    write(bare_pdu(CommandId::kEnquireLinkResp, kEsmeRok, header.sequence_number));
  } else if (std::holds_alternative<EnquireLinkResp>(pdu.body)) {
    enquired_until_.reset();
  } else if (std::holds_alternative<Unbind>(pdu.body)) {
    write(bare_pdu(CommandId::kUnbindResp, kEsmeRok, header.sequence_number));
    end(ErrorCode::kUnavailable, "smpp.unbound");
  } else if (std::holds_alternative<UnbindResp>(pdu.body)) {
    end(ErrorCode::kUnavailable, "smpp.unbound");
  } else if (std::holds_alternative<GenericNack>(pdu.body)) {
    if (state_ == State::kBinding) return end(ErrorCode::kForbidden, "smpp.bind_refused", "nack");
    finish(header.sequence_number, fail(ErrorCode::kUnavailable, "smpp.failed", "nack"));
  } else if ((header.command_id & kResponseBit) == 0) {
    write(bare_pdu(CommandId::kGenericNack, kEsmeRinvcmdid, header.sequence_number));
  }
}

void Session::on_bind_resp(const PduHeader& header, Moment now) {
  if (state_ != State::kBinding || header.sequence_number != bind_sequence_) return;
  if (header.command_status != kEsmeRok) {
    return end(ErrorCode::kForbidden, "smpp.bind_refused",
               "status " + std::to_string(header.command_status));
  }
  state_ = State::kBound;
  next_slot_ = now;
}

void Session::on_submit_resp(const PduHeader& header, const std::string& message_id, Moment now) {
  const auto status = header.command_status;
  const std::string detail = "status " + std::to_string(status);
  if (!waiting_.contains(header.sequence_number)) return;  // answered too late, or never asked
  if (status == kEsmeRok) {
    throttle_pause_ = config_.throttle_first;
    finish(header.sequence_number, message_id);
  } else if (status == kEsmeRthrottled || status == kEsmeRmsgqful) {
    slow_down(now);
    finish(header.sequence_number, fail(ErrorCode::kUnavailable, "smpp.throttled", detail));
  } else if (is_passing(status)) {
    finish(header.sequence_number, fail(ErrorCode::kUnavailable, "smpp.failed", detail));
  } else {
    finish(header.sequence_number, fail(ErrorCode::kForbidden, "smpp.refused", detail));
  }
}

void Session::on_deliver(const PduHeader& header, const DeliverSm& message) {
  auto receipt = find_receipt(message);
  // News that are not final, and messages from people, to whom nobody answers: taken and forgotten.
  if (!receipt) return write(deliver_sm_resp(kEsmeRok, header.sequence_number));
  if (receipts_.size() >= kReceiptsMax) return answer_receipt(header.sequence_number, false);
  receipts_.push_back({header.sequence_number, *std::move(receipt)});
}

void Session::answer_receipt(std::uint32_t sequence_number, bool kept) {
  write(deliver_sm_resp(kept ? kEsmeRok : kEsmeRxTAppn, sequence_number));
}

void Session::finish(std::uint32_t sequence_number, core::Result<std::string> outcome) {
  const auto found = waiting_.find(sequence_number);
  if (found == waiting_.end()) return;
  const auto done = std::move(found->second.done);
  waiting_.erase(found);
  done(std::move(outcome));
}

void Session::slow_down(Moment now) {
  // Answers to the same burst are one sign, not many.
  if (is_throttled(now)) return;
  throttled_until_ = now + throttle_pause_;
  throttle_pause_ = std::min(throttle_pause_ * 2, config_.throttle_max);
}

void Session::tick(Moment now) {
  if (failure_) return;
  if (state_ == State::kBinding) {
    if (now >= bind_until_) end(ErrorCode::kUnavailable, "smpp.silent", "bind");
    return;
  }
  std::vector<std::uint32_t> late;
  for (const auto& [sequence, waiting] : waiting_) {
    if (now >= waiting.until) late.push_back(sequence);
  }
  for (const auto sequence : late) finish(sequence, fail(ErrorCode::kUnavailable, "smpp.timeout"));
  if (enquired_until_) {
    if (now >= *enquired_until_) end(ErrorCode::kUnavailable, "smpp.silent", "enquire_link");
  } else if (now >= heard_at_ + config_.enquire_link) {
    write(bare_pdu(CommandId::kEnquireLink, kEsmeRok, next_sequence()));
    enquired_until_ = now + config_.timeout;
  }
}

Moment Session::next_tick() const {
  if (state_ == State::kBinding) return bind_until_;
  Moment next = enquired_until_.value_or(heard_at_ + config_.enquire_link);
  for (const auto& [sequence, waiting] : waiting_) next = std::min(next, waiting.until);
  return next;
}

bool Session::can_submit(Moment now) const {
  return state_ == State::kBound && !failure_ && !is_throttled(now) && now + kBurst >= next_slot_ &&
         waiting_.size() < static_cast<std::size_t>(config_.window);
}

void Session::submit(const SubmitRequest& request, Done done, Moment now) {
  CORE_ASSERT(can_submit(now));
  const auto sequence = next_sequence();
  write(submit_sm(request, sequence));
  waiting_.emplace(sequence, Waiting{std::move(done), now + config_.timeout});
  next_slot_ =
      std::max(next_slot_, now) + std::chrono::microseconds(1'000'000 / config_.per_second);
}

core::Bytes Session::take_output() { return std::exchange(output_, {}); }

std::vector<ReceivedReceipt> Session::take_receipts() { return std::exchange(receipts_, {}); }

void Session::unbind(Moment /*now*/) {
  if (state_ != State::kBound || failure_) return;
  write(bare_pdu(CommandId::kUnbind, kEsmeRok, next_sequence()));
}

void Session::lose_link() {
  state_ = State::kEnded;
  while (!waiting_.empty()) {
    finish(waiting_.begin()->first, fail(ErrorCode::kUnavailable, "smpp.link_lost"));
  }
}

void Session::end(ErrorCode code, std::string_view reason, std::string detail) {
  failure_ = core::Error{code, std::string(reason), std::move(detail)};
  lose_link();
}

}  // namespace edges::smpp
