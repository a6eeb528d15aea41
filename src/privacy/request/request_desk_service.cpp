#include "privacy/request/request_desk_service.h"

#include "vault/claims.h"

namespace privacy {
namespace {

using core::ErrorCode;
using core::fail;

/// Ids a statement reads while a number is looked for.
constexpr int kScanned = 1000;

core::Status check_text(const core::Secret<std::string>& text) {
  if (text.reveal().find_first_not_of(" \t\r\n") == std::string::npos) {
    return fail(ErrorCode::kInvalidInput, "request.text_required");
  }
  if (text.reveal().size() > RequestDeskService::kTextBytesMax) {
    return fail(ErrorCode::kInvalidInput, "request.text_too_long");
  }
  return {};
}

/// What the person waits for.
bool is_told(RequestAct act) { return act == RequestAct::kAnswer || act == RequestAct::kRefuse; }

core::Result<SubjectRequest> unchanged(const SubjectRequest& request) { return request; }

}  // namespace

std::string officer_name(const core::CitizenId& officer_id) {
  return "data_protection_officer:" + officer_id.to_string();
}

core::Result<std::vector<SubjectRequest>> RequestDeskService::page(
    bool open, const std::optional<sql::DeskCursor>& after, int rows_max) {
  return ports_.data.read(
      [&](store::UnitOfWork& unit) { return sql::list_desk(unit, open, after, rows_max); });
}

core::Result<std::vector<SubjectRequest>> RequestDeskService::find(const RequestNumber& number) {
  const auto bounds = rules_.bounds_of(number.day());
  return ports_.data.read(
      [&](store::UnitOfWork& unit) -> core::Result<std::vector<SubjectRequest>> {
        std::vector<SubjectRequest> found;
        std::optional<RequestId> after;
        for (int read = 0; read < kDayMax; read += kScanned) {
          TRY(const auto ids, sql::list_ids(unit, bounds.begin, bounds.end, after, kScanned));
          for (const auto& id : ids) {
            if (RequestNumber::of(id, number.day()) != number) continue;
            TRY(const auto owner, sql::find_owner(unit, id));
            if (!owner) continue;
            TRY(auto request, sql::find_request(unit, *owner, id));
            if (request) found.push_back(std::move(*request));
          }
          if (ids.size() < static_cast<std::size_t>(kScanned)) break;
          after = ids.back();
        }
        return found;
      });
}

core::Result<core::CitizenId> RequestDeskService::owner_of(const RequestId& id) {
  TRY(const auto owner,
      ports_.data.read([&](store::UnitOfWork& unit) { return sql::find_owner(unit, id); }));
  if (!owner) return fail(ErrorCode::kNotFound, "request.unknown");
  return *owner;
}

core::Result<RequestFile> RequestDeskService::get(const vault::Actor& reader, const RequestId& id,
                                                  core::Instant now) {
  TRY(const auto owner, owner_of(id));
  RequestFile file;
  const auto load = [&](store::UnitOfWork& unit) -> core::Status {
    TRY(auto found, sql::find_request(unit, owner, id));
    if (!found) return fail(ErrorCode::kNotFound, "request.unknown");
    file.request = std::move(*found);
    TRY(file.events, sql::list_events(unit, owner, id));
    return {};
  };
  TRY(const auto records, ports_.vault.open({.citizen_id = owner,
                                             .category = vault::Category::kRequests,
                                             .purpose = vault::Purpose::kAnswerRequest,
                                             .actor = reader,
                                             .now = now},
                                            load));
  file.texts = texts_of(records, id);
  return file;
}

core::Result<SubjectRequest> RequestDeskService::move(const DeskAct& act, Words words,
                                                      const Change& change, core::Instant now) {
  TRY(const auto owner, owner_of(act.id));
  if (owner == act.officer_id) return fail(ErrorCode::kForbidden, "request.own");
  words.step.actor = officer_name(act.officer_id);
  if (words.text != nullptr) {
    TRY_VOID(check_text(*words.text));
    TRY(words.step.text,
        seal_text(ports_.vault, {owner, act.id, vault::kDeskSource, *words.text}, now, ports_.rng));
  }
  return ports_.data.write([&](store::UnitOfWork& unit) -> core::Result<SubjectRequest> {
    TRY(const auto before, sql::find_request(unit, owner, act.id));
    if (!before) return fail(ErrorCode::kNotFound, "request.unknown");
    if (before->revision != act.revision) {
      return fail(ErrorCode::kConflict, "http.precondition_failed");
    }
    if (!after(before->state, words.step.act)) {
      return fail(ErrorCode::kConflict, "request.not_now");
    }
    TRY(auto changed, change(*before));
    TRY(auto moved,
        advance_to(unit, *before, std::move(changed), words.step, now, {ports_.vault, ports_.rng}));
    if (words.step.act == RequestAct::kAnswer) {
      TRY_VOID(carry_out(unit, moved, words.step.actor, now, ports_.rng, stops_));
    }
    if (ports_.notice != nullptr && is_told(words.step.act)) {
      TRY_VOID(ports_.notice->tell(unit, owner, AnsweredThing::kRequest, now));
    }
    return moved;
  });
}

core::Result<SubjectRequest> RequestDeskService::take(const DeskAct& act, core::Instant now) {
  const auto change = [&](const SubjectRequest& before) -> core::Result<SubjectRequest> {
    auto changed = before;
    changed.officer_id = act.officer_id;
    return changed;
  };
  return move(act, {.step = {.act = RequestAct::kTake}}, change, now);
}

core::Result<SubjectRequest> RequestDeskService::extend(const DeskAct& act,
                                                        const core::Secret<std::string>& reasons,
                                                        core::Instant now) {
  const auto change = [&](const SubjectRequest& before) -> core::Result<SubjectRequest> {
    const bool possible = rules_.term_of(before.kind).extension_working_days > 0;
    if (!possible || before.extended || before.is_overdue(now)) {
      return fail(ErrorCode::kConflict, "request.no_extension");
    }
    auto changed = before;
    const auto deadline = rules_.extended(before.kind, before.due_day);
    changed.extended = true;
    changed.due_day = deadline.day;
    changed.due_at = deadline.at;
    changed.due_estimated = before.due_estimated || deadline.estimated;
    return changed;
  };
  return move(act, {.step = {.act = RequestAct::kExtend}, .text = &reasons}, change, now);
}

core::Result<SubjectRequest> RequestDeskService::answer(const DeskAct& act,
                                                        const core::Secret<std::string>& text,
                                                        core::Instant now) {
  return move(act, {.step = {.act = RequestAct::kAnswer}, .text = &text}, unchanged, now);
}

core::Result<SubjectRequest> RequestDeskService::refuse(const DeskAct& act, std::string_view ground,
                                                        const core::Secret<std::string>& text,
                                                        core::Instant now) {
  const auto* found = rules_.find_ground(ground);
  if (found == nullptr) return fail(ErrorCode::kInvalidInput, "request.ground_unknown");
  return move(act,
              {.step = {.act = RequestAct::kRefuse, .reason = found->name, .norm = found->norm},
               .text = &text},
              unchanged, now);
}

core::Result<SubjectRequest> RequestDeskService::check_may_see_data(
    const core::CitizenId& officer_id, const RequestId& id) {
  TRY(const auto owner, owner_of(id));
  TRY(const auto found, ports_.data.read([&](store::UnitOfWork& unit) {
    return sql::find_request(unit, owner, id);
  }));
  if (!found) return fail(ErrorCode::kNotFound, "request.unknown");
  if (!is_open(found->state) || found->officer_id != officer_id) {
    return fail(ErrorCode::kForbidden, "request.not_yours");
  }
  return *found;
}

}  // namespace privacy
