#include "identity/delivery/delivery_service.h"

#include <algorithm>

#include "codec/json.h"
#include "identity/challenge/challenge_store.h"
#include "identity/delivery/delivery_store.h"

namespace identity {
namespace {

using core::ErrorCode;
using core::fail;

/// Receipts come late: a phone may be off for a day. The row is needed to understand them.
constexpr core::Duration kKept = std::chrono::hours(25);
constexpr std::size_t kIdTextBytes = 36;
constexpr std::size_t kNameBytesMax = 64;
constexpr std::size_t kMessageIdBytesMax = 200;

void add_tried(sql::DeliveryRow& row, std::string_view operator_name) {
  auto& tried = row.progress.tried;
  if (std::find(tried.begin(), tried.end(), operator_name) == tried.end()) {
    tried.emplace_back(operator_name);
  }
}

bool is_ended(const sql::DeliveryRow& row) {
  const auto state = row.progress.report.state;
  return state == DeliveryState::kDelivered || state == DeliveryState::kFailed;
}

}  // namespace

core::Result<DeliveryProgress> DeliveryService::begin(const DeliveryStart& start,
                                                      core::Instant now) {
  return data_.write([&](store::UnitOfWork& unit) -> core::Result<DeliveryProgress> {
    TRY(const auto found, sql::find_delivery(unit, start.id));
    if (found) return found->progress;
    sql::DeliveryRow row;
    row.id = start.id;
    row.progress.report.channel = start.channel;
    row.message_sealed = start.message_sealed;
    row.updated_at = now;
    row.expires_at = start.expires_at;
    TRY_VOID(sql::insert_delivery(unit, row));
    return row.progress;
  });
}

template <typename Change>
core::Status DeliveryService::change(const ChallengeId& id, core::Instant now,
                                     const Change& change) {
  return data_.write([&](store::UnitOfWork& unit) -> core::Status {
    TRY(auto row, sql::find_delivery(unit, id));
    if (!row) return fail(ErrorCode::kNotFound, "delivery.unknown");
    TRY_VOID(change(unit, *row));
    row->updated_at = now;
    return sql::update_delivery(unit, *row);
  });
}

core::Status DeliveryService::note_handover(const ChallengeId& id, const DeliveryHandover& handover,
                                            core::Instant now) {
  return change(id, now, [&](store::UnitOfWork& unit, sql::DeliveryRow& row) -> core::Status {
    for (const auto& message_id : handover.message_ids) {
      TRY_VOID(
          sql::insert_part(unit, {handover.operator_name, message_id, id, row.expires_at + kKept}));
    }
    row.progress.report.state = handover.final ? DeliveryState::kDelivered : DeliveryState::kSent;
    return {};
  });
}

core::Status DeliveryService::note_switch_to_sms(const ChallengeId& id, DeliveryProblem problem,
                                                 core::Instant now) {
  return change(id, now, [&](store::UnitOfWork& /*unit*/, sql::DeliveryRow& row) -> core::Status {
    row.progress.report = {Channel::kSms, DeliveryState::kQueued, problem};
    return {};
  });
}

core::Status DeliveryService::note_refusal(const ChallengeId& id, std::string_view operator_name,
                                           core::Instant now) {
  return change(id, now, [&](store::UnitOfWork& /*unit*/, sql::DeliveryRow& row) -> core::Status {
    add_tried(row, operator_name);
    return {};
  });
}

core::Status DeliveryService::note_failure(const ChallengeId& id, DeliveryProblem problem,
                                           core::Instant now) {
  return change(id, now, [&](store::UnitOfWork& /*unit*/, sql::DeliveryRow& row) -> core::Status {
    auto& report = row.progress.report;
    report.state = DeliveryState::kFailed;
    // What is known of the person's phone says more than that nobody is left to ask.
    if (report.problem == DeliveryProblem::kNone) report.problem = problem;
    return {};
  });
}

core::Status DeliveryService::take_receipt(const DeliveryReceipt& receipt, core::Instant now) {
  return data_.write([&](store::UnitOfWork& unit) -> core::Status {
    TRY(const auto id, sql::find_part(unit, receipt));
    if (!id) return fail(ErrorCode::kNotFound, "delivery.unknown");
    TRY(auto row, sql::find_delivery(unit, *id));
    if (!row || is_ended(*row)) return {};
    auto& report = row->progress.report;
    row->updated_at = now;
    if (receipt.delivered) {
      TRY_VOID(sql::mark_part_delivered(unit, receipt));
      TRY(const auto missing, sql::count_undelivered_parts(unit, *id, receipt.operator_name));
      if (missing > 0) return {};
      report.state = DeliveryState::kDelivered;
      return sql::update_delivery(unit, *row);
    }
    const auto& tried = row->progress.tried;
    // A second part of the same message that did not arrive is no news.
    if (std::find(tried.begin(), tried.end(), receipt.operator_name) != tried.end()) return {};
    add_tried(*row, receipt.operator_name);
    const bool again = now < row->expires_at && row->rounds < kRoundsMax;
    report.state = again ? DeliveryState::kQueued : DeliveryState::kFailed;
    report.problem = DeliveryProblem::kUndelivered;
    ++row->rounds;
    TRY_VOID(sql::update_delivery(unit, *row));
    if (!again) return {};
    const store::OutboxMessage message{
        .kind = std::string(kOperatorMessageKind),
        .dedup_key = id->to_string() + "." + std::to_string(row->rounds),
        .payload = row->message_sealed,
        .not_before = {}};
    TRY_VOID(store::enqueue(unit, message, now, rng_));
    return {};
  });
}

core::Result<DeliveryReport> DeliveryService::report(const ChallengeId& id) {
  return data_.read([&](store::UnitOfWork& unit) -> core::Result<DeliveryReport> {
    TRY(const auto challenge, sql::find_challenge(unit, id));
    if (!challenge) return fail(ErrorCode::kNotFound, "challenge.unknown");
    TRY(const auto row, sql::find_delivery(unit, challenge->code_id));
    if (row) return row->progress.report;
    return DeliveryReport{challenge->channel, DeliveryState::kQueued, DeliveryProblem::kNone};
  });
}

core::Result<std::int64_t> DeliveryService::purge(core::Instant now) {
  return data_.write(
      [&](store::UnitOfWork& unit) { return sql::purge_deliveries(unit, now - kKept); });
}

store::OutboxMessage receipt_message(const DeliveryReceipt& receipt) {
  const auto text = codec::to_text(codec::JsonObject{{"operator", receipt.operator_name},
                                                     {"message_id", receipt.message_id},
                                                     {"delivered", receipt.delivered}});
  return {.kind = std::string(kOperatorReceiptKind),
          .dedup_key = receipt.operator_name + "|" + receipt.message_id.substr(0, 100) +
                       (receipt.delivered ? "|1" : "|0"),
          .payload = core::to_bytes(core::as_bytes(text)),
          .not_before = {}};
}

core::Result<DeliveryReceipt> receipt_of(core::ByteView payload) {
  const auto parse = [&]() -> core::Result<DeliveryReceipt> {
    TRY(const auto json, codec::parse_json(core::as_text(payload)));
    TRY(auto fields, codec::JsonFields::of(json));
    DeliveryReceipt receipt;
    TRY(receipt.operator_name, fields.string("operator", kNameBytesMax));
    TRY(receipt.message_id, fields.string("message_id", kMessageIdBytesMax));
    TRY(receipt.delivered, fields.boolean("delivered"));
    return receipt;
  };
  auto receipt = parse();
  if (!receipt) return fail(ErrorCode::kInternal, "operator_receipt.malformed");
  return receipt;
}

core::Result<ChallengeId> challenge_of(std::string_view dedup_key) {
  const auto rest = dedup_key.substr(std::min(kIdTextBytes, dedup_key.size()));
  if (!rest.empty() && rest[0] != '.') return fail(ErrorCode::kInvalidInput, "id.malformed");
  return ChallengeId::parse(dedup_key.substr(0, kIdTextBytes));
}

}  // namespace identity
