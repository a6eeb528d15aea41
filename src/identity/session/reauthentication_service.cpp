#include "identity/session/reauthentication_service.h"

#include "audit/operation_log.h"
#include "identity/account_store.h"

namespace identity {

using core::ErrorCode;
using core::fail;

core::Status require_recent_proof(const Authenticated& who, core::Instant now) {
  if (who.authenticated_at + kProofRecent > now) return {};
  return fail(ErrorCode::kForbidden, "reauthentication.required");
}

core::Status refuse_proof(const ReauthenticationPorts& ports, const Authenticated& who,
                          std::string_view reason, core::Instant now) {
  // A wrong try must be counted, so it is an outcome of the unit, not an error that undoes it.
  TRY(const auto failed,
      ports.data.write([&](store::UnitOfWork& unit) -> core::Result<std::int64_t> {
        TRY(const auto count, sql::count_failed_proof(unit, who));
        if (count < kFailedProofsMax) return count;
        TRY_VOID(sql::delete_session(unit, who.citizen_id, who.session_id));
        if (ports.endings != nullptr) {
          TRY_VOID(ports.endings->sessions_ended(unit, who.citizen_id, who.session_id, std::nullopt,
                                                 now));
        }
        TRY_VOID(audit::record_operation(unit, {who.citizen_id, "session.closed_by_failures"}, now,
                                         ports.rng));
        return count;
      }));
  if (failed >= kFailedProofsMax) {
    return fail(ErrorCode::kUnauthenticated, "session.closed_by_failures");
  }
  core::Error error{ErrorCode::kForbidden, std::string(reason), {}};
  error.attempts_left = static_cast<int>(kFailedProofsMax - failed);
  return fail(std::move(error));
}

core::Result<Authenticated> ReauthenticationService::by_password(const Authenticated& who,
                                                                 const Password& password,
                                                                 core::Instant now) {
  TRY(const auto phc, ports_.data.read([&](store::UnitOfWork& unit) {
    return sql::find_password(unit, who.citizen_id);
  }));
  TRY(const bool right, ports_.hasher.verify(password, phc));
  if (!right) {
    const core::Error wrong{ErrorCode::kForbidden, "reauthentication.password_wrong", {}};
    TRY_VOID(refused(who, wrong.reason, now));
  }
  return proven(who, {Amr::kPwd}, now);
}

core::Result<Authenticated> ReauthenticationService::proven(const Authenticated& who,
                                                            AmrSet methods, core::Instant at) {
  // What was proven before still holds: the session's secret is what carried it till now.
  auto known = who;
  known.authenticated_at = at;
  known.amr.add(methods);
  known.aal = known.amr.aal();
  TRY(const bool lives, ports_.data.write([&](store::UnitOfWork& unit) {
    return sql::update_authentication(unit, known);
  }));
  if (!lives) return fail(ErrorCode::kUnauthenticated, "session.required");
  return known;
}

}  // namespace identity
