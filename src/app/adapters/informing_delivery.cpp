#include "app/adapters/informing_delivery.h"

#include "app/inform/informing_order.h"
#include "app/inform/reachable.h"

namespace app {
namespace {

using core::ErrorCode;
using core::fail;
using privacy::InformingChannel;
using store::OutboxOutcome;

/// Not worth sending after this.
constexpr core::Duration kLife = std::chrono::hours(72);

}  // namespace

InformingDelivery::InformingDelivery(InformingDeliveryPorts ports, const Config& config)
    : ports_(ports), reading_(ports.vault), sender_(informing_sender(config)) {}

core::Result<OutboxOutcome> InformingDelivery::deliver(const store::OutboxDelivery& delivery,
                                                       core::Instant now) {
  const auto key = privacy::decode_informing(delivery.payload);
  if (!key) return OutboxOutcome(store::GiveUp{key.error().reason});
  TRY(const auto message, ports_.vault.data.read([&](store::UnitOfWork& unit) {
    return privacy::sql::find_informing(unit, *key);
  }));
  // The account may have been erased since.
  if (!message) return OutboxOutcome(store::GiveUp{"informing.unknown"});
  if (message->sent_at) return OutboxOutcome(store::Delivered{});
  // Whoever took it ended in the middle: it may have left, and is not sent twice.
  if (message->taken_at) return OutboxOutcome(store::GiveUp{"informing.uncertain"});
  TRY(const auto outcome, attempt(delivery.dedup_key, *key, *message, now));
  TRY_VOID(settle(*key, message->text.topic(), outcome, now));
  return outcome;
}

core::Result<OutboxOutcome> InformingDelivery::attempt(const std::string& id,
                                                       const privacy::InformingKey& key,
                                                       const privacy::InformingMessage& message,
                                                       core::Instant now) {
  if (message.queued_at + kLife <= now) return OutboxOutcome(store::GiveUp{"informing.late"});
  const bool carried = key.channel == InformingChannel::kSms ? ports_.texts.configured()
                                                             : ports_.letters.configured();
  if (!carried) return OutboxOutcome(store::GiveUp{"informing.no_carrier"});
  const auto to = take(key, message.text.topic(), now);
  if (to) return send(id, key, message.text, *to, now);
  // Withdrawn, blocked, or on its way out since it was written.
  if (to.error().code == ErrorCode::kForbidden) {
    return OutboxOutcome(store::GiveUp{to.error().reason});
  }
  return fail(to.error());
}

core::Result<core::Secret<std::string>> InformingDelivery::take(const privacy::InformingKey& key,
                                                                privacy::ConsentPurpose topic,
                                                                core::Instant now) {
  const auto beside = [&](store::UnitOfWork& unit) -> core::Status {
    TRY(const auto obstacle, find_obstacle(unit, key.citizen_id));
    if (obstacle) {
      return fail(ErrorCode::kForbidden, "informing." + std::string(name_of(*obstacle)));
    }
    TRY(const bool taken, privacy::sql::take_informing(unit, key, now));
    // Another attempt, whose lease ran out, has it; what it says counts.
    if (!taken) return fail(ErrorCode::kConflict, "informing.taken");
    return {};
  };
  const bool sms = key.channel == InformingChannel::kSms;
  return reading_.read({.citizen_id = key.citizen_id,
                        .contact = sms ? vault::Contact::kPhone : vault::Contact::kEmail,
                        .consent = std::string(name_of(topic)),
                        .part = std::string(name_of(key.channel)),
                        .actor = vault::Actor::platform("informing"),
                        .now = now},
                       beside);
}

OutboxOutcome InformingDelivery::send(const std::string& id, const privacy::InformingKey& key,
                                      const privacy::InformingText& text,
                                      const core::Secret<std::string>& to, core::Instant now) {
  // Removed since the message was written.
  if (to.reveal().empty()) return store::GiveUp{"informing.no_contact"};
  if (key.channel == InformingChannel::kSms) {
    return ports_.texts.send(id, to, text.as_sms(sender_));
  }
  auto letter = text.as_letter(sender_);
  return ports_.letters.send(id, to, {std::move(letter.subject), std::move(letter.text)}, now);
}

core::Status InformingDelivery::settle(const privacy::InformingKey& key,
                                       privacy::ConsentPurpose topic, const OutboxOutcome& outcome,
                                       core::Instant now) {
  return ports_.vault.data.write([&](store::UnitOfWork& unit) -> core::Status {
    if (std::holds_alternative<store::Delivered>(outcome)) {
      return privacy::sql::note_informed(unit, key, topic, now, ports_.vault.rng);
    }
    if (std::holds_alternative<store::GiveUp>(outcome)) {
      return privacy::sql::drop_informing(unit, key);
    }
    return privacy::sql::give_back_informing(unit, key);
  });
}

store::OutboxPolicy InformingDelivery::policy() {
  // The message's life ends first.
  return {.attempts_max = 100,
          .backoff_first = std::chrono::seconds(2),
          .backoff_max = std::chrono::hours(1),
          .lease = std::chrono::seconds(60)};
}

}  // namespace app
