#include "identity/session/session_service.h"

#include "audit/operation_log.h"
#include "codec/base64url.h"
#include "crypto/mac.h"
#include "identity/abuse/counter_store.h"
#include "identity/account_store.h"
#include "identity/authenticator/account_notice.h"
#include "identity/session/reauthentication_service.h"
#include "identity/token.h"

namespace identity {
namespace {

using core::ErrorCode;
using core::fail;

constexpr std::string_view kCsrfPurpose = "csrf";

}  // namespace

SessionService::SessionService(SessionPorts ports, SessionPolicy policy, crypto::Key256 csrf_key)
    : ports_(ports), policy_(policy), csrf_key_(std::move(csrf_key)) {}

core::Result<SignInOutcome> SessionService::sign_in(const PhoneNumber& phone,
                                                    const Password& password, const Device& device,
                                                    core::Instant now,
                                                    const std::optional<WorkProof>& work) {
  const auto phone_index = ports_.vault.blind_index(sql::kPhoneLogin, phone.e164()).bytes;
  struct Found {
    std::optional<CitizenId> citizen_id;
    std::string phc;
  };
  TRY(const auto found, ports_.data.read([&](store::UnitOfWork& unit) -> core::Result<Found> {
    Found result;
    TRY(result.citizen_id, sql::find_login(unit, sql::kPhoneLogin, phone_index));
    // Asked for unknown numbers too, so that both ways run the same statements.
    TRY(result.phc, sql::find_password(unit, result.citizen_id.value_or(CitizenId())));
    return result;
  }));
  const SignInAttempt attempt{
      phone_index, ports_.marks.recognise(device.mark, found.citizen_id.value_or(CitizenId()), now),
      ports_.vault.blind_index(sql::kNetworkIndex, device.network).bytes, work};
  TRY_VOID(ports_.guard.charge(attempt, now));
  TRY(const bool right, ports_.hasher.verify(password, found.phc));
  if (!right || !found.citizen_id) return fail(ErrorCode::kUnauthenticated, "sign_in.refused");
  return ports_.data.write([&](store::UnitOfWork& unit) -> core::Result<SignInOutcome> {
    const AmrSet proven{Amr::kPwd};
    TRY_VOID(ports_.guard.forgive(unit, attempt, now));
    TRY(auto ticket, ports_.second_factor.ask(unit, *found.citizen_id, proven, now));
    if (ticket) return SignInOutcome(*std::move(ticket));
    TRY(auto opened, open(unit, *found.citizen_id, {SignedInBy::kPassword, proven}, device, now));
    return SignInOutcome(std::move(opened));
  });
}

core::Result<OpenedSession> SessionService::open(store::UnitOfWork& unit,
                                                 const CitizenId& citizen_id, const Proof& proof,
                                                 const Device& device, core::Instant now) {
  OpenedSession opened{citizen_id, SessionId::make(now, ports_.rng), make_token(ports_.rng), {}};
  const auto token_hash = hash_token(opened.token.reveal());
  opened.csrf_token = csrf_token(token_hash);
  opened.device_mark = ports_.marks.renew(device.mark, citizen_id, now);
  const sql::SessionRow row{.citizen_id = citizen_id,
                            .info = {.id = opened.session_id,
                                     .opened_at = now,
                                     .last_used_at = now,
                                     .device = device,
                                     .signed_in_by = proof.by,
                                     .authenticated_at = now,
                                     .amr = proof.amr,
                                     .aal = proof.amr.aal()},
                            .token_hash = token_hash,
                            .expires_at = now + policy_.life};
  TRY_VOID(sql::insert_session(unit, row));
  TRY_VOID(audit::record_operation(unit, {citizen_id, "session.opened", device.description}, now,
                                   ports_.rng));
  // A first session is no news, and a recovery tells more.
  const bool told = proof.by != SignedInBy::kRegistration && proof.by != SignedInBy::kRecovery;
  if (told && !ports_.marks.recognise(device.mark, citizen_id, now)) {
    TRY_VOID(enqueue_notice(unit, {citizen_id, NoticeKind::kNewDevice, device.description, now},
                            ports_.rng));
  }
  return opened;
}

core::Result<std::optional<Authenticated>> SessionService::authenticate(std::string_view token,
                                                                        core::Instant now) {
  auto token_hash = hash_token(token);
  TRY(const auto row,
      ports_.data.read([&](store::UnitOfWork& unit) { return sql::find_token(unit, token_hash); }));
  if (!row || row->expires_at <= now || row->last_used_at + policy_.idle <= now) {
    return std::optional<Authenticated>();
  }
  if (row->last_used_at + policy_.touch_after < now) {
    // Nobody waits for it: a request that only reads stays one.
    ports_.data.write_soon([row = *row, token_hash, now](store::UnitOfWork& unit) {
      return sql::touch_session(unit, row, token_hash, now);
    });
  }
  return std::optional(Authenticated{row->citizen_id, row->session_id, std::move(token_hash),
                                     row->authenticated_at, row->amr, row->aal});
}

std::string SessionService::csrf_token(core::ByteView token_hash) const {
  return codec::to_base64url(crypto::make_mac_tag(csrf_key_, kCsrfPurpose, {token_hash}));
}

bool SessionService::is_csrf_token(std::string_view text, core::ByteView token_hash) const {
  const auto tag = codec::from_base64url(text);
  return tag && crypto::is_mac_tag(*tag, csrf_key_, kCsrfPurpose, {token_hash});
}

core::Result<std::vector<SessionInfo>> SessionService::list(const CitizenId& citizen_id,
                                                            core::Instant now) {
  return ports_.data.read(
      [&](store::UnitOfWork& unit) { return sql::list_sessions(unit, citizen_id, now); });
}

core::Status SessionService::close(const CitizenId& citizen_id, const SessionId& session_id,
                                   bool elsewhere, core::Instant now) {
  return ports_.data.write([&](store::UnitOfWork& unit) -> core::Status {
    TRY(const bool closed, sql::delete_session(unit, citizen_id, session_id));
    if (!closed) return fail(ErrorCode::kNotFound, "session.unknown");
    if (endings_ != nullptr) {
      TRY_VOID(endings_->sessions_ended(unit, citizen_id, session_id, std::nullopt, now));
    }
    const auto* kind = elsewhere ? "session.closed_elsewhere" : "session.closed";
    return audit::record_operation(unit, {citizen_id, kind}, now, ports_.rng);
  });
}

core::Status SessionService::end_others(store::UnitOfWork& unit, const CitizenId& citizen_id,
                                        const std::optional<SessionId>& kept, core::Instant now) {
  TRY_VOID(sql::delete_other_sessions(unit, citizen_id, kept));
  if (endings_ == nullptr) return {};
  return endings_->sessions_ended(unit, citizen_id, std::nullopt, kept, now);
}

core::Status SessionService::change_password(const Authenticated& who,
                                             const std::optional<Password>& current,
                                             const Password& changed, core::Instant now) {
  TRY(const auto number, own_number(who.citizen_id, now));
  TRY_VOID(check_new_password(changed, number.reveal()));
  TRY_VOID(current ? check_current(who, *current, now) : require_stronger_proof(who, now));
  TRY(const auto new_phc, ports_.hasher.hash(changed));
  return ports_.data.write([&](store::UnitOfWork& unit) -> core::Status {
    TRY_VOID(sql::put_password(unit, who.citizen_id, new_phc, now));
    TRY_VOID(end_others(unit, who.citizen_id, who.session_id, now));
    TRY_VOID(audit::record_operation(unit, {who.citizen_id, "password.changed"}, now, ports_.rng));
    return enqueue_notice(unit, {who.citizen_id, NoticeKind::kPasswordChanged, {}, now},
                          ports_.rng);
  });
}

core::Status SessionService::check_current(const Authenticated& who, const Password& current,
                                           core::Instant now) {
  TRY(const auto phc, ports_.data.read([&](store::UnitOfWork& unit) {
    return sql::find_password(unit, who.citizen_id);
  }));
  TRY(const bool right, ports_.hasher.verify(current, phc));
  if (right) return {};
  return refuse_proof({ports_.data, ports_.hasher, ports_.rng, endings_}, who,
                      "password.current_wrong", now);
}

core::Status SessionService::require_stronger_proof(const Authenticated& who, core::Instant now) {
  TRY_VOID(require_recent_proof(who, now));
  if (who.amr.has(Amr::kMfa)) return {};
  TRY(const auto sessions, list(who.citizen_id, now));
  for (const auto& session : sessions) {
    const bool vouched = session.signed_in_by == SignedInBy::kIdentityProvider;
    if (session.id == who.session_id && vouched) return {};
  }
  return fail(ErrorCode::kForbidden, "reauthentication.required");
}

core::Result<std::int64_t> SessionService::close_others(const Authenticated& who,
                                                        core::Instant now) {
  return ports_.data.write([&](store::UnitOfWork& unit) -> core::Result<std::int64_t> {
    TRY(const auto closed, sql::delete_other_sessions(unit, who.citizen_id, who.session_id));
    if (closed > 0) {
      if (endings_ != nullptr) {
        TRY_VOID(endings_->sessions_ended(unit, who.citizen_id, std::nullopt, who.session_id, now));
      }
      TRY_VOID(audit::record_operation(unit, {who.citizen_id, "session.closed_elsewhere"}, now,
                                       ports_.rng));
    }
    return closed;
  });
}

core::Result<core::Secret<std::string>> SessionService::own_number(const CitizenId& citizen_id,
                                                                   core::Instant now) {
  TRY(const auto profile, ports_.vault.open({.citizen_id = citizen_id,
                                             .category = vault::Category::kProfile,
                                             .purpose = vault::Purpose::kShowToCitizen,
                                             .actor = vault::Actor::citizen(),
                                             .now = now}));
  const auto* phone = vault::find_record(profile, "phone");
  return phone == nullptr ? core::Secret<std::string>() : phone->value;
}

core::Result<std::int64_t> SessionService::purge(core::Instant now) {
  return ports_.data.write([&](store::UnitOfWork& unit) -> core::Result<std::int64_t> {
    TRY(const auto sessions, sql::purge_sessions(unit, now));
    TRY(const auto flows, sql::purge_flows(unit, now));
    return sessions + flows;
  });
}

}  // namespace identity
