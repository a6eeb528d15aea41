#include "identity/account/number_service.h"

#include <algorithm>

#include "audit/operation_log.h"
#include "identity/account_store.h"
#include "identity/session/reauthentication_service.h"
#include "identity/token.h"
#include "vault/block.h"

namespace identity {
namespace {

using core::ErrorCode;
using core::fail;
using sql::NumberRow;
using Numbers = std::vector<NumberRow>;

std::string record_name(const NumberRow& number) {
  return number.primary ? std::string("phone") : "phone:" + number.id.to_string();
}

core::Result<NumberRow> get_number(const Numbers& numbers, const PhoneId& id) {
  const auto found = std::find_if(numbers.begin(), numbers.end(),
                                  [&](const NumberRow& number) { return number.id == id; });
  if (found == numbers.end()) return fail(ErrorCode::kNotFound, "number.unknown");
  return *found;
}

core::Result<NumberRow> get_primary(const Numbers& numbers) {
  if (numbers.empty() || !numbers.front().primary) {
    return fail(ErrorCode::kNotFound, "number.unknown");
  }
  return numbers.front();
}

/// Spends a proof; it must be of a number of this list. @return which.
core::Result<PhoneId> spend_own_proof(store::UnitOfWork& unit, const Numbers& numbers,
                                      const Token& proof, core::Instant now) {
  const auto hash = hash_token(proof.reveal());
  TRY(const auto row, sql::find_registration(unit, hash));
  if (!row || row->expires_at <= now) return fail(ErrorCode::kNotFound, "registration.unknown");
  const auto found = std::find_if(numbers.begin(), numbers.end(), [&](const NumberRow& number) {
    return number.phone_index == row->phone_index;
  });
  if (found == numbers.end()) return fail(ErrorCode::kForbidden, "number.proof_foreign");
  TRY(const bool spent, sql::delete_registration(unit, hash));
  if (!spent) return fail(ErrorCode::kNotFound, "registration.unknown");
  return found->id;
}

}  // namespace

/// A proven number on its way into the account: sealed before the transaction opens.
struct NumberService::Incoming {
  core::Bytes proof_hash;  ///< empty when the proof was spent earlier
  NumberRow row;
  vault::SealedRecord sealed;
};

core::Result<OwnNumbers> NumberService::list(const CitizenId& citizen_id) {
  return ports_.data.read([&](store::UnitOfWork& unit) -> core::Result<OwnNumbers> {
    OwnNumbers own;
    TRY(const auto rows, sql::list_numbers(unit, citizen_id));
    for (const auto& row : rows) {
      own.numbers.push_back({row.id, row.masked, row.primary, row.confirmed_at});
    }
    TRY(const auto change, sql::find_number_change(unit, citizen_id));
    if (change) own.pending = PendingNumber{change->replaces, change->masked, change->applies_at};
    return own;
  });
}

core::Result<Challenge> NumberService::challenge(const CitizenId& citizen_id, const PhoneId& id,
                                                 Channel channel, const Asker& asker,
                                                 core::Instant now) {
  TRY(const auto phone, phone_of(citizen_id, id, now));
  return ports_.challenges.start(phone, channel, asker, now);
}

core::Result<WorkPuzzle> NumberService::prepare_work(const CitizenId& citizen_id, const PhoneId& id,
                                                     const Asker& asker, core::Instant now) {
  TRY(const auto phone, phone_of(citizen_id, id, now));
  return ports_.challenges.prepare_work(phone, asker, now);
}

core::Result<PhoneNumber> NumberService::phone_of(const CitizenId& citizen_id, const PhoneId& id,
                                                  core::Instant now) {
  TRY(const auto numbers, numbers_of(citizen_id));
  TRY(const auto number, get_number(numbers, id));
  TRY(auto value, value_of(citizen_id, number, now));
  return PhoneNumber::from_e164(std::move(value).reveal());
}

core::Status NumberService::add(const CitizenId& citizen_id, const NumberProofs& proofs,
                                core::Instant now) {
  TRY(const auto number, incoming(citizen_id, proofs.added, false, now));
  return ports_.data.write([&](store::UnitOfWork& unit) -> core::Status {
    TRY(const auto numbers, sql::list_numbers(unit, citizen_id));
    if (numbers.size() >= policy_.numbers_max) {
      return fail(ErrorCode::kConflict, "number.too_many");
    }
    TRY_VOID(spend_own_proof(unit, numbers, proofs.own, now));
    TRY_VOID(put(unit, citizen_id, number));
    TRY_VOID(enqueue_notice(unit, {citizen_id, NoticeKind::kNumberAdded, {}, now}, ports_.rng));
    return audit::record_operation(unit, {citizen_id, "number.added"}, now, ports_.rng);
  });
}

core::Status NumberService::replace(const CitizenId& citizen_id, const PhoneId& id,
                                    const NumberProofs& proofs, core::Instant now) {
  TRY(const auto before, numbers_of(citizen_id));
  TRY(const auto old, get_number(before, id));
  TRY(const auto number, incoming(citizen_id, proofs.added, old.primary, now));
  TRY(const auto old_value, value_of(citizen_id, old, now));
  const auto former = write_to(old_value, "number_replaced", citizen_id, now);
  return ports_.data.write([&](store::UnitOfWork& unit) -> core::Status {
    TRY(const auto numbers, sql::list_numbers(unit, citizen_id));
    TRY(const auto still, get_number(numbers, id));
    // Its place has changed since it was sealed for: nothing is lost by trying again.
    if (still.primary != old.primary) return fail(ErrorCode::kConflict, "number.changed_meanwhile");
    TRY(const auto proven, spend_own_proof(unit, numbers, proofs.own, now));
    if (proven != id) return fail(ErrorCode::kForbidden, "number.proof_foreign");
    TRY_VOID(sql::delete_number(unit, citizen_id, old));
    TRY_VOID(
        ports_.vault.delete_record(unit, citizen_id, vault::Category::kProfile, record_name(old)));
    TRY_VOID(put(unit, citizen_id, number));
    TRY_VOID(tell(unit, {citizen_id, NoticeKind::kNumberReplaced, {}, now}, former));
    return audit::record_operation(unit, {citizen_id, "number.replaced"}, now, ports_.rng);
  });
}

core::Status NumberService::make_primary(const CitizenId& citizen_id, const PhoneId& id,
                                         const Token& own, core::Instant now) {
  TRY(const auto before, numbers_of(citizen_id));
  TRY(auto next, get_number(before, id));
  if (next.primary) return {};
  TRY(auto last, get_primary(before));
  TRY(auto next_value, value_of(citizen_id, next, now));
  TRY(auto last_value, value_of(citizen_id, last, now));
  const auto former = write_to(last_value, "number_primary", citizen_id, now);
  const auto old_name = record_name(next);
  next.primary = true;
  last.primary = false;
  TRY(const auto next_sealed, seal(citizen_id, next, std::move(next_value)));
  TRY(const auto last_sealed, seal(citizen_id, last, std::move(last_value)));
  return ports_.data.write([&](store::UnitOfWork& unit) -> core::Status {
    TRY(const auto numbers, sql::list_numbers(unit, citizen_id));
    TRY(const auto primary, get_primary(numbers));
    TRY_VOID(get_number(numbers, id));
    if (primary.id != last.id) return fail(ErrorCode::kConflict, "number.changed_meanwhile");
    TRY_VOID(spend_own_proof(unit, numbers, own, now));
    TRY(const bool clarified, ports_.vault.clarify(unit, next_sealed));
    if (!clarified) return fail(ErrorCode::kConflict, "number.changed_meanwhile");
    TRY_VOID(ports_.vault.record(unit, last_sealed));
    TRY_VOID(ports_.vault.delete_record(unit, citizen_id, vault::Category::kProfile, old_name));
    TRY_VOID(sql::set_primary(unit, citizen_id, next));
    TRY_VOID(tell(unit, {citizen_id, NoticeKind::kNumberPrimary, {}, now}, former));
    return audit::record_operation(unit, {citizen_id, "number.primary"}, now, ports_.rng);
  });
}

core::Status NumberService::remove(const CitizenId& citizen_id, const PhoneId& id, const Token& own,
                                   core::Instant now) {
  TRY(const auto before, numbers_of(citizen_id));
  TRY(const auto leaving, get_number(before, id));
  TRY(const auto value, value_of(citizen_id, leaving, now));
  const auto former = write_to(value, "number_removed", citizen_id, now);
  return ports_.data.write([&](store::UnitOfWork& unit) -> core::Status {
    TRY(const auto numbers, sql::list_numbers(unit, citizen_id));
    TRY(const auto number, get_number(numbers, id));
    if (number.primary) return fail(ErrorCode::kConflict, "number.primary_stays");
    TRY_VOID(spend_own_proof(unit, numbers, own, now));
    TRY_VOID(sql::delete_number(unit, citizen_id, number));
    TRY_VOID(ports_.vault.delete_record(unit, citizen_id, vault::Category::kProfile,
                                        record_name(number)));
    TRY_VOID(tell(unit, {citizen_id, NoticeKind::kNumberRemoved, {}, now}, former));
    return audit::record_operation(unit, {citizen_id, "number.removed"}, now, ports_.rng);
  });
}

core::Result<PendingNumber> NumberService::replace_lost(const Authenticated& who, const PhoneId& id,
                                                        const Token& added, core::Instant now) {
  TRY_VOID(require_recent_proof(who, now));
  // A session by the identity provider names no method of ours: what was proven there is identity.
  if (who.aal != Aal::kTwo && who.amr != AmrSet()) {
    return fail(ErrorCode::kForbidden, "number.stronger_proof");
  }
  const auto& citizen_id = who.citizen_id;
  const auto hash = hash_token(added.reveal());
  TRY(const auto proven, ports_.data.read([&](store::UnitOfWork& unit) {
    return sql::find_registration(unit, hash);
  }));
  if (!proven || proven->expires_at <= now) {
    return fail(ErrorCode::kNotFound, "registration.unknown");
  }
  TRY(const auto value,
      ports_.vault.open_transient(sql::registration_place(hash), proven->phone_sealed));
  const sql::NumberChangeRow change{
      .citizen_id = citizen_id,
      .replaces = id,
      .phone_index = proven->phone_index,
      .phone_sealed = ports_.vault.seal_transient(sql::number_change_place(citizen_id), value),
      .masked = proven->phone_masked,
      .asked_at = now,
      .applies_at = now + policy_.lost_wait};
  TRY(const auto before, numbers_of(citizen_id));
  TRY(const auto lost, get_number(before, id));
  TRY(const auto lost_value, value_of(citizen_id, lost, now));
  const auto former = write_to(lost_value, "number_losing", citizen_id, now);
  TRY_VOID(ports_.data.write([&](store::UnitOfWork& unit) -> core::Status {
    TRY(const auto numbers, sql::list_numbers(unit, citizen_id));
    TRY_VOID(get_number(numbers, id));
    // Said now, and not after a term at whose end nothing could be changed.
    TRY(const bool blocked, vault::is_blocked(unit, citizen_id, vault::Category::kProfile));
    if (blocked) return fail(ErrorCode::kForbidden, "vault.blocked");
    TRY(const bool spent, sql::delete_registration(unit, hash));
    if (!spent) return fail(ErrorCode::kNotFound, "registration.unknown");
    TRY(const auto owner, sql::find_login(unit, sql::kPhoneLogin, change.phone_index));
    if (owner) {
      return fail(ErrorCode::kConflict,
                  owner == citizen_id ? "number.already_yours" : "number.taken");
    }
    TRY(const bool first, sql::insert_number_change(unit, change));
    if (!first) return fail(ErrorCode::kConflict, "number.change_waiting");
    TRY_VOID(tell(unit,
                  {citizen_id, NoticeKind::kNumberChangeAsked, notice_day(change.applies_at), now},
                  former));
    return audit::record_operation(unit, {citizen_id, "number.change_asked"}, now, ports_.rng);
  }));
  return PendingNumber{id, change.masked, change.applies_at};
}

core::Status NumberService::cancel_change(const CitizenId& citizen_id, core::Instant now) {
  return ports_.data.write([&](store::UnitOfWork& unit) -> core::Status {
    TRY(const bool there, sql::delete_number_change(unit, citizen_id));
    if (!there) return fail(ErrorCode::kNotFound, "number.no_change");
    return audit::record_operation(unit, {citizen_id, "number.change_cancelled"}, now, ports_.rng);
  });
}

core::Result<int> NumberService::apply_due(core::Instant now) {
  TRY(const auto due, ports_.data.read([&](store::UnitOfWork& unit) {
    return sql::list_due_number_changes(unit, now, kBatchMax);
  }));
  for (const auto& change : due) {
    TRY_VOID(apply(change, now));
  }
  return static_cast<int>(due.size());
}

core::Status NumberService::apply(const sql::NumberChangeRow& change, core::Instant now) {
  const auto& citizen_id = change.citizen_id;
  TRY(const auto before, numbers_of(citizen_id));
  const auto old = get_number(before, change.replaces);
  Incoming number;
  SealedLetter former;
  if (old) {
    TRY(const auto old_value, value_of(citizen_id, *old, now));
    former = write_to(old_value, "number_replaced", citizen_id, now);
    TRY(auto value,
        ports_.vault.open_transient(sql::number_change_place(citizen_id), change.phone_sealed));
    number.row = {.id = PhoneId::make(now, ports_.rng),
                  .phone_index = change.phone_index,
                  .masked = change.masked,
                  .primary = old->primary,
                  .confirmed_at = change.asked_at};
    TRY(number.sealed, seal(citizen_id, number.row, std::move(value)));
  }
  return ports_.data.write([&](store::UnitOfWork& unit) -> core::Status {
    TRY(const bool ours, sql::delete_number_change(unit, citizen_id));
    if (!ours || !old) return {};  // cancelled meanwhile, or the lost number was removed
    TRY(const auto numbers, sql::list_numbers(unit, citizen_id));
    TRY(const auto still, get_number(numbers, old->id));
    if (still.primary != old->primary) {
      return fail(ErrorCode::kConflict, "number.changed_meanwhile");
    }
    TRY(const auto owner, sql::find_login(unit, sql::kPhoneLogin, change.phone_index));
    TRY(const bool blocked, vault::is_blocked(unit, citizen_id, vault::Category::kProfile));
    if (owner || blocked) {
      // Registered by somebody while it waited, or blocked: the account keeps what it has.
      return audit::record_operation(unit, {citizen_id, "number.change_failed"}, now, ports_.rng);
    }
    TRY_VOID(sql::delete_number(unit, citizen_id, *old));
    TRY_VOID(
        ports_.vault.delete_record(unit, citizen_id, vault::Category::kProfile, record_name(*old)));
    TRY_VOID(put(unit, citizen_id, number));
    TRY_VOID(tell(unit, {citizen_id, NoticeKind::kNumberReplaced, {}, now}, former));
    return audit::record_operation(unit, {citizen_id, "number.replaced"}, now, ports_.rng);
  });
}

SealedLetter NumberService::write_to(const core::Secret<std::string>& number,
                                     std::string_view topic, const CitizenId& citizen_id,
                                     core::Instant now) {
  return seal_letter(ports_.vault,
                     {.to = number,
                      .topic = std::string(topic),
                      .language = {},
                      .detail = core::Secret<std::string>(citizen_id.to_string())},
                     now, ports_.rng);
}

core::Status NumberService::tell(store::UnitOfWork& unit, const AccountNotice& notice,
                                 const SealedLetter& former) {
  TRY_VOID(enqueue_letter(unit, former, notice.at, ports_.rng, kFormerNumberKind));
  return enqueue_notice(unit, notice, ports_.rng);
}

core::Result<NumberService::Incoming> NumberService::incoming(const CitizenId& citizen_id,
                                                              const Token& proof, bool primary,
                                                              core::Instant now) {
  Incoming number;
  number.proof_hash = hash_token(proof.reveal());
  TRY(const auto proven, ports_.data.read([&](store::UnitOfWork& unit) {
    return sql::find_registration(unit, number.proof_hash);
  }));
  if (!proven || proven->expires_at <= now) {
    return fail(ErrorCode::kNotFound, "registration.unknown");
  }
  TRY(auto value, ports_.vault.open_transient(sql::registration_place(number.proof_hash),
                                              proven->phone_sealed));
  number.row = {.id = PhoneId::make(now, ports_.rng),
                .phone_index = proven->phone_index,
                .masked = proven->phone_masked,
                .primary = primary,
                .confirmed_at = now};
  TRY(number.sealed, seal(citizen_id, number.row, std::move(value)));
  return number;
}

core::Status NumberService::put(store::UnitOfWork& unit, const CitizenId& citizen_id,
                                const Incoming& number) {
  if (!number.proof_hash.empty()) {
    TRY(const bool spent, sql::delete_registration(unit, number.proof_hash));
    if (!spent) return fail(ErrorCode::kNotFound, "registration.unknown");
  }
  const auto& index = number.row.phone_index;
  TRY(const bool free, sql::insert_login(unit, sql::kPhoneLogin, index, citizen_id));
  if (!free) {
    TRY(const auto owner, sql::find_login(unit, sql::kPhoneLogin, index));
    // Told only to somebody who has just proven the number to be theirs.
    return fail(ErrorCode::kConflict,
                owner == citizen_id ? "number.already_yours" : "number.taken");
  }
  TRY_VOID(sql::insert_number(unit, citizen_id, number.row));
  TRY_VOID(ports_.vault.record(unit, number.sealed));
  if (number.row.primary) {
    TRY_VOID(sql::set_primary(unit, citizen_id, number.row));
  }
  return {};
}

core::Result<core::Secret<std::string>> NumberService::value_of(const CitizenId& citizen_id,
                                                                const NumberRow& number,
                                                                core::Instant now) {
  TRY(const auto records, ports_.vault.open({.citizen_id = citizen_id,
                                             .category = vault::Category::kProfile,
                                             .purpose = vault::Purpose::kShowToCitizen,
                                             .actor = vault::Actor::citizen(),
                                             .now = now}));
  const auto* record = vault::find_record(records, record_name(number));
  if (record == nullptr) return fail(ErrorCode::kNotFound, "number.unknown");
  return record->value;
}

core::Result<vault::SealedRecord> NumberService::seal(const CitizenId& citizen_id,
                                                      const NumberRow& number,
                                                      core::Secret<std::string> value) {
  return ports_.vault.seal({.citizen_id = citizen_id,
                            .category = vault::Category::kProfile,
                            .name = record_name(number),
                            .value = std::move(value),
                            .provenance = {"self", "phone", number.confirmed_at}});
}

core::Result<Numbers> NumberService::numbers_of(const CitizenId& citizen_id) {
  return ports_.data.read(
      [&](store::UnitOfWork& unit) { return sql::list_numbers(unit, citizen_id); });
}

}  // namespace identity
