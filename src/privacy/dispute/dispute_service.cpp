#include "privacy/dispute/dispute_service.h"

#include "audit/operation_log.h"
#include "privacy/request/request_desk_service.h"
#include "vault/claims.h"

namespace privacy {
namespace {

using core::ErrorCode;
using core::fail;

constexpr std::string_view kPrefix = "dispute/";

core::Status check(const DisputeAnswer& answer) {
  if (!audit::is_dispute_outcome(answer.outcome)) {
    return fail(ErrorCode::kInvalidInput, "dispute.outcome_unknown");
  }
  const auto& text = answer.text.reveal();
  if (text.find_first_not_of(" \t\r\n") == std::string::npos) {
    return fail(ErrorCode::kInvalidInput, "dispute.text_required");
  }
  if (text.size() > DisputeService::kTextBytesMax) {
    return fail(ErrorCode::kInvalidInput, "dispute.text_too_long");
  }
  return {};
}

}  // namespace

std::string dispute_answer_name(const audit::EntryId& entry_id) {
  return std::string(kPrefix) + entry_id.to_string();
}

core::Result<std::vector<audit::Dispute>> DisputeService::page(
    bool open, const std::optional<audit::sql::DisputeCursor>& after, int rows_max) {
  return ports_.data.read([&](store::UnitOfWork& unit) {
    return audit::sql::list_disputes(unit, open, after, rows_max);
  });
}

core::Result<audit::Dispute> DisputeService::find(const audit::EntryId& entry_id) {
  TRY(const auto found, ports_.data.read([&](store::UnitOfWork& unit) {
    return audit::sql::find_dispute(unit, entry_id);
  }));
  if (!found) return fail(ErrorCode::kNotFound, "dispute.unknown");
  return *found;
}

core::Result<DisputeFile> DisputeService::get(const core::CitizenId& officer_id,
                                              const audit::EntryId& entry_id, core::Instant now) {
  TRY(const auto dispute, find(entry_id));
  // The record of this reading is durable before anything of the entry is opened.
  TRY(const auto records, ports_.vault.open({.citizen_id = dispute.citizen_id,
                                             .category = vault::Category::kRequests,
                                             .purpose = vault::Purpose::kAnswerRequest,
                                             .actor = officer_actor(officer_id),
                                             .now = now}));
  DisputeFile file{dispute, {}, {}};
  TRY(file.entry, ports_.log.open(dispute.citizen_id, entry_id));
  const auto* answer = vault::find_record(records, dispute_answer_name(entry_id));
  if (answer != nullptr) file.answer = answer->value;
  return file;
}

core::Result<audit::Dispute> DisputeService::answer(const DisputeAnswer& answer,
                                                    core::Instant now) {
  TRY_VOID(check(answer));
  TRY(auto dispute, find(answer.entry_id));
  if (dispute.citizen_id == answer.officer_id) return fail(ErrorCode::kForbidden, "dispute.own");
  if (!dispute.is_open()) return fail(ErrorCode::kConflict, "dispute.answered_already");
  TRY(const auto sealed,
      ports_.vault.seal({.citizen_id = dispute.citizen_id,
                         .category = vault::Category::kRequests,
                         .name = dispute_answer_name(answer.entry_id),
                         .value = answer.text,
                         .provenance = {std::string(vault::kDeskSource),
                                        std::string(vault::kAssertedLevel), now}}));
  const auto officer = officer_actor(answer.officer_id);
  dispute.answered_at = now;
  dispute.outcome = answer.outcome;
  TRY_VOID(ports_.data.write([&](store::UnitOfWork& unit) -> core::Status {
    TRY(const bool was_open, audit::sql::answer_dispute(unit, dispute));
    if (!was_open) return fail(ErrorCode::kConflict, "dispute.answered_already");
    TRY_VOID(ports_.vault.record(unit, sealed));
    TRY_VOID(audit::record_operation(
        unit, {dispute.citizen_id, "entry.answered", dispute.outcome, officer.name()}, now,
        ports_.rng));
    return ports_.notice.tell(unit, dispute.citizen_id, AnsweredThing::kDispute, now);
  }));
  return dispute;
}

core::Result<std::map<audit::EntryId, core::Secret<std::string>>> DisputeService::answers_to(
    const core::CitizenId& citizen_id, core::Instant now) {
  TRY(const auto records, ports_.vault.open({.citizen_id = citizen_id,
                                             .category = vault::Category::kRequests,
                                             .purpose = vault::Purpose::kShowToCitizen,
                                             .actor = vault::Actor::citizen(),
                                             .now = now}));
  std::map<audit::EntryId, core::Secret<std::string>> answers;
  for (const auto& record : records) {
    if (!record.name.starts_with(kPrefix)) continue;
    const auto id = audit::EntryId::parse(record.name.substr(kPrefix.size()));
    if (id) answers.emplace(*id, record.value);
  }
  return answers;
}

}  // namespace privacy
