#include "identity/account/deletion_service.h"

#include "audit/operation_log.h"
#include "crypto/digest.h"
#include "identity/account/deletion_store.h"
#include "identity/account/farewell.h"
#include "identity/account/inactivity_store.h"
#include "identity/account_store.h"
#include "identity/authenticator/account_notice.h"
#include "identity/challenge/challenge_store.h"
#include "identity/token.h"

namespace identity {
namespace {

using core::ErrorCode;
using core::fail;

bool is_confirmed(const std::optional<sql::DeletionRow>& row) {
  return row && row->state != "asked";
}

}  // namespace

core::Result<Challenge> DeletionService::ask(const CitizenId& citizen_id, Channel channel,
                                             const Asker& asker, core::Instant now) {
  TRY(const auto row, ports_.data.read([&](store::UnitOfWork& unit) {
    return sql::find_deletion(unit, citizen_id);
  }));
  if (is_confirmed(row)) return fail(ErrorCode::kConflict, "deletion.already_confirmed");
  if (channel == Channel::kSms && !row) return fail(ErrorCode::kConflict, "deletion.call_first");
  const auto send = [&]() -> core::Result<Challenge> {
    if (channel == Channel::kSms) {
      return ports_.challenges.switch_to_sms(row->challenge_id, asker, now);
    }
    TRY(const auto number, own_number(citizen_id, vault::Actor::citizen(), now));
    return ports_.challenges.start(number, channel, asker, now);
  };
  TRY(auto challenge, send());
  TRY(const bool asked, ports_.data.write([&](store::UnitOfWork& unit) {
    return sql::ask_deletion(unit, citizen_id, challenge.id, now);
  }));
  if (!asked) return fail(ErrorCode::kConflict, "deletion.already_confirmed");
  return challenge;
}

core::Result<WorkPuzzle> DeletionService::prepare_work(const CitizenId& citizen_id,
                                                       const Asker& asker, core::Instant now) {
  TRY(const auto number, own_number(citizen_id, vault::Actor::citizen(), now));
  return ports_.challenges.prepare_work(number, asker, now);
}

core::Result<DeletionState> DeletionService::confirm(const Authenticated& who,
                                                     const core::Secret<std::string>& code,
                                                     const Asker& asker, core::Instant now) {
  TRY(auto row, ports_.data.read([&](store::UnitOfWork& unit) {
    return sql::find_deletion(unit, who.citizen_id);
  }));
  if (!row || row->state != "asked") return fail(ErrorCode::kConflict, "deletion.not_asked");
  TRY(const auto number, own_number(who.citizen_id, vault::Actor::citizen(), now));
  TRY(const auto ticket, ports_.challenges.answer(row->challenge_id, code, now, asker.browser));

  const auto receipt = prepare(*row, number, asker.language, now);
  TRY_VOID(ports_.data.write([&](store::UnitOfWork& unit) -> core::Status {
    // The proof of the number leads no further than here.
    TRY_VOID(sql::delete_registration(unit, hash_token(ticket.token.reveal())));
    return freeze(unit, *row, who.session_id, "account.deletion_confirmed");
  }));
  TRY_VOID(frozen_.refresh());
  return DeletionState{DeletionStep::kFrozen, now, row->due_at, receipt.text()};
}

core::Result<bool> DeletionService::close_inactive(const sql::InactivityRow& inactive,
                                                   core::Instant now) {
  const auto& citizen_id = inactive.citizen_id;
  TRY(const auto number, own_number(citizen_id, vault::Actor::platform("inactivity"), now));
  sql::DeletionRow row;
  row.citizen_id = citizen_id;
  row.state = "asked";
  row.challenge_id = ChallengeId::make(now, ports_.rng);  // nobody is asked: nothing answers to it
  (void)prepare(row, number, policy_.language, now);
  TRY(const bool closed, ports_.data.write([&](store::UnitOfWork& unit) -> core::Result<bool> {
    TRY(const bool ours, sql::delete_inactivity(unit, citizen_id));
    TRY(const auto seen, sql::find_last_seen(unit, citizen_id));
    if (!ours || !seen || *seen > inactive.last_seen_at) return false;
    TRY(const bool asked, sql::ask_deletion(unit, citizen_id, row.challenge_id, now));
    if (!asked) return false;
    TRY_VOID(freeze(unit, row, std::nullopt, "account.closed_inactive"));
    return true;
  }));
  TRY_VOID(frozen_.refresh());
  return closed;
}

ReceiptNumber DeletionService::prepare(sql::DeletionRow& row, const PhoneNumber& number,
                                       const std::string& language, core::Instant now) {
  const auto receipt = ReceiptNumber::make(ports_.rng);
  row.confirmed_at = now;
  row.due_at = now + policy_.term;
  row.receipt_hash = receipt.hash();
  row.sealed = ports_.vault.seal_transient(
      sql::deletion_place(row.citizen_id),
      encode_farewell({.to = core::Secret<std::string>(number.e164()),
                       .receipt = core::Secret<std::string>(receipt.text()),
                       .language = language}));
  return receipt;
}

core::Status DeletionService::freeze(store::UnitOfWork& unit, const sql::DeletionRow& row,
                                     const std::optional<SessionId>& kept, std::string_view kind) {
  const auto& citizen_id = row.citizen_id;
  const auto now = *row.confirmed_at;
  TRY(const bool frozen, sql::freeze_account(unit, row));
  if (!frozen) return fail(ErrorCode::kConflict, "deletion.not_asked");
  TRY_VOID(sql::insert_receipt(unit, {.receipt_hash = row.receipt_hash,
                                      .state = "frozen",
                                      .confirmed_at = now,
                                      .due_at = *row.due_at,
                                      .ended_at = {},
                                      .report = {}}));
  TRY_VOID(sql::delete_other_sessions(unit, citizen_id, kept));
  for (auto* holder : holders_) {
    TRY_VOID(holder->freeze(unit, citizen_id, now));
  }
  TRY_VOID(enqueue_notice(unit, {citizen_id, NoticeKind::kClosing, notice_day(*row.due_at), now},
                          ports_.rng));
  return audit::record_operation(unit, {citizen_id, kind}, now, ports_.rng);
}

core::Status DeletionService::cancel(const CitizenId& citizen_id, core::Instant now) {
  TRY_VOID(ports_.data.write([&](store::UnitOfWork& unit) -> core::Status {
    TRY(const auto row, sql::find_deletion(unit, citizen_id));
    if (!is_confirmed(row)) return fail(ErrorCode::kNotFound, "deletion.none");
    TRY(const bool cancelled, sql::cancel_deletion(unit, citizen_id));
    if (!cancelled) return fail(ErrorCode::kConflict, "deletion.too_late");
    TRY_VOID(sql::end_receipt(unit, {.receipt_hash = row->receipt_hash,
                                     .state = "cancelled",
                                     .confirmed_at = {},
                                     .due_at = {},
                                     .ended_at = now,
                                     .report = {}}));
    return audit::record_operation(unit, {citizen_id, "account.deletion_cancelled"}, now,
                                   ports_.rng);
  }));
  return frozen_.refresh();
}

core::Result<DeletionState> DeletionService::state(const CitizenId& citizen_id) {
  TRY(const auto row, ports_.data.read([&](store::UnitOfWork& unit) {
    return sql::find_deletion(unit, citizen_id);
  }));
  if (!is_confirmed(row)) return DeletionState{};
  TRY(const auto text, ports_.vault.open_transient(sql::deletion_place(citizen_id), row->sealed));
  TRY(const auto farewell, decode_farewell(text));
  return DeletionState{DeletionStep::kFrozen, row->confirmed_at, row->due_at,
                       farewell.receipt.reveal()};
}

core::Result<Receipt> DeletionService::look_up(const ReceiptNumber& number) {
  TRY(const auto row, ports_.data.read([&](store::UnitOfWork& unit) {
    return sql::find_receipt(unit, number.hash());
  }));
  if (!row) return fail(ErrorCode::kNotFound, "receipt.unknown");
  return Receipt{row->state,  row->confirmed_at,
                 row->due_at, row->ended_at,
                 row->report, core::to_hex(crypto::sha256(core::as_bytes(row->report)))};
}

core::Result<PhoneNumber> DeletionService::own_number(const CitizenId& citizen_id,
                                                      const vault::Actor& actor,
                                                      core::Instant now) {
  const auto purpose =
      actor.is_citizen() ? vault::Purpose::kShowToCitizen : vault::Purpose::kNotifyCitizen;
  TRY(const auto profile, ports_.vault.open({.citizen_id = citizen_id,
                                             .category = vault::Category::kProfile,
                                             .purpose = purpose,
                                             .actor = actor,
                                             .now = now}));
  const auto* phone = vault::find_record(profile, "phone");
  if (phone == nullptr) return fail(ErrorCode::kConflict, "account.no_number");
  return PhoneNumber::from_e164(phone->value.reveal());
}

}  // namespace identity
