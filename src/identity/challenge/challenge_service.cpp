#include "identity/challenge/challenge_service.h"

#include <fmt/format.h>

#include <algorithm>

#include "crypto/digest.h"
#include "identity/account_store.h"
#include "identity/challenge/challenge_store.h"
#include "identity/challenge/operator_message.h"
#include "identity/token.h"
#include "store/outbox.h"

namespace identity {
namespace {

using core::ErrorCode;
using core::fail;

core::Error limited(std::string_view reason, std::int64_t retry_after_s) {
  core::Error error{ErrorCode::kLimited, std::string(reason), {}};
  error.retry_after_s = static_cast<int>(std::max<std::int64_t>(retry_after_s, 1));
  return error;
}

/// A number gets few codes within the life of one: not to find a free one in so many draws means
/// that whoever draws them does not.
constexpr int kDrawsMax = 16;

std::string make_code(core::Rng& rng, int digits) {
  std::uint64_t bound = 1;
  for (int i = 0; i < digits; ++i) bound *= 10;
  return fmt::format("{:0{}}", core::random_below(rng, bound), digits);
}

/// Why a challenge that is not live cannot be answered.
core::Status check_live(const sql::ChallengeRow& row, core::Instant now) {
  if (row.state == "answered") return fail(ErrorCode::kConflict, "challenge.used");
  if (row.state == "replaced") return fail(ErrorCode::kConflict, "challenge.replaced");
  if (row.state == "exhausted") return fail(ErrorCode::kConflict, "challenge.exhausted");
  if (now > row.expires_at) return fail(ErrorCode::kConflict, "challenge.expired");
  return {};
}

core::Result<AccountState> account_state(store::UnitOfWork& unit,
                                         const std::optional<CitizenId>& citizen_id) {
  if (!citizen_id) return AccountState::kNew;
  TRY(const auto citizen, sql::get_citizen(unit, *citizen_id));
  return citizen.level == AssuranceLevel::kVerified ? AccountState::kExistingVerified
                                                    : AccountState::kExisting;
}

}  // namespace

/// Everything about a new challenge that is computed before the transaction opens.
struct ChallengeService::Draft {
  sql::ChallengeRow row;
  core::Secret<std::string> code;
  core::Bytes message_sealed;
};

ChallengeService::ChallengeService(ChallengePorts ports, ChallengePolicy policy,
                                   crypto::Key256 code_key)
    : ports_(ports), policy_(policy), code_key_(std::move(code_key)) {}

core::Result<Challenge> ChallengeService::start(const PhoneNumber& phone, Channel channel,
                                                std::string_view language, core::Instant now) {
  TRY_VOID(spend_server_budget(now));
  for (int draw = 0; draw < kDrawsMax; ++draw) {
    const auto made = draft(phone, channel, language, now);
    TRY(const bool stored,
        ports_.data.write([&](store::UnitOfWork& unit) { return store_draft(unit, made, now); }));
    if (stored) return told(made);
  }
  return fail(ErrorCode::kUnavailable, "challenge.no_free_code");
}

core::Result<Challenge> ChallengeService::switch_to_sms(const ChallengeId& id,
                                                        std::string_view language,
                                                        core::Instant now) {
  TRY(const auto found,
      ports_.data.read([&](store::UnitOfWork& unit) { return sql::find_challenge(unit, id); }));
  if (!found) return fail(ErrorCode::kNotFound, "challenge.unknown");
  if (!check_live(*found, now)) return fail(ErrorCode::kConflict, "challenge.ended");
  const auto wait = found->created_at + policy_.sms_after - now;
  if (wait > core::Duration::zero()) {
    return fail(limited("challenge.sms_too_early", wait.count() / 1'000'000 + 1));
  }
  TRY(auto number,
      ports_.vault.open_transient(sql::challenge_place(found->id), found->phone_sealed));
  TRY(const auto phone, PhoneNumber::from_e164(std::move(number).reveal()));
  return start(phone, Channel::kSms, language, now);
}

core::Result<RegistrationTicket> ChallengeService::answer(const ChallengeId& id,
                                                          const core::Secret<std::string>& code,
                                                          core::Instant now) {
  TRY(const auto seen,
      ports_.data.read([&](store::UnitOfWork& unit) { return sql::find_challenge(unit, id); }));
  if (!seen) return fail(ErrorCode::kNotFound, "challenge.unknown");
  const bool right = crypto::equal_constant_time(hash_code(id, code.reveal()), seen->code_hash);

  RegistrationTicket ticket{make_token(ports_.rng), AccountState::kNew, now + policy_.ticket_life};
  sql::RegistrationRow registration;
  registration.token_hash = hash_token(ticket.token.reveal());
  registration.phone_index = seen->phone_index;
  registration.phone_masked = seen->phone_masked;
  registration.channel = seen->channel;
  registration.expires_at = ticket.expires_at;
  TRY(const auto number, ports_.vault.open_transient(sql::challenge_place(id), seen->phone_sealed));
  registration.phone_sealed =
      ports_.vault.seal_transient(sql::registration_place(registration.token_hash), number);

  // A wrong code must cost its attempt, so it is an outcome of the unit, not an error that undoes
  // it.
  TRY(const auto attempts_left,
      ports_.data.write([&](store::UnitOfWork& unit) -> core::Result<std::int64_t> {
        TRY(const auto row, sql::find_challenge(unit, id));
        if (!row) return fail(ErrorCode::kNotFound, "challenge.unknown");
        TRY_VOID(check_live(*row, now));
        if (!right) {
          const auto left = row->attempts_left - 1;
          TRY_VOID(sql::set_challenge_state(unit, id, left > 0 ? "live" : "exhausted", left));
          return left;
        }
        TRY_VOID(sql::set_challenge_state(unit, id, "answered", row->attempts_left));
        TRY(registration.citizen_id,
            sql::find_login(unit, sql::kPhoneLogin, registration.phone_index));
        TRY(registration.account, account_state(unit, registration.citizen_id));
        TRY_VOID(sql::insert_registration(unit, registration));
        return row->attempts_left;
      }));
  if (!right) {
    core::Error error{ErrorCode::kForbidden, "challenge.code_wrong", {}};
    error.attempts_left = static_cast<int>(attempts_left);
    return fail(std::move(error));
  }
  ticket.account = registration.account;
  return ticket;
}

core::Result<std::int64_t> ChallengeService::purge(core::Instant now) {
  // A day is kept, because the limit per number looks that far back.
  return ports_.data.write([&](store::UnitOfWork& unit) {
    return sql::purge_challenges(unit, now - std::chrono::hours(25));
  });
}

core::Status ChallengeService::spend_server_budget(core::Instant now) {
  const std::lock_guard lock(budget_mutex_);
  const auto minute = now.seconds() / 60;
  if (minute != budget_minute_) {
    budget_minute_ = minute;
    budget_spent_ = 0;
  }
  if (budget_spent_ >= policy_.per_server_minute) {
    return fail(limited("challenge.too_many_for_server", 60 - now.seconds() % 60));
  }
  ++budget_spent_;
  return {};
}

core::Bytes ChallengeService::hash_code(const ChallengeId& id, std::string_view code) const {
  return core::to_bytes(
      crypto::hmac_sha256(code_key_.reveal(), {id.bytes(), core::as_bytes(code)}));
}

ChallengeService::Draft ChallengeService::draft(const PhoneNumber& phone, Channel channel,
                                                std::string_view language, core::Instant now) {
  Draft made;
  made.code = core::Secret<std::string>(draw_code(channel));
  auto& row = made.row;
  row.id = ChallengeId::make(now, ports_.rng);
  row.phone_index = ports_.vault.blind_index(sql::kPhoneLogin, phone.e164()).bytes;
  const core::Secret<std::string> number(phone.e164());
  row.phone_sealed = ports_.vault.seal_transient(sql::challenge_place(row.id), number);
  row.phone_masked = phone.masked();
  row.channel = channel;
  row.code_hash = hash_code(row.id, made.code.reveal());
  row.state = "live";
  row.attempts_left = policy_.attempts;
  row.created_at = now;
  row.expires_at = now + policy_.life;
  const OperatorMessage message{.id = row.id,
                                .channel = channel,
                                .to = number,
                                .code = made.code,
                                .language = std::string(language),
                                .expires_at = row.expires_at};
  made.message_sealed =
      ports_.vault.seal_transient(operator_message_place(row.id), encode_operator_message(message));
  return made;
}

std::string ChallengeService::draw_code(Channel channel) {
  if (channel == Channel::kSms) return make_code(ports_.rng, policy_.sms_digits);
  return ports_.call_codes != nullptr ? ports_.call_codes->draw(ports_.rng, policy_.call_digits)
                                      : make_code(ports_.rng, policy_.call_digits);
}

core::Result<bool> ChallengeService::repeats_live_code(store::UnitOfWork& unit, const Draft& draft,
                                                       core::Instant now) const {
  TRY(const auto live, sql::find_unexpired_codes(unit, draft.row.phone_index, now));
  return std::any_of(live.begin(), live.end(), [&](const sql::CodeHash& earlier) {
    return crypto::equal_constant_time(hash_code(earlier.id, draft.code.reveal()), earlier.hash);
  });
}

core::Result<bool> ChallengeService::store_draft(store::UnitOfWork& unit, const Draft& draft,
                                                 core::Instant now) {
  const auto& row = draft.row;
  TRY(const auto sent, sql::count_challenges(unit, row.phone_index, now - std::chrono::hours(1),
                                             now - std::chrono::hours(24)));
  if (sent.since_day >= policy_.per_number_day) {
    return fail(limited("challenge.too_many_for_number", 6 * 3600));
  }
  if (sent.since_hour >= policy_.per_number_hour) {
    return fail(limited("challenge.too_many_for_number", 1800));
  }
  TRY(const bool repeats, repeats_live_code(unit, draft, now));
  if (repeats) return false;
  TRY_VOID(sql::replace_live_challenges(unit, row.phone_index));
  TRY_VOID(sql::insert_challenge(unit, row));
  const store::OutboxMessage message{.kind = std::string(kOperatorMessageKind),
                                     .dedup_key = row.id.to_string(),
                                     .payload = draft.message_sealed,
                                     .not_before = {}};
  TRY_VOID(store::enqueue(unit, message, now, ports_.rng));
  return true;
}

Challenge ChallengeService::told(const Draft& draft) const {
  const auto& row = draft.row;
  const bool call = row.channel == Channel::kCall;
  return {.id = row.id,
          .channel = row.channel,
          .phone_masked = row.phone_masked,
          .code_digits = call ? policy_.call_digits : policy_.sms_digits,
          .expires_at = row.expires_at,
          .sms_after_s = policy_.sms_after.count() / 1'000'000};
}

}  // namespace identity
