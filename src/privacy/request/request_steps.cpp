#include "privacy/request/request_steps.h"

#include "audit/operation_log.h"
#include "privacy/request/request_store.h"
#include "vault/claims.h"

namespace privacy {
namespace {

using core::ErrorCode;
using core::fail;

constexpr std::size_t kSaltBytes = 16;

std::string prefix_of(const RequestId& id) { return "request/" + id.to_string() + "/"; }

/// As the log names them: an officer is one of the staff.
std::string actor_of(const RequestEvent& event) {
  const bool is_staff = event.actor != "citizen" && event.actor != "platform";
  return is_staff ? vault::Actor::staff(event.actor).name() : event.actor;
}

core::Status record(store::UnitOfWork& unit, const SubjectRequest& request,
                    const RequestEvent& event, core::Instant noted_at, core::Rng& rng) {
  TRY_VOID(sql::append_event(unit, request, event));
  const std::string kind = "request." + std::string(name_of(event.act));
  const auto actor = actor_of(event);
  return audit::record_operation(unit, {request.citizen_id, kind, name_of(request.kind), actor},
                                 noted_at, rng);
}

RequestEvent event_of(const SubjectRequest& request, const RequestStep& step, core::Instant at) {
  RequestEvent event;
  event.at = at;
  event.act = step.act;
  event.actor = step.actor;
  event.state = request.state;
  event.due_day = request.due_day;
  event.reason = step.reason;
  event.norm = step.norm;
  if (step.text) {
    event.text_id = step.text->id;
    event.text_sha256 = step.text->sha256;
  }
  return event;
}

}  // namespace

std::string text_name(const RequestId& id, const RequestTextId& text_id) {
  return prefix_of(id) + text_id.to_string();
}

core::Result<SealedText> seal_text(vault::Vault& vault, const TextToSeal& text, core::Instant now,
                                   core::Rng& rng) {
  const auto id = RequestTextId::make(now, rng);
  const auto salt = core::to_hex(core::random_bytes(rng, kSaltBytes));
  TRY(auto record, vault.seal({.citizen_id = text.citizen_id,
                               .category = vault::Category::kRequests,
                               .name = text_name(text.request_id, id),
                               .value = core::Secret<std::string>(salt + "\n" + text.text.reveal()),
                               .provenance = {std::string(text.source),
                                              std::string(vault::kAssertedLevel), now}}));
  return SealedText{id, std::move(record), digest_of(salt, text.text.reveal())};
}

RequestTexts texts_of(const vault::PersonalRecords& records, const RequestId& id) {
  RequestTexts texts;
  const auto prefix = prefix_of(id);
  for (const auto& record : records) {
    if (!record.name.starts_with(prefix)) continue;
    const auto text_id = RequestTextId::parse(record.name.substr(prefix.size()));
    const auto& value = record.value.reveal();
    const auto end = value.find('\n');
    if (!text_id || end == std::string::npos) continue;
    texts.push_back(
        {*text_id, core::Secret<std::string>(value.substr(end + 1)), value.substr(0, end)});
  }
  return texts;
}

core::Status store_new(store::UnitOfWork& unit, const SubjectRequest& request,
                       const RequestStep& step, StepPorts ports) {
  TRY_VOID(sql::insert_request(unit, request));
  if (step.text) {
    TRY_VOID(ports.vault.record(unit, step.text->record));
  }
  return record(unit, request, event_of(request, step, request.received_at), request.received_at,
                ports.rng);
}

core::Result<SubjectRequest> advance(store::UnitOfWork& unit, const SubjectRequest& before,
                                     const RequestStep& step, core::Instant now, StepPorts ports) {
  return advance_to(unit, before, before, step, now, ports);
}

core::Result<SubjectRequest> advance_to(store::UnitOfWork& unit, const SubjectRequest& before,
                                        SubjectRequest changed, const RequestStep& step,
                                        core::Instant now, StepPorts ports) {
  const auto to = after(before.state, step.act);
  if (!to) return fail(ErrorCode::kConflict, "request.not_now");
  TRY(const bool noted, note_if_overdue(unit, before, now, ports.rng));
  if (noted) changed.overdue_at = before.due_at;
  changed.state = *to;
  changed.revision = before.revision + 1;
  if (!is_open(*to)) changed.closed_at = now;
  TRY(const bool updated, sql::update_request(unit, changed, before.revision));
  if (!updated) return fail(ErrorCode::kConflict, "http.precondition_failed");
  if (step.text) {
    TRY_VOID(ports.vault.record(unit, step.text->record));
  }
  TRY_VOID(record(unit, changed, event_of(changed, step, now), now, ports.rng));
  return changed;
}

core::Result<bool> note_if_overdue(store::UnitOfWork& unit, const SubjectRequest& request,
                                   core::Instant now, core::Rng& rng) {
  if (!is_open(request.state) || request.overdue_at || now < request.due_at) return false;
  TRY(const bool noted, sql::note_overdue(unit, request));
  if (!noted) return false;
  // Late from the moment the term passed, whenever it was noticed.
  const RequestStep step{.act = RequestAct::kBecomeOverdue, .actor = "platform"};
  TRY_VOID(record(unit, request, event_of(request, step, request.due_at), now, rng));
  return true;
}

}  // namespace privacy
