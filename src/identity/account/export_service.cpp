#include "identity/account/export_service.h"

#include "audit/operation_log.h"
#include "identity/session/reauthentication_service.h"

namespace identity {

core::Result<codec::JsonObject> ExportService::make(const Authenticated& who, core::Instant now) {
  TRY_VOID(require_recent_proof(who, now));
  TRY_VOID(ports_.data.write([&](store::UnitOfWork& unit) {
    return audit::record_operation(unit, {who.citizen_id, "account.exported"}, now, ports_.rng);
  }));
  TRY(auto all, ports_.source.collect(who.citizen_id, now));
  all["format"] = "beresta-account-1";
  all["made_at"] = core::to_rfc3339(now);
  return all;
}

}  // namespace identity
