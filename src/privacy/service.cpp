#include "privacy/service.h"

#include <algorithm>

#include "audit/operation_log.h"
#include "privacy/sql_store.h"

namespace privacy {
namespace {

using core::ErrorCode;
using core::fail;

constexpr std::int64_t kSettledAtOnce = 100;

bool has(const Scope& scope, std::string_view part) {
  return std::find(scope.begin(), scope.end(), part) != scope.end();
}

/// The parts named, each once and in the order of the purpose, so that one choice has one form.
core::Result<Scope> ordered(const Scope& named, const Scope& all) {
  for (const auto& part : named) {
    if (!has(all, part)) return fail(ErrorCode::kInvalidInput, "consent.scope_unknown");
  }
  Scope chosen;
  for (const auto& part : all) {
    if (has(named, part)) chosen.push_back(part);
  }
  return chosen;
}

/// What an act was about, as the history says it: "informing_debts sms email".
std::string subject_of(ConsentPurpose purpose, const Scope& scope) {
  std::string subject(name_of(purpose));
  for (const auto& part : scope) subject += " " + part;
  return subject;
}

core::Status check_live(const Consent& consent, core::Instant now) {
  switch (consent.state(now)) {
    case ConsentState::kLive:
      return {};
    case ConsentState::kExpired:
      return fail(ErrorCode::kConflict, "consent.expired");
    case ConsentState::kAbsent:
    case ConsentState::kWithdrawn:
      return fail(ErrorCode::kNotFound, "consent.not_granted");
  }
  return fail(ErrorCode::kNotFound, "consent.not_granted");
}

core::Status check_narrower(const Scope& wanted, const Scope& now) {
  for (const auto& part : wanted) {
    if (!has(now, part)) return fail(ErrorCode::kInvalidInput, "consent.narrow_wider");
  }
  if (wanted.size() == now.size()) return fail(ErrorCode::kInvalidInput, "consent.not_narrower");
  return {};
}

}  // namespace

core::Result<Consent> PrivacyService::grant(const core::CitizenId& citizen_id,
                                            const ConsentGrant& wanted, core::Instant now) {
  const auto purpose = wanted.purpose;
  if (wanted.seen.kind != document_of(purpose)) {
    return fail(ErrorCode::kInvalidInput, "edition.mismatch");
  }
  TRY_VOID(editions_.check_seen(wanted.seen, now));
  TRY(auto scope, ordered(wanted.scope, parts_of(purpose)));
  if (scope.empty() && !parts_of(purpose).empty()) {
    return fail(ErrorCode::kInvalidInput, "consent.scope_needed");
  }
  const auto longest = rules_.longest(name_of(purpose), now);
  if (wanted.expires_at && *wanted.expires_at <= now) {
    return fail(ErrorCode::kInvalidInput, "consent.term_past");
  }
  if (wanted.expires_at && longest && *wanted.expires_at > *longest) {
    return fail(ErrorCode::kInvalidInput, "consent.term_too_long");
  }
  const Consent consent{.purpose = purpose,
                        .granted_at = now,
                        .withdrawn_at = {},
                        .expires_at = wanted.expires_at ? wanted.expires_at : longest,
                        .narrowed_at = {},
                        .granted_scope = scope,
                        .scope = scope,
                        .seen = wanted.seen};
  return data_.write([&](store::UnitOfWork& unit) -> core::Result<Consent> {
    TRY(const auto before, sql::find_consent(unit, citizen_id, purpose));
    if (before.is_live(now)) return fail(ErrorCode::kConflict, "consent.already_granted");
    TRY_VOID(sql::insert_consent(unit, citizen_id, consent, rng_));
    TRY_VOID(audit::record_operation(
        unit, {citizen_id, "consent.granted", subject_of(purpose, consent.scope)}, now, rng_));
    return consent;
  });
}

core::Result<Consent> PrivacyService::narrow(const core::CitizenId& citizen_id,
                                             ConsentPurpose purpose, const Scope& scope,
                                             core::Instant now) {
  const auto& parts = parts_of(purpose);
  if (parts.empty()) return fail(ErrorCode::kInvalidInput, "consent.not_divided");
  if (scope.empty()) return fail(ErrorCode::kInvalidInput, "consent.narrow_to_nothing");
  TRY(const auto wanted, ordered(scope, parts));
  return data_.write([&](store::UnitOfWork& unit) -> core::Result<Consent> {
    TRY(auto consent, sql::find_consent(unit, citizen_id, purpose));
    TRY_VOID(check_live(consent, now));
    TRY_VOID(check_narrower(wanted, consent.scope));
    consent.scope = wanted;
    consent.narrowed_at = now;
    TRY_VOID(sql::narrow_consent(unit, citizen_id, consent));
    TRY_VOID(audit::record_operation(
        unit, {citizen_id, "consent.narrowed", subject_of(purpose, wanted)}, now, rng_));
    return consent;
  });
}

core::Status PrivacyService::withdraw(const core::CitizenId& citizen_id, ConsentPurpose purpose,
                                      core::Instant now) {
  return data_.write(
      [&](store::UnitOfWork& unit) { return withdraw_within(unit, citizen_id, purpose, now); });
}

core::Status PrivacyService::withdraw_within(store::UnitOfWork& unit,
                                             const core::CitizenId& citizen_id,
                                             ConsentPurpose purpose, core::Instant now) {
  if (purpose == ConsentPurpose::kAccount) {
    return fail(ErrorCode::kConflict, "consent.required_for_account");
  }
  TRY(const auto consent, sql::find_consent(unit, citizen_id, purpose));
  TRY_VOID(check_live(consent, now));
  TRY_VOID(sql::withdraw_consent(unit, citizen_id, purpose, now));
  TRY_VOID(ended_.consent_ended(unit, citizen_id, purpose));
  return audit::record_operation(unit, {citizen_id, "consent.withdrawn", name_of(purpose)}, now,
                                 rng_);
}

core::Status PrivacyService::settle_expired(core::Instant now) {
  TRY(const auto expired, data_.read([&](store::UnitOfWork& unit) {
    return sql::list_expired(unit, now, kSettledAtOnce);
  }));
  for (const auto& one : expired) {
    TRY_VOID(data_.write([&](store::UnitOfWork& unit) -> core::Status {
      TRY(const bool first, sql::settle_expired(unit, one, now));
      if (!first) return {};
      // Given again meanwhile: what is there now rests on the new consent.
      TRY(const auto newest, sql::find_consent(unit, one.citizen_id, one.purpose));
      if (!newest.is_live(now)) {
        TRY_VOID(ended_.consent_ended(unit, one.citizen_id, one.purpose));
      }
      return audit::record_operation(
          unit, {one.citizen_id, "consent.expired", name_of(one.purpose)}, now, rng_);
    }));
  }
  return {};
}

core::Result<ConsentOverview> PrivacyService::overview(const core::CitizenId& citizen_id) {
  return data_.read([&](store::UnitOfWork& unit) -> core::Result<ConsentOverview> {
    ConsentOverview overview;
    for (const auto purpose : kAllConsentPurposes) {
      TRY(auto consent, sql::find_consent(unit, citizen_id, purpose));
      overview.consents.push_back(std::move(consent));
    }
    TRY(overview.past, sql::list_consents(unit, citizen_id));
    std::erase_if(overview.past, [&](const Consent& one) {
      const auto& newest = overview.consents.at(static_cast<std::size_t>(one.purpose));
      return one.granted_at == newest.granted_at;
    });
    TRY(overview.acceptances, sql::list_acceptances(unit, citizen_id));
    return overview;
  });
}

core::Result<bool> PrivacyService::is_live(store::UnitOfWork& unit,
                                           const core::CitizenId& citizen_id,
                                           ConsentPurpose purpose, core::Instant now) {
  TRY(const auto consent, sql::check_consent(unit, citizen_id, purpose));
  return consent.is_live(now);
}

core::Result<bool> PrivacyService::hold_live(store::UnitOfWork& unit,
                                             const core::CitizenId& citizen_id,
                                             const ConsentNeed& need, core::Instant now) {
  TRY(const auto consent, sql::hold_consent(unit, citizen_id, need.purpose));
  return consent.is_live(now) && (need.part.empty() || has(consent.scope, need.part));
}

core::Status PrivacyService::record_registration(store::UnitOfWork& unit,
                                                 const core::CitizenId& citizen_id,
                                                 const Acceptance& agreement,
                                                 const Acceptance& consent) {
  TRY_VOID(sql::insert_acceptance(unit, citizen_id, agreement.seen, "registration",
                                  agreement.accepted_at, rng_));
  TRY_VOID(audit::record_operation(
      unit,
      {citizen_id, "agreement.accepted", "agreement/" + std::to_string(agreement.seen.number)},
      agreement.accepted_at, rng_));
  const Consent granted{.purpose = ConsentPurpose::kAccount,
                        .granted_at = consent.accepted_at,
                        .withdrawn_at = {},
                        .expires_at = {},
                        .narrowed_at = {},
                        .granted_scope = {},
                        .scope = {},
                        .seen = consent.seen};
  TRY_VOID(sql::insert_consent(unit, citizen_id, granted, rng_));
  return audit::record_operation(unit, {citizen_id, "consent.granted", "account"},
                                 consent.accepted_at, rng_);
}

}  // namespace privacy
