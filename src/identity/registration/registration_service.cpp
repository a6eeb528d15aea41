#include "identity/registration/registration_service.h"

#include "audit/operation_log.h"
#include "identity/account/number_store.h"
#include "identity/account_store.h"
#include "identity/authenticator/account_notice.h"
#include "identity/challenge/challenge_store.h"
#include "identity/token.h"

namespace identity {
namespace {

using core::ErrorCode;
using core::fail;

/// How the number was proven.
AmrSet amr_of(Channel channel) { return {channel == Channel::kCall ? Amr::kTel : Amr::kSms}; }

/// Whether the phone alone is not enough to recover this account. Asked each time anew: the account
/// may have grown stronger since the number was proven.
/// Errors: kForbidden "recovery.provider_needed" it is not, and there is no code to help.
core::Result<bool> needs_recovery_code(store::UnitOfWork& unit, const CitizenId& citizen_id) {
  TRY(const auto citizen, sql::get_citizen(unit, citizen_id));
  TRY(const auto own, sql::find_authenticators(unit, citizen_id));
  if (citizen.level != AssuranceLevel::kVerified && !own.second_factor()) return false;
  if (own.recovery_codes == 0) return fail(ErrorCode::kForbidden, "recovery.provider_needed");
  return true;
}

tl::unexpected<core::Error> out_of_order() {
  return fail(ErrorCode::kConflict, "registration.out_of_order");
}

}  // namespace

core::Result<RegistrationStep> RegistrationService::set_password(const Token& token,
                                                                 const Password& password,
                                                                 core::Instant now) {
  TRY(auto row, find(token, now));
  if (row.citizen_id) {
    TRY_VOID(ports_.data.read([&](store::UnitOfWork& unit) -> core::Status {
      TRY_VOID(needs_recovery_code(unit, *row.citizen_id));
      return {};
    }));
  }
  // The password may still be changed until the account is made: people go back a screen.
  const auto before = row.step;
  TRY(const auto number,
      ports_.vault.open_transient(sql::registration_place(row.token_hash), row.phone_sealed));
  TRY_VOID(check_new_password(password, number.reveal()));
  TRY(row.phc, ports_.hasher.hash(password));
  row.step = row.account == AccountState::kNew ? RegistrationStep::kAgreement
                                               : RegistrationStep::kRecovery;
  TRY_VOID(advance(row, before));
  return row.step;
}

core::Result<RegistrationStep> RegistrationService::accept_agreement(const Token& token,
                                                                     const SeenEdition& seen,
                                                                     core::Instant now) {
  TRY(auto row, find(token, now));
  if (row.step != RegistrationStep::kAgreement && row.step != RegistrationStep::kConsent) {
    return out_of_order();
  }
  TRY_VOID(ports_.papers.check_agreement(seen, now));
  const auto before = row.step;
  row.agreement = seen;
  row.agreement_accepted_at = now;
  row.step = RegistrationStep::kConsent;
  TRY_VOID(advance(row, before));
  return row.step;
}

core::Result<OpenedSession> RegistrationService::give_consent(const Token& token,
                                                              const SeenEdition& seen,
                                                              const Device& device,
                                                              core::Instant now) {
  TRY(const auto row, find(token, now));
  if (row.step != RegistrationStep::kConsent) return out_of_order();
  TRY_VOID(ports_.papers.check_consent(seen, now));
  const Citizen citizen{.id = CitizenId::make(now, ports_.rng),
                        .level = AssuranceLevel::kPhone,
                        .level_source = {},
                        .level_raised_at = {},
                        .phone_masked = row.phone_masked,
                        .registered_at = now};
  TRY(auto number,
      ports_.vault.open_transient(sql::registration_place(row.token_hash), row.phone_sealed));
  TRY(const auto phone, ports_.vault.seal({.citizen_id = citizen.id,
                                           .category = vault::Category::kProfile,
                                           .name = "phone",
                                           .value = std::move(number),
                                           .provenance = {"self", "phone", now}}));
  return ports_.data.write([&](store::UnitOfWork& unit) -> core::Result<OpenedSession> {
    TRY(const bool first, sql::delete_registration(unit, row.token_hash));
    if (!first) return fail(ErrorCode::kNotFound, "registration.unknown");
    TRY(const bool free, sql::insert_login(unit, sql::kPhoneLogin, row.phone_index, citizen.id));
    if (!free) return fail(ErrorCode::kConflict, "registration.number_taken");
    TRY_VOID(sql::insert_citizen(unit, citizen));
    TRY_VOID(sql::insert_first_number(unit, citizen, row.phone_index));
    TRY_VOID(sql::put_password(unit, citizen.id, row.phc, now));
    TRY_VOID(ports_.vault.record(unit, phone));
    TRY_VOID(audit::record_operation(unit, {citizen.id, "account.registered"}, now, ports_.rng));
    TRY_VOID(ports_.papers.record(unit, citizen.id, {row.agreement, *row.agreement_accepted_at},
                                  {seen, now}));
    return ports_.sessions.open(unit, citizen.id, {SignedInBy::kRegistration, amr_of(row.channel)},
                                device, now);
  });
}

core::Status RegistrationService::check_recovery(
    store::UnitOfWork& unit, const CitizenId& citizen_id,
    const std::optional<core::Secret<std::string>>& recovery_code, core::Instant now) {
  TRY(const bool needs_code, needs_recovery_code(unit, citizen_id));
  if (!needs_code) return {};
  if (!recovery_code) return fail(ErrorCode::kForbidden, "recovery.proof_needed");
  return ports_.recovery_codes.take(unit, citizen_id, *recovery_code, now);
}

core::Result<OpenedSession> RegistrationService::recover(
    const Token& token, const std::optional<core::Secret<std::string>>& recovery_code,
    const Device& device, core::Instant now) {
  TRY(const auto row, find(token, now));
  if (row.step != RegistrationStep::kRecovery || !row.citizen_id) return out_of_order();
  const auto citizen_id = *row.citizen_id;
  return ports_.data.write([&](store::UnitOfWork& unit) -> core::Result<OpenedSession> {
    TRY(const bool first, sql::delete_registration(unit, row.token_hash));
    if (!first) return fail(ErrorCode::kNotFound, "registration.unknown");
    TRY_VOID(check_recovery(unit, citizen_id, recovery_code, now));
    TRY_VOID(sql::put_password(unit, citizen_id, row.phc, now));
    TRY_VOID(ports_.sessions.end_others(unit, citizen_id, std::nullopt, now));
    TRY_VOID(audit::record_operation(unit, {citizen_id, "account.recovered"}, now, ports_.rng));
    TRY_VOID(
        enqueue_notice(unit, {citizen_id, NoticeKind::kAccountRecovered, {}, now}, ports_.rng));
    return ports_.sessions.open(unit, citizen_id, {SignedInBy::kRecovery, amr_of(row.channel)},
                                device, now);
  });
}

core::Result<sql::RegistrationRow> RegistrationService::find(const Token& token,
                                                             core::Instant now) {
  TRY(auto row, ports_.data.read([&](store::UnitOfWork& unit) {
    return sql::find_registration(unit, hash_token(token.reveal()));
  }));
  if (!row || row->expires_at <= now) return fail(ErrorCode::kNotFound, "registration.unknown");
  return std::move(*row);
}

core::Status RegistrationService::advance(const sql::RegistrationRow& row,
                                          RegistrationStep expected) {
  return ports_.data.write([&](store::UnitOfWork& unit) -> core::Status {
    TRY(const bool advanced, sql::advance_registration(unit, row, expected));
    return advanced ? core::Status() : out_of_order();
  });
}

}  // namespace identity
