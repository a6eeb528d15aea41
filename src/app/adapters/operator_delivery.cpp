#include "app/adapters/operator_delivery.h"

#include <fmt/format.h>

#include <string_view>

#include "identity/challenge/operator_message.h"

namespace app {
namespace {

using core::ErrorCode;
using identity::Channel;
using identity::DeliveryProblem;
using store::OutboxOutcome;

constexpr std::size_t kUngroupedMax = 6;
constexpr std::size_t kGroupMax = 4;

/// A long code in groups, as the page that asks for it shows them: 10 digits are 4, 3 and 3. A
/// short one is read at once.
std::string grouped(std::string_view code) {
  if (code.size() <= kUngroupedMax) return std::string(code);
  const auto groups = (code.size() + kGroupMax - 1) / kGroupMax;
  std::string text;
  std::size_t taken = 0;
  for (std::size_t i = 0; i < groups; ++i) {
    const auto size = (code.size() + groups - 1 - i) / groups;
    if (i > 0) text += ' ';
    text += code.substr(taken, size);
    taken += size;
  }
  return text;
}

std::string sms_text(const identity::OperatorMessage& message, const std::string& name) {
  const auto code = grouped(message.code.reveal());
  if (message.language == "en") {
    return fmt::format("{}: your code is {}. Tell it to nobody.", name, code);
  }
  return fmt::format("{}: ваш код {}. Никому его не называйте.", name, code);
}

DeliveryProblem problem_of(const core::Error& error) {
  if (error.reason == "callee.busy") return DeliveryProblem::kBusy;
  if (error.reason == "callee.declined") return DeliveryProblem::kDeclined;
  if (error.reason == "callee.not_found") return DeliveryProblem::kNotFound;
  if (error.reason == "callee.no_answer") return DeliveryProblem::kNoAnswer;
  return DeliveryProblem::kOperator;
}

}  // namespace

/// A message as it came out of the outbox.
struct OperatorDelivery::Job {
  identity::OperatorMessage message;
  PhoneOrder order;
};

core::Result<OperatorDelivery::Job> OperatorDelivery::open(const store::OutboxDelivery& delivery) {
  const auto id = identity::challenge_of(delivery.dedup_key);
  if (!id) return core::fail(ErrorCode::kInternal, "operator_message.malformed");
  TRY(const auto text,
      vault_.open_transient(identity::operator_message_place(*id), delivery.payload));
  Job job;
  TRY(job.message, identity::decode_operator_message(text));
  job.order = {.id = delivery.dedup_key,
               .to = job.message.to,
               .text = core::Secret<std::string>(sms_text(job.message, installation_name_)),
               .code = job.message.code};
  return job;
}

OperatorDelivery::Outcome OperatorDelivery::deliver(const store::OutboxDelivery& delivery,
                                                    core::Instant now) {
  const auto job = open(delivery);
  if (!job) return OutboxOutcome(store::GiveUp{job.error().reason});
  const auto& message = job->message;
  TRY(const auto progress, deliveries_.begin({.id = message.id,
                                              .channel = message.channel,
                                              .message_sealed = delivery.payload,
                                              .expires_at = message.expires_at},
                                             now));
  if (message.expires_at <= now) {
    TRY_VOID(deliveries_.note_failure(message.id, DeliveryProblem::kOperator, now));
    return OutboxOutcome(store::GiveUp{"challenge.expired"});
  }
  switch (progress.report.state) {
    case identity::DeliveryState::kQueued:
      return send(*job, progress, now);
    case identity::DeliveryState::kFailed:
      return OutboxOutcome(store::GiveUp{"operator.none_left"});
    case identity::DeliveryState::kSent:
    case identity::DeliveryState::kDelivered:
      break;
  }
  // Handed over before the process could note it in the outbox: once is enough.
  return OutboxOutcome(store::Delivered{});
}

OperatorDelivery::Outcome OperatorDelivery::send(const Job& job,
                                                 identity::DeliveryProgress progress,
                                                 core::Instant now) {
  if (progress.report.channel == Channel::kCall) {
    const auto routing = router_.send(Channel::kCall, job.order, progress.tried);
    // Without a word from the operators an SMS is quicker than waiting for them to recover; it
    // holds the same digits, so that whichever arrives first is right.
    if (routing.handover || !router_.has(Channel::kSms)) return settle(job, routing, now);
    const auto problem = problem_of(routing.handover.error());
    TRY_VOID(deliveries_.note_switch_to_sms(job.message.id, problem, now));
  }
  return settle(job, router_.send(Channel::kSms, job.order, progress.tried), now);
}

OperatorDelivery::Outcome OperatorDelivery::settle(const Job& job, const RoutingOutcome& routing,
                                                   core::Instant now) {
  const auto& id = job.message.id;
  for (const auto& name : routing.refused_by) {
    TRY_VOID(deliveries_.note_refusal(id, name, now));
  }
  if (routing.handover) {
    TRY_VOID(deliveries_.note_handover(id,
                                       {.operator_name = routing.operator_name,
                                        .message_ids = routing.handover->message_ids,
                                        .final = routing.handover->final},
                                       now));
    return OutboxOutcome(store::Delivered{});
  }
  const auto& error = routing.handover.error();
  if (error.code == ErrorCode::kUnavailable) return OutboxOutcome(store::RetryAfter{error.reason});
  TRY_VOID(deliveries_.note_failure(id, problem_of(error), now));
  return OutboxOutcome(store::GiveUp{error.reason});
}

OperatorDelivery::Outcome OperatorDelivery::take_receipt(const store::OutboxDelivery& delivery,
                                                         core::Instant now) {
  const auto receipt = identity::receipt_of(delivery.payload);
  if (!receipt) return OutboxOutcome(store::GiveUp{receipt.error().reason});
  const auto taken = deliveries_.take_receipt(*receipt, now);
  if (taken) return OutboxOutcome(store::Delivered{});
  return OutboxOutcome(store::RetryAfter{taken.error().reason});
}

store::OutboxPolicy OperatorDelivery::policy() {
  return {.attempts_max = 12,
          .backoff_first = std::chrono::seconds(1),
          .backoff_max = std::chrono::seconds(30),
          .lease = std::chrono::seconds(90)};
}

store::OutboxPolicy OperatorDelivery::receipt_policy() {
  return {.attempts_max = 6,
          .backoff_first = std::chrono::milliseconds(100),
          .backoff_max = std::chrono::seconds(5),
          .lease = std::chrono::seconds(30)};
}

}  // namespace app
