#include "privacy/request/request_service.h"

#include "privacy/request/request_steps.h"
#include "privacy/request/request_store.h"
#include "vault/claims.h"

namespace privacy {
namespace {

using core::ErrorCode;
using core::fail;

constexpr int kLateRowsMax = 200;

bool is_blank(const std::string& text) {
  return text.find_first_not_of(" \t\r\n") == std::string::npos;
}

core::Status check_room(store::UnitOfWork& unit, const core::CitizenId& citizen_id,
                        core::Instant now) {
  TRY(const auto open, sql::count_open(unit, citizen_id));
  TRY(const auto today, sql::count_since(unit, citizen_id, now - std::chrono::hours(24)));
  if (open >= RequestService::kOpenMax || today >= RequestService::kPerDayMax) {
    return fail(ErrorCode::kLimited, "request.too_many");
  }
  return {};
}

}  // namespace

core::Status RequestService::check(const NewRequest& wanted) const {
  const auto& text = wanted.text.reveal();
  if (text.size() > kTextBytesMax) return fail(ErrorCode::kInvalidInput, "request.text_too_long");
  if (needs_text(wanted.kind) && is_blank(text)) {
    return fail(ErrorCode::kInvalidInput, "request.text_required");
  }
  if (wanted.consent && !may_withdraw_consent(wanted.kind)) {
    return fail(ErrorCode::kInvalidInput, "request.consent_not_with");
  }
  return {};
}

core::Result<RequestFile> RequestService::receive(const core::CitizenId& citizen_id,
                                                  const NewRequest& wanted, core::Instant now) {
  TRY_VOID(check(wanted));
  SubjectRequest request;
  request.citizen_id = citizen_id;
  request.id = RequestId::make(now, ports_.rng);
  request.kind = wanted.kind;
  request.language = wanted.language;
  if (wanted.consent) request.consent = name_of(*wanted.consent);
  request.received_at = now;
  const auto deadline = rules_.deadline_of(wanted.kind, now);
  request.due_day = deadline.day;
  request.due_at = deadline.at;
  request.due_estimated = deadline.estimated;
  request.basis = rules_.term_of(wanted.kind).basis;

  RequestStep step{.act = RequestAct::kReceive, .actor = "citizen"};
  const bool has_text = !is_blank(wanted.text.reveal());
  if (has_text) {
    TRY(step.text,
        seal_text(ports_.vault, {citizen_id, request.id, vault::kSelfSource, wanted.text}, now,
                  ports_.rng));
  }
  const StepPorts ports{ports_.vault, ports_.rng};
  TRY_VOID(ports_.data.write([&](store::UnitOfWork& unit) -> core::Status {
    TRY_VOID(check_room(unit, citizen_id, now));
    if (wanted.consent) {
      TRY_VOID(ports_.privacy.withdraw_within(unit, citizen_id, *wanted.consent, now));
    }
    TRY_VOID(store_new(unit, request, step, ports));
    if (has_text || !is_answered_at_once(wanted.kind)) return {};
    // The answer is the data themselves, which the owner opens by this request's number.
    TRY(const auto taken, advance(unit, request, {RequestAct::kTake, "platform"}, now, ports));
    TRY_VOID(advance(unit, taken, {RequestAct::kAnswer, "platform"}, now, ports));
    return {};
  }));
  return get(citizen_id, request.id, now);
}

core::Result<std::vector<SubjectRequest>> RequestService::list(const core::CitizenId& citizen_id) {
  return ports_.data.read(
      [&](store::UnitOfWork& unit) { return sql::list_of_citizen(unit, citizen_id); });
}

core::Result<RequestFile> RequestService::get(const core::CitizenId& citizen_id,
                                              const RequestId& id, core::Instant now) {
  RequestFile file;
  const auto load = [&](store::UnitOfWork& unit) -> core::Status {
    TRY(auto found, sql::find_request(unit, citizen_id, id));
    if (!found) return fail(ErrorCode::kNotFound, "request.unknown");
    file.request = std::move(*found);
    TRY(file.events, sql::list_events(unit, citizen_id, id));
    return {};
  };
  TRY(const auto records, ports_.vault.open({.citizen_id = citizen_id,
                                             .category = vault::Category::kRequests,
                                             .purpose = vault::Purpose::kShowToCitizen,
                                             .actor = vault::Actor::citizen(),
                                             .now = now},
                                            load));
  file.texts = texts_of(records, id);
  return file;
}

core::Result<SubjectRequest> RequestService::withdraw(const core::CitizenId& citizen_id,
                                                      const RequestId& id, std::int64_t revision,
                                                      core::Instant now) {
  return ports_.data.write([&](store::UnitOfWork& unit) -> core::Result<SubjectRequest> {
    TRY(const auto before, sql::find_request(unit, citizen_id, id));
    if (!before) return fail(ErrorCode::kNotFound, "request.unknown");
    if (before->revision != revision) {
      return fail(ErrorCode::kConflict, "http.precondition_failed");
    }
    return advance(unit, *before, {RequestAct::kWithdraw, "citizen"}, now,
                   {ports_.vault, ports_.rng});
  });
}

core::Result<int> RequestService::note_overdue(core::Instant now) {
  TRY(const auto late, ports_.data.read([&](store::UnitOfWork& unit) {
    return sql::list_late(unit, now, kLateRowsMax);
  }));
  int noted = 0;
  for (const auto& request : late) {
    TRY(const bool one, ports_.data.write([&](store::UnitOfWork& unit) {
      return note_if_overdue(unit, request, now, ports_.rng);
    }));
    if (one) ++noted;
  }
  return noted;
}

}  // namespace privacy
