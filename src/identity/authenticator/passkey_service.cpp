#include "identity/authenticator/passkey_service.h"

#include <algorithm>

#include "audit/operation_log.h"
#include "identity/account/ways_in.h"
#include "identity/account_store.h"
#include "identity/authenticator/account_notice.h"
#include "identity/session/reauthentication_service.h"
#include "identity/token.h"

namespace identity {
namespace {

using core::ErrorCode;
using core::fail;

constexpr std::string_view kCreate = "create";
constexpr std::string_view kSignIn = "sign_in";

core::Status check_name(std::string_view name) {
  const bool printable =
      std::ranges::none_of(name, [](char c) { return static_cast<unsigned char>(c) < 0x20U; });
  if (name.empty() || name.size() > PasskeyService::kNameBytesMax || !printable) {
    return fail(ErrorCode::kInvalidInput, "passkey.name");
  }
  return {};
}

}  // namespace

AmrSet AssertedPasskey::amr() const {
  AmrSet amr{row.known.backup_eligible ? Amr::kSwk : Amr::kHwk, Amr::kUser};
  if (proof.user_verified) amr.add(Amr::kMfa);
  return amr;
}

core::Result<PasskeyCreation> PasskeyService::begin_creation(const Authenticated& who,
                                                             core::Instant now) {
  TRY_VOID(require_recent_proof(who, now));
  PasskeyCreation creation{.challenge = challenges_.make(kCreate, who.token_hash, now),
                           .user_handle = user_handle(who.citizen_id),
                           .user_name = {},
                           .exclude = {}};
  TRY_VOID(ports_.data.read([&](store::UnitOfWork& unit) -> core::Status {
    TRY(const auto citizen, sql::get_citizen(unit, who.citizen_id));
    creation.user_name = citizen.phone_masked;
    TRY(const auto passkeys, sql::list_passkeys(unit, who.citizen_id));
    if (passkeys.size() >= kPasskeysMax) return fail(ErrorCode::kConflict, "passkey.too_many");
    creation.exclude.clear();
    for (const auto& row : passkeys) creation.exclude.push_back(row.credential_id);
    return {};
  }));
  return creation;
}

core::Result<Passkey> PasskeyService::create(const Authenticated& who,
                                             const PasskeyRegistration& sent, std::string_view name,
                                             core::Instant now) {
  TRY_VOID(require_recent_proof(who, now));
  TRY_VOID(check_name(name));
  TRY(const auto challenge, challenge_of(sent.client_data));
  TRY_VOID(challenges_.check(challenge, kCreate, who.token_hash, now));
  TRY(const auto made, verify_registration(sent, party_, challenge));
  const Passkey passkey{.id = PasskeyId::make(now, ports_.rng),
                        .name = std::string(name),
                        .made_at = now,
                        .last_used_at = {},
                        .synced = made.backed_up};
  return ports_.data.write([&](store::UnitOfWork& unit) -> core::Result<Passkey> {
    TRY_VOID(CeremonyChallenges::burn(unit, challenge, now));
    TRY(const auto there, sql::list_passkeys(unit, who.citizen_id));
    if (there.size() >= kPasskeysMax) return fail(ErrorCode::kConflict, "passkey.too_many");
    TRY(const bool inserted, sql::insert_passkey(unit, who.citizen_id, passkey, made));
    if (!inserted) return fail(ErrorCode::kConflict, "passkey.already_here");
    TRY_VOID(
        audit::record_operation(unit, {who.citizen_id, "passkey.added", name}, now, ports_.rng));
    TRY_VOID(
        enqueue_notice(unit, {who.citizen_id, NoticeKind::kPasskeyAdded, {}, now}, ports_.rng));
    return passkey;
  });
}

core::Result<PasskeyRequest> PasskeyService::begin_assertion(const AssertionContext& context,
                                                             core::Instant now) {
  PasskeyRequest request{challenges_.make(context.purpose, context.binding, now), {}};
  if (!context.owner) return request;
  TRY(const auto passkeys, ports_.data.read([&](store::UnitOfWork& unit) {
    return sql::list_passkeys(unit, *context.owner);
  }));
  for (const auto& row : passkeys) request.allow.push_back(row.credential_id);
  return request;
}

core::Result<AssertedPasskey> PasskeyService::judge(const PasskeyAssertion& sent,
                                                    const AssertionContext& context,
                                                    core::Instant now) {
  TRY(auto challenge, challenge_of(sent.client_data));
  TRY_VOID(challenges_.check(challenge, context.purpose, context.binding, now));
  TRY(auto row, ports_.data.read([&](store::UnitOfWork& unit) {
    return sql::find_passkey(unit, sent.credential_id);
  }));
  const auto unknown = fail(ErrorCode::kUnauthenticated, "passkey.unknown");
  if (!row || (context.owner && *context.owner != row->citizen_id)) return unknown;
  // Without a name typed, the handle is what names the account; beside one it may be left out.
  const bool named = !sent.user_handle.empty() || !context.owner;
  if (named && sent.user_handle != user_handle(row->citizen_id)) return unknown;
  TRY(const auto proof,
      verify_assertion(sent, row->known, party_, challenge, context.verification_required));
  if (proof.counter_went_back) {
    TRY_VOID(refuse_copied(*row, challenge, now));
    return fail(ErrorCode::kForbidden, "passkey.copied");
  }
  return AssertedPasskey{std::move(*row), proof, std::move(challenge)};
}

core::Status PasskeyService::settle(store::UnitOfWork& unit, const AssertedPasskey& asserted,
                                    core::Instant now) {
  TRY_VOID(CeremonyChallenges::burn(unit, asserted.challenge, now));
  TRY(const bool used, sql::use_passkey(unit, asserted.row, asserted.proof, now));
  if (!used) return fail(ErrorCode::kConflict, "passkey.challenge_unknown", "counter moved");
  return {};
}

core::Result<PasskeySignIn> PasskeyService::begin_sign_in(core::Instant now) {
  auto browser_token = make_token(ports_.rng);
  const auto browser_hash = hash_token(browser_token.reveal());
  TRY(auto request, begin_assertion({.purpose = kSignIn, .binding = browser_hash}, now));
  return PasskeySignIn{std::move(request), std::move(browser_token)};
}

core::Result<OpenedSession> PasskeyService::sign_in(const PasskeyAssertion& sent,
                                                    const Token& browser_token,
                                                    const Device& device, core::Instant now) {
  const auto browser_hash = hash_token(browser_token.reveal());
  TRY(const auto asserted, judge(sent, {.purpose = kSignIn, .binding = browser_hash}, now));
  return ports_.data.write([&](store::UnitOfWork& unit) -> core::Result<OpenedSession> {
    TRY_VOID(settle(unit, asserted, now));
    return ports_.sessions.open(unit, asserted.row.citizen_id,
                                {SignedInBy::kPasskey, asserted.amr()}, device, now);
  });
}

core::Result<std::vector<Passkey>> PasskeyService::list(const CitizenId& citizen_id) {
  TRY(const auto rows, ports_.data.read([&](store::UnitOfWork& unit) {
    return sql::list_passkeys(unit, citizen_id);
  }));
  std::vector<Passkey> passkeys;
  for (const auto& row : rows) passkeys.push_back(row.passkey);
  return passkeys;
}

core::Status PasskeyService::rename(const CitizenId& citizen_id, const PasskeyId& id,
                                    std::string_view name) {
  TRY_VOID(check_name(name));
  return ports_.data.write([&](store::UnitOfWork& unit) -> core::Status {
    TRY(const bool renamed, sql::rename_passkey(unit, citizen_id, id, name));
    return renamed ? core::Status() : fail(ErrorCode::kNotFound, "passkey.not_found");
  });
}

core::Status PasskeyService::remove(const Authenticated& who, const PasskeyId& id,
                                    core::Instant now) {
  TRY_VOID(require_recent_proof(who, now));
  return ports_.data.write([&](store::UnitOfWork& unit) -> core::Status {
    TRY(const bool removed, sql::delete_passkey(unit, who.citizen_id, id));
    if (!removed) return fail(ErrorCode::kNotFound, "passkey.not_found");
    TRY(const auto ways, find_ways_in(unit, who.citizen_id));
    if (!ways.any()) return fail(ErrorCode::kConflict, "passkey.last_way_in");
    TRY_VOID(audit::record_operation(unit, {who.citizen_id, "passkey.removed"}, now, ports_.rng));
    return enqueue_notice(unit, {who.citizen_id, NoticeKind::kPasskeyRemoved, {}, now}, ports_.rng);
  });
}

core::Result<std::int64_t> PasskeyService::purge(core::Instant now) {
  return ports_.data.write(
      [&](store::UnitOfWork& unit) { return CeremonyChallenges::purge(unit, now); });
}

core::Bytes PasskeyService::user_handle(const CitizenId& citizen_id) const {
  return core::to_bytes(
      ports_.vault.blind_index("passkey_user_handle", citizen_id.to_string()).bytes);
}

core::Status PasskeyService::refuse_copied(const sql::PasskeyRow& row, core::ByteView challenge,
                                           core::Instant now) {
  return ports_.data.write([&](store::UnitOfWork& unit) -> core::Status {
    // An answer that is sent again has an old counter too, and is no copy: nobody is alarmed.
    TRY_VOID(CeremonyChallenges::burn(unit, challenge, now));
    TRY_VOID(audit::record_operation(unit, {row.citizen_id, "passkey.copied", row.passkey.name},
                                     now, ports_.rng));
    return enqueue_notice(unit, {row.citizen_id, NoticeKind::kPasskeyCopied, {}, now}, ports_.rng);
  });
}

}  // namespace identity
