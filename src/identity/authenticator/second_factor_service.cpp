#include "identity/authenticator/second_factor_service.h"

#include "identity/challenge/challenge_store.h"
#include "identity/token.h"

namespace identity {
namespace {

using core::ErrorCode;
using core::fail;

constexpr std::string_view kPurpose = "second_factor";
constexpr std::string_view kProve = "prove";

tl::unexpected<core::Error> unknown() {
  return fail(ErrorCode::kNotFound, "second_factor.unknown");
}

}  // namespace

core::Result<sql::SecondFactorRow> SecondFactorService::find(const Token& ticket,
                                                             core::Instant now) {
  TRY(auto row, ports_.data.read([&](store::UnitOfWork& unit) {
    return sql::find_second_factor(unit, hash_token(ticket.reveal()));
  }));
  if (!row || row->expires_at <= now || row->attempts_left <= 0) return unknown();
  return std::move(*row);
}

core::Result<OwnAuthenticators> SecondFactorService::own(const CitizenId& citizen_id) {
  return ports_.data.read(
      [&](store::UnitOfWork& unit) { return sql::find_authenticators(unit, citizen_id); });
}

core::Result<PasskeyRequest> SecondFactorService::begin_passkey(const Token& ticket,
                                                                core::Instant now) {
  TRY(const auto row, find(ticket, now));
  return ports_.passkeys.begin_assertion(
      {.purpose = kPurpose, .binding = row.token_hash, .owner = row.citizen_id}, now);
}

core::Result<OpenedSession> SecondFactorService::finish(const Token& ticket,
                                                        const SecondFactor& factor,
                                                        const Device& device, core::Instant now) {
  TRY(const auto row, find(ticket, now));
  // Spent before it is judged, so that parallel tries cannot outrun the limit.
  TRY(const bool spent, ports_.data.write([&](store::UnitOfWork& unit) {
    return sql::spend_second_factor_attempt(unit, row.token_hash);
  }));
  if (!spent) return unknown();
  if (const auto* code = std::get_if<TotpCode>(&factor)) {
    TRY_VOID(ports_.totp.spend(row.citizen_id, code->code, now));
    return ports_.data.write(
        [&](store::UnitOfWork& unit) { return open(unit, row, {Amr::kOtp}, device, now); });
  }
  if (const auto* assertion = std::get_if<PasskeyAssertion>(&factor)) {
    TRY(const auto asserted, ports_.passkeys.judge(*assertion,
                                                   {.purpose = kPurpose,
                                                    .binding = row.token_hash,
                                                    .verification_required = false,
                                                    .owner = row.citizen_id},
                                                   now));
    return ports_.data.write([&](store::UnitOfWork& unit) -> core::Result<OpenedSession> {
      TRY_VOID(PasskeyService::settle(unit, asserted, now));
      return open(unit, row, asserted.amr(), device, now);
    });
  }
  return ports_.data.write([&](store::UnitOfWork& unit) -> core::Result<OpenedSession> {
    AmrSet methods{Amr::kOtp};
    if (const auto* code = std::get_if<RecoveryCode>(&factor)) {
      TRY_VOID(ports_.recovery_codes.take(unit, row.citizen_id, code->code, now));
    } else {
      TRY_VOID(take_phone_proof(unit, row, std::get<PhoneProof>(factor), methods, now));
    }
    return open(unit, row, methods, device, now);
  });
}

core::Result<OpenedSession> SecondFactorService::open(store::UnitOfWork& unit,
                                                      const sql::SecondFactorRow& row,
                                                      AmrSet methods, const Device& device,
                                                      core::Instant now) {
  TRY(const bool first, sql::delete_second_factor(unit, row.token_hash));
  if (!first) return unknown();
  methods.add(row.amr);
  return ports_.sessions.open(unit, row.citizen_id, {SignedInBy::kPassword, methods}, device, now);
}

core::Status SecondFactorService::take_phone_proof(store::UnitOfWork& unit,
                                                   const sql::SecondFactorRow& row,
                                                   const PhoneProof& proof, AmrSet& methods,
                                                   core::Instant now) {
  // Whoever has set up something stronger is not let in by what a stolen phone can do.
  TRY(const auto own, sql::find_authenticators(unit, row.citizen_id));
  if (own.second_factor()) return fail(ErrorCode::kForbidden, "second_factor.method");
  const auto token_hash = hash_token(proof.registration_token.reveal());
  TRY(const auto proven, sql::find_registration(unit, token_hash));
  if (!proven || proven->expires_at <= now || proven->citizen_id != row.citizen_id) {
    return fail(ErrorCode::kNotFound, "registration.unknown");
  }
  TRY(const bool first, sql::delete_registration(unit, token_hash));
  if (!first) return fail(ErrorCode::kNotFound, "registration.unknown");
  methods = {proven->channel == Channel::kCall ? Amr::kTel : Amr::kSms};
  return {};
}

core::Result<PasskeyRequest> SecondFactorService::begin_proof(const Authenticated& who,
                                                              core::Instant now) {
  return ports_.passkeys.begin_assertion(
      {.purpose = kProve, .binding = who.token_hash, .owner = who.citizen_id}, now);
}

core::Result<Authenticated> SecondFactorService::prove(const Authenticated& who,
                                                       const Reproof& proof, core::Instant now) {
  if (const auto* password = std::get_if<Password>(&proof)) {
    return ports_.reauthentication.by_password(who, *password, now);
  }
  if (const auto* code = std::get_if<TotpCode>(&proof)) {
    TRY_VOID(ports_.totp.spend(who.citizen_id, code->code, now));
    return ports_.reauthentication.proven(who, {Amr::kOtp}, who.authenticated_at);
  }
  TRY(const auto asserted,
      ports_.passkeys.judge(std::get<PasskeyAssertion>(proof),
                            {.purpose = kProve, .binding = who.token_hash, .owner = who.citizen_id},
                            now));
  TRY_VOID(ports_.data.write(
      [&](store::UnitOfWork& unit) { return PasskeyService::settle(unit, asserted, now); }));
  return ports_.reauthentication.proven(who, asserted.amr(), now);
}

core::Result<std::int64_t> SecondFactorService::purge(core::Instant now) {
  return ports_.data.write(
      [&](store::UnitOfWork& unit) { return sql::purge_second_factors(unit, now); });
}

}  // namespace identity
