#include "identity/account/email_service.h"

#include <fmt/format.h>

#include <algorithm>

#include "audit/operation_log.h"
#include "crypto/digest.h"
#include "identity/account/email_store.h"
#include "identity/account/letter.h"
#include "identity/authenticator/account_notice.h"

namespace identity {
namespace {

using core::ErrorCode;
using core::fail;
using sql::EmailRow;
using sql::kEmailConfirmed;
using sql::kEmailPending;

constexpr std::string_view kAddressIndex = "email";
constexpr core::Duration kHour = std::chrono::hours(1);
constexpr core::Duration kDay = std::chrono::hours(24);

std::string record_name(std::string_view state) { return fmt::format("email:{}", state); }

std::string make_code(core::Rng& rng, int digits) {
  std::uint64_t bound = 1;
  for (int i = 0; i < digits; ++i) bound *= 10;
  return fmt::format("{:0{}}", core::random_below(rng, bound), digits);
}

tl::unexpected<core::Error> too_many(int retry_after_s) {
  core::Error error{ErrorCode::kLimited, "email.too_many_letters", {}};
  error.retry_after_s = retry_after_s;
  return fail(std::move(error));
}

/// Letters that the account was sent within the hour that its first one began.
std::int64_t sent_within_hour(const std::optional<EmailRow>& pending, core::Instant now) {
  return pending && pending->first_sent_at + kHour > now ? pending->sent_count : 0;
}

}  // namespace

/// A letter asked for, as its budgets see it.
struct EmailService::Asking {
  core::Bytes email_index;
  core::Bytes network_index;
  const std::optional<WorkProof>& work;
  int work_bits = 0;  ///< what it has proven
};

core::Result<EmailState> EmailService::state(const CitizenId& citizen_id) {
  return ports_.data.read([&](store::UnitOfWork& unit) -> core::Result<EmailState> {
    EmailState state;
    state.available = policy_.configured;
    state.code_digits = policy_.code_digits;
    TRY(const auto confirmed, sql::find_email(unit, citizen_id, kEmailConfirmed));
    if (confirmed) state.confirmed = OwnEmail{confirmed->masked, *confirmed->confirmed_at};
    TRY(const auto pending, sql::find_email(unit, citizen_id, kEmailPending));
    if (pending) state.pending = OwnEmail{pending->masked, pending->expires_at};
    return state;
  });
}

EmailService::Asking EmailService::asking(const EmailAddress& address, const Asker& asker,
                                          core::Instant now) const {
  Asking asking{ports_.vault.blind_index(kAddressIndex, address.normalised()).bytes,
                ports_.vault.blind_index(sql::kNetworkIndex, asker.device.network).bytes,
                asker.work};
  if (asker.work) asking.work_bits = ports_.work.bits_of(*asker.work, asking.email_index, now);
  return asking;
}

core::Result<int> EmailService::work_bits(store::UnitOfWork& unit, const CitizenId& citizen_id,
                                          const Asking& asking, core::Instant now) const {
  TRY(const auto pending, sql::find_email(unit, citizen_id, kEmailPending));
  TRY(const auto to_address, sql::count_email_codes(unit, asking.email_index, now - kDay));
  TRY(const int of_network, ports_.gate.network_bits(unit, asking.network_index, now));
  return std::max({ports_.gate.bits_when(sent_within_hour(pending, now), policy_.per_account_hour),
                   ports_.gate.bits_when(to_address, policy_.per_address_day), of_network});
}

core::Result<WorkPuzzle> EmailService::prepare_work(const CitizenId& citizen_id,
                                                    const EmailAddress& address, const Asker& asker,
                                                    core::Instant now) {
  const auto asking = this->asking(address, asker, now);
  TRY(const int bits, ports_.data.read([&](store::UnitOfWork& unit) {
    return work_bits(unit, citizen_id, asking, now);
  }));
  return ports_.work.make(asking.email_index, std::max(bits, ports_.gate.policy().work_bits_first),
                          now);
}

core::Status EmailService::charge(store::UnitOfWork& unit, const Asking& asking, EmailRow& row,
                                  core::Instant now) const {
  TRY(const auto before, sql::find_email(unit, row.citizen_id, kEmailPending));
  const auto sent = sent_within_hour(before, now);
  if (sent >= policy_.per_account_hour) return too_many(3600);
  if (sent > 0) row.first_sent_at = before->first_sent_at;
  row.sent_count = sent + 1;
  TRY(const auto to_address, sql::count_email_codes(unit, row.email_index, now - kDay));
  if (to_address >= policy_.per_address_day) return too_many(6 * 3600);
  TRY(const int bits, work_bits(unit, row.citizen_id, asking, now));
  bool worked = asking.work_bits >= bits;
  if (worked && asking.work_bits > 0) {
    TRY(worked, use_up_work(unit, *asking.work, now));
  }
  if (!worked) return fail(ErrorCode::kForbidden, "challenge.work_needed");
  return ports_.gate.book_letter(unit, asking.network_index, now);
}

core::Status EmailService::set(const CitizenId& citizen_id, const EmailAddress& address,
                               const Asker& asker, core::Instant now) {
  if (!policy_.configured) return fail(ErrorCode::kUnavailable, "email.not_configured");
  const auto code = make_code(ports_.rng, policy_.code_digits);
  const core::Secret<std::string> value(address.text());
  const auto asking = this->asking(address, asker, now);
  const EmailRow row{.citizen_id = citizen_id,
                     .state = std::string(kEmailPending),
                     .email_index = asking.email_index,
                     .masked = address.masked(),
                     .language = asker.language,
                     .code_hash = hash_code(citizen_id, code),
                     .attempts_left = policy_.attempts,
                     .first_sent_at = now,
                     .sent_count = 1,
                     .expires_at = now + policy_.life,
                     .confirmed_at = {}};
  TRY(const auto record, ports_.vault.seal({.citizen_id = citizen_id,
                                            .category = vault::Category::kProfile,
                                            .name = record_name(kEmailPending),
                                            .value = value,
                                            .provenance = {"self", "phone", now}}));
  const auto letter = seal_letter(ports_.vault,
                                  {.to = value,
                                   .topic = "email_code",
                                   .language = row.language,
                                   .detail = core::Secret<std::string>(code)},
                                  now, ports_.rng);
  return ports_.data.write([&](store::UnitOfWork& unit) -> core::Status {
    auto counted = row;
    TRY_VOID(charge(unit, asking, counted, now));
    TRY_VOID(sql::put_email(unit, counted));
    TRY_VOID(ports_.vault.record_or_clarify(unit, record));
    return enqueue_letter(unit, letter, now, ports_.rng);
  });
}

core::Status EmailService::confirm(const CitizenId& citizen_id,
                                   const core::Secret<std::string>& code, core::Instant now) {
  const auto given = hash_code(citizen_id, code.reveal());
  // A wrong code must cost its attempt, so it is an outcome of the unit, not an error that undoes
  // it.
  TRY(const auto left, ports_.data.write([&](store::UnitOfWork& unit) -> core::Result<int> {
    TRY(const auto row, sql::find_email(unit, citizen_id, kEmailPending));
    if (!row) return fail(ErrorCode::kConflict, "email.no_code");
    if (row->attempts_left <= 0) return fail(ErrorCode::kConflict, "email.code_exhausted");
    if (now > row->expires_at) return fail(ErrorCode::kConflict, "email.code_expired");
    if (crypto::equal_constant_time(given, row->code_hash)) return -1;
    TRY_VOID(sql::set_email_attempts(unit, citizen_id, row->attempts_left - 1));
    return static_cast<int>(row->attempts_left - 1);
  }));
  if (left >= 0) {
    core::Error error{ErrorCode::kForbidden, "email.code_wrong", {}};
    error.attempts_left = left;
    return fail(std::move(error));
  }
  return accept(citizen_id, now);
}

core::Status EmailService::accept(const CitizenId& citizen_id, core::Instant now) {
  TRY(const auto before, ports_.data.read([&](store::UnitOfWork& unit) {
    return sql::find_email(unit, citizen_id, kEmailPending);
  }));
  if (!before) return fail(ErrorCode::kConflict, "email.no_code");
  TRY(auto value, value_of(citizen_id, kEmailPending, now));
  TRY(const auto old_value, value_of(citizen_id, kEmailConfirmed, now));
  TRY(const auto record, ports_.vault.seal({.citizen_id = citizen_id,
                                            .category = vault::Category::kProfile,
                                            .name = record_name(kEmailConfirmed),
                                            .value = std::move(value),
                                            .provenance = {"self", "phone", now}}));
  const auto letter = seal_letter(ports_.vault,
                                  {.to = old_value,
                                   .topic = "email_changed",
                                   .language = before->language,
                                   .detail = core::Secret<std::string>(before->masked)},
                                  now, ports_.rng);
  return ports_.data.write([&](store::UnitOfWork& unit) -> core::Status {
    TRY(auto row, sql::find_email(unit, citizen_id, kEmailPending));
    // Another code was asked for, or another request was faster.
    if (!row || row->code_hash != before->code_hash) {
      return fail(ErrorCode::kConflict, "email.no_code");
    }
    row->state = kEmailConfirmed;
    row->confirmed_at = now;
    row->code_hash.clear();
    TRY_VOID(sql::put_email(unit, *row));
    TRY_VOID(sql::delete_email(unit, citizen_id, kEmailPending));
    TRY_VOID(ports_.vault.record_or_clarify(unit, record));
    TRY_VOID(ports_.vault.delete_record(unit, citizen_id, vault::Category::kProfile,
                                        record_name(kEmailPending)));
    if (!old_value.reveal().empty()) {
      TRY_VOID(enqueue_letter(unit, letter, now, ports_.rng));
    }
    TRY_VOID(enqueue_notice(unit, {citizen_id, NoticeKind::kEmailChanged, {}, now}, ports_.rng));
    return audit::record_operation(unit, {citizen_id, "email.confirmed"}, now, ports_.rng);
  });
}

core::Status EmailService::remove(const CitizenId& citizen_id, core::Instant now) {
  TRY(const auto old_value, value_of(citizen_id, kEmailConfirmed, now));
  return ports_.data.write([&](store::UnitOfWork& unit) -> core::Status {
    TRY(const auto confirmed, sql::find_email(unit, citizen_id, kEmailConfirmed));
    TRY(const bool pending, sql::delete_email(unit, citizen_id, kEmailPending));
    if (!confirmed && !pending) return fail(ErrorCode::kNotFound, "email.none");
    TRY_VOID(sql::delete_email(unit, citizen_id, kEmailConfirmed));
    for (const auto state : {kEmailPending, kEmailConfirmed}) {
      TRY_VOID(ports_.vault.delete_record(unit, citizen_id, vault::Category::kProfile,
                                          record_name(state)));
    }
    if (confirmed && policy_.configured) {
      const auto letter = seal_letter(ports_.vault,
                                      {.to = old_value,
                                       .topic = "email_removed",
                                       .language = confirmed->language,
                                       .detail = {}},
                                      now, ports_.rng);
      TRY_VOID(enqueue_letter(unit, letter, now, ports_.rng));
    }
    if (confirmed) {
      TRY_VOID(enqueue_notice(unit, {citizen_id, NoticeKind::kEmailRemoved, {}, now}, ports_.rng));
    }
    return audit::record_operation(unit, {citizen_id, "email.removed"}, now, ports_.rng);
  });
}

core::Result<core::Secret<std::string>> EmailService::value_of(const CitizenId& citizen_id,
                                                               std::string_view state,
                                                               core::Instant now) {
  TRY(const auto records, ports_.vault.open({.citizen_id = citizen_id,
                                             .category = vault::Category::kProfile,
                                             .purpose = vault::Purpose::kShowToCitizen,
                                             .actor = vault::Actor::citizen(),
                                             .now = now}));
  const auto* record = vault::find_record(records, record_name(state));
  return record == nullptr ? core::Secret<std::string>() : record->value;
}

core::Bytes EmailService::hash_code(const CitizenId& citizen_id, std::string_view code) const {
  return core::to_bytes(
      crypto::hmac_sha256(code_key_.reveal(), {citizen_id.bytes(), core::as_bytes(code)}));
}

}  // namespace identity
