#include "identity/authenticator/totp_service.h"

#include <algorithm>

#include "audit/operation_log.h"
#include "codec/base64url.h"
#include "identity/account_store.h"
#include "identity/authenticator/account_notice.h"
#include "identity/authenticator/totp.h"
#include "identity/session/reauthentication_service.h"

namespace identity {
namespace {

using core::ErrorCode;
using core::fail;

constexpr std::string_view kSecretName = "totp_secret";

/// How long the app waits after this many wrong codes in a row; zero = not at all.
core::Duration wait_after(std::int64_t failures) {
  if (failures < TotpService::kFailuresFree) return {};
  constexpr std::int64_t kDoublingsMax = 10;
  const auto doublings = std::min(failures - TotpService::kFailuresFree, kDoublingsMax);
  return std::min(TotpService::kWaitFirst * (std::int64_t{1} << doublings), TotpService::kWaitMax);
}

core::Status check_not_waiting(const sql::TotpRow& row, core::Instant now) {
  if (row.blocked_until <= now) return {};
  core::Error error{ErrorCode::kLimited, "totp.wait", {}};
  error.retry_after_s = static_cast<int>((row.blocked_until - now).count() / 1'000'000 + 1);
  return fail(std::move(error));
}

}  // namespace

core::Result<TotpEnrolment> TotpService::begin(const Authenticated& who, core::Instant now) {
  TRY_VOID(require_recent_proof(who, now));
  const auto secret = core::random_bytes(ports_.rng, kTotpSecretBytes);
  TRY(const auto sealed,
      ports_.vault.seal({.citizen_id = who.citizen_id,
                         .category = vault::Category::kAuthenticators,
                         .name = std::string(kSecretName),
                         .value = core::Secret<std::string>(codec::to_base64url(secret)),
                         .provenance = {"platform", "phone", now}}));
  TRY(const auto account,
      ports_.data.write([&](store::UnitOfWork& unit) -> core::Result<std::string> {
        TRY(const bool free, sql::put_totp(unit, who.citizen_id, now));
        if (!free) return fail(ErrorCode::kConflict, "totp.already_on");
        TRY_VOID(ports_.vault.record_or_clarify(unit, sealed));
        TRY(const auto citizen, sql::get_citizen(unit, who.citizen_id));
        return citizen.phone_masked;
      }));
  return TotpEnrolment{otpauth_uri(secret, issuer_, account),
                       core::Secret<std::string>(to_base32(secret))};
}

core::Status TotpService::confirm(const Authenticated& who, std::string_view code,
                                  core::Instant now) {
  TRY_VOID(require_recent_proof(who, now));
  return judge(who.citizen_id, code, true, now);
}

core::Status TotpService::remove(const Authenticated& who, core::Instant now) {
  TRY_VOID(require_recent_proof(who, now));
  return ports_.data.write([&](store::UnitOfWork& unit) -> core::Status {
    TRY(const bool removed, sql::delete_totp(unit, who.citizen_id));
    if (!removed) return fail(ErrorCode::kNotFound, "totp.not_on");
    TRY_VOID(ports_.vault.delete_record(unit, who.citizen_id, vault::Category::kAuthenticators,
                                        kSecretName));
    TRY_VOID(audit::record_operation(unit, {who.citizen_id, "totp.off"}, now, ports_.rng));
    return enqueue_notice(unit, {who.citizen_id, NoticeKind::kTotpOff, {}, now}, ports_.rng);
  });
}

core::Status TotpService::spend(const CitizenId& citizen_id, std::string_view code,
                                core::Instant now) {
  return judge(citizen_id, code, false, now);
}

core::Result<core::Bytes> TotpService::secret_of(const CitizenId& citizen_id, core::Instant now) {
  TRY(const auto records, ports_.vault.open({.citizen_id = citizen_id,
                                             .category = vault::Category::kAuthenticators,
                                             .purpose = vault::Purpose::kShowToCitizen,
                                             .actor = vault::Actor::citizen(),
                                             .now = now}));
  const auto* record = vault::find_record(records, kSecretName);
  if (record == nullptr) return fail(ErrorCode::kNotFound, "totp.not_on");
  return codec::from_base64url(record->value.reveal());
}

core::Status TotpService::judge(const CitizenId& citizen_id, std::string_view code, bool confirming,
                                core::Instant now) {
  TRY(const auto secret, secret_of(citizen_id, now));
  const auto step = find_totp_step(secret, code, now);
  // A wrong code must be counted, so it is an outcome of the unit, not an error that undoes it.
  TRY(const bool right, ports_.data.write([&](store::UnitOfWork& unit) -> core::Result<bool> {
    TRY(const auto row, sql::find_totp(unit, citizen_id));
    if (!row) return fail(ErrorCode::kNotFound, confirming ? "totp.not_begun" : "totp.not_on");
    if (confirming && row->confirmed_at) return fail(ErrorCode::kConflict, "totp.already_on");
    if (!confirming && !row->confirmed_at) return fail(ErrorCode::kNotFound, "totp.not_on");
    TRY_VOID(check_not_waiting(*row, now));
    if (step) {
      TRY(const bool first, sql::use_totp_step(unit, citizen_id, *step));
      if (first && confirming) {
        TRY_VOID(sql::confirm_totp(unit, citizen_id, now));
        TRY_VOID(audit::record_operation(unit, {citizen_id, "totp.on"}, now, ports_.rng));
        TRY_VOID(enqueue_notice(unit, {citizen_id, NoticeKind::kTotpOn, {}, now}, ports_.rng));
      }
      if (first) return true;
    }
    TRY(const auto failures, sql::count_totp_failure(unit, citizen_id));
    const auto wait = wait_after(failures);
    if (wait == core::Duration::zero()) return false;
    TRY_VOID(sql::block_totp(unit, citizen_id, now + wait));
    if (failures == kFailuresFree) {
      TRY_VOID(enqueue_notice(unit, {citizen_id, NoticeKind::kSecondFactorGuessed, {}, now},
                              ports_.rng));
    }
    return false;
  }));
  return right ? core::Status() : fail(ErrorCode::kForbidden, "totp.code_wrong");
}

}  // namespace identity
