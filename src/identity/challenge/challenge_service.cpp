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

/// How often a challenge is drawn anew: because others changed meanwhile what may be sent, or the
/// number has the same code already. Not to find a free one in so many draws means that whoever
/// draws them does not.
constexpr int kDrawsMax = 16;
/// A shared code with less life than this is not worth waiting for.
constexpr core::Duration kWorthWaiting = std::chrono::minutes(2);
/// Keys the hash of a code that has to be confirmed.
constexpr std::string_view kConfirmMark = "confirm";
constexpr std::string_view kBlockIndex = "number_block";

std::string make_code(core::Rng& rng, int digits) {
  std::uint64_t bound = 1;
  for (int i = 0; i < digits; ++i) bound *= 10;
  return fmt::format("{:0{}}", core::random_below(rng, bound), digits);
}

/// Why a challenge that is not live cannot be answered.
core::Status check_live(const sql::ChallengeRow& row, core::Instant now) {
  if (row.state == "answered" || row.state == "used") {
    return fail(ErrorCode::kConflict, "challenge.used");
  }
  if (row.state == "replaced") return fail(ErrorCode::kConflict, "challenge.replaced");
  if (row.state == "exhausted") return fail(ErrorCode::kConflict, "challenge.exhausted");
  if (now > row.expires_at) return fail(ErrorCode::kConflict, "challenge.expired");
  return {};
}

/// Told like a challenge that never was: an id alone is worth nothing.
core::Status check_browser(const std::optional<sql::ChallengeRow>& row, std::string_view browser) {
  const bool same = row && crypto::equal_constant_time(hash_token(browser), row->browser_hash);
  return same ? core::Status() : fail(ErrorCode::kNotFound, "challenge.unknown");
}

Guesser guesser_of(const sql::ChallengeRow& row) { return {row.phone_index, row.device}; }

core::Result<AccountState> account_state(store::UnitOfWork& unit,
                                         const std::optional<CitizenId>& citizen_id) {
  if (!citizen_id) return AccountState::kNew;
  TRY(const auto citizen, sql::get_citizen(unit, *citizen_id));
  return citizen.level == AssuranceLevel::kVerified ? AccountState::kExistingVerified
                                                    : AccountState::kExisting;
}

}  // namespace

/// A request for a code, with everything that is computed before a transaction opens.
struct ChallengeService::Asking {
  const PhoneNumber& phone;
  const Asker& asker;
  std::string phone_masked;
  GateAsking gate;
};

/// A challenge about to be stored.
struct ChallengeService::Draft {
  GatePlan plan;
  std::optional<sql::ChallengeRow> shared;  ///< whose code is waited for
  sql::ChallengeRow row;
  core::Secret<std::string> code;
  core::Bytes message_sealed;  ///< empty when nothing is to be sent
};

ChallengeService::ChallengeService(ChallengePorts ports, ChallengePolicy policy,
                                   crypto::Key256 code_key)
    : ports_(ports), policy_(policy), code_key_(std::move(code_key)) {}

core::Result<Challenge> ChallengeService::start(const PhoneNumber& phone, Channel channel,
                                                const Asker& asker, core::Instant now) {
  return start(asking(phone, channel, asker, now), now);
}

core::Result<Challenge> ChallengeService::start(Asking asking, core::Instant now) {
  for (int draw = 0; draw < kDrawsMax; ++draw) {
    TRY(auto draft, prepare(asking, now));
    write_message(asking, now, draft);
    TRY(const bool stored, ports_.data.write([&](store::UnitOfWork& unit) {
      return store_draft(unit, asking, draft, now);
    }));
    if (stored) return told(draft);
  }
  return fail(ErrorCode::kUnavailable, "challenge.no_free_code");
}

std::string ChallengeService::make_browser() { return make_token(ports_.rng).reveal(); }

core::Result<WorkPuzzle> ChallengeService::prepare_work(const PhoneNumber& phone,
                                                        const Asker& asker, core::Instant now) {
  auto asking = this->asking(phone, Channel::kSms, asker, now);
  TRY(const int bits, ports_.data.read([&](store::UnitOfWork& unit) -> core::Result<int> {
    TRY_VOID(recognise(unit, asking, now));
    return ports_.gate.work_bits(unit, asking.gate, now);
  }));
  return ports_.work.make(asking.gate.phone_index,
                          std::max(bits, ports_.gate.policy().work_bits_first), now);
}

core::Result<Challenge> ChallengeService::switch_to_sms(const ChallengeId& id, const Asker& asker,
                                                        core::Instant now) {
  TRY(const auto found,
      ports_.data.read([&](store::UnitOfWork& unit) { return sql::find_challenge(unit, id); }));
  TRY_VOID(check_browser(found, asker.browser));
  if (!check_live(*found, now)) return fail(ErrorCode::kConflict, "challenge.ended");
  const auto wait = found->created_at + policy_.sms_after - now;
  if (wait > core::Duration::zero()) {
    core::Error error{ErrorCode::kLimited, "challenge.sms_too_early", {}};
    error.retry_after_s = static_cast<int>(wait.count() / 1'000'000 + 1);
    return fail(std::move(error));
  }
  TRY(auto number,
      ports_.vault.open_transient(sql::challenge_place(found->id), found->phone_sealed));
  TRY(const auto phone, PhoneNumber::from_e164(std::move(number).reveal()));
  auto asking = this->asking(phone, Channel::kSms, asker, now);
  // The work was done for the call; this ends it, so that nobody switches twice.
  asking.gate.work_bits = ports_.gate.policy().work_bits_max;
  return start(std::move(asking), now);
}

core::Result<RegistrationTicket> ChallengeService::answer(const ChallengeId& id,
                                                          const core::Secret<std::string>& code,
                                                          core::Instant now,
                                                          std::string_view browser) {
  TRY(const auto seen,
      ports_.data.read([&](store::UnitOfWork& unit) { return sql::find_challenge(unit, id); }));
  TRY_VOID(check_browser(seen, browser));
  const auto verdict = compare(seen->code_id, code, seen->code_hash);
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
        TRY(const auto left, judge(unit, id, verdict, now));
        if (verdict != Verdict::kRight) return left;
        TRY(registration.citizen_id,
            sql::find_login(unit, sql::kPhoneLogin, registration.phone_index));
        TRY(registration.account, account_state(unit, registration.citizen_id));
        TRY_VOID(sql::insert_registration(unit, registration));
        return left;
      }));
  if (verdict == Verdict::kToConfirm) {
    return fail(ErrorCode::kConflict, "challenge.confirm_by_sms");
  }
  if (verdict == Verdict::kWrong) {
    core::Error error{ErrorCode::kForbidden, "challenge.code_wrong", {}};
    error.attempts_left = static_cast<int>(attempts_left);
    return fail(std::move(error));
  }
  ticket.account = registration.account;
  return ticket;
}

core::Result<std::int64_t> ChallengeService::judge(store::UnitOfWork& unit, const ChallengeId& id,
                                                   Verdict verdict, core::Instant now) {
  TRY(const auto row, sql::find_challenge(unit, id));
  if (!row) return fail(ErrorCode::kNotFound, "challenge.unknown");
  TRY_VOID(check_live(*row, now));
  const auto guesser = guesser_of(*row);
  const auto digits = static_cast<int>(row->code_digits);
  TRY(const auto allowed, GuessLedger::guesses_left(unit, guesser, digits, now));
  // Not even a right one is taken then: to be told so would be one guess more.
  if (allowed < 1) return fail(ErrorCode::kConflict, "challenge.exhausted");
  if (verdict == Verdict::kRight) {
    TRY_VOID(sql::set_challenge_state(unit, id, "answered", row->attempts_left));
    TRY_VOID(sql::use_up_code(unit, *row));
    return row->attempts_left;
  }
  TRY_VOID(GuessLedger::book(unit, guesser, digits, now));
  // Digits that have to be confirmed are used up, and the next code is a long one.
  const bool over = verdict == Verdict::kToConfirm;
  const auto left = over ? 0 : std::min(row->attempts_left, allowed) - 1;
  TRY_VOID(sql::set_challenge_state(unit, id, left > 0 ? "live" : "exhausted", left));
  return left;
}

core::Result<std::int64_t> ChallengeService::purge(core::Instant now) {
  return ports_.data.write([&](store::UnitOfWork& unit) -> core::Result<std::int64_t> {
    TRY_VOID(sql::purge_counters(unit, now));
    return sql::purge_challenges(unit, now - std::chrono::hours(25));
  });
}

core::Bytes ChallengeService::hash_code(const ChallengeId& id, std::string_view code,
                                        Verdict verdict) const {
  // The mark stands first, where nothing that is typed can stand.
  const std::string_view mark = verdict == Verdict::kToConfirm ? kConfirmMark : std::string_view();
  return core::to_bytes(crypto::hmac_sha256(
      code_key_.reveal(), {core::as_bytes(mark), id.bytes(), core::as_bytes(code)}));
}

ChallengeService::Verdict ChallengeService::compare(const ChallengeId& id,
                                                    const core::Secret<std::string>& code,
                                                    const core::Bytes& hash) const {
  const auto is = [&](Verdict verdict) {
    return crypto::equal_constant_time(hash_code(id, code.reveal(), verdict), hash);
  };
  // Both are computed for every code, so that the time tells nothing about the draw.
  const bool right = is(Verdict::kRight);
  const bool to_confirm = is(Verdict::kToConfirm);
  if (right) return Verdict::kRight;
  return to_confirm ? Verdict::kToConfirm : Verdict::kWrong;
}

bool ChallengeService::draw_confirming(const sql::ChallengeRow& row) {
  const auto digits = static_cast<int>(row.code_digits);
  if (!GuessLedger::may_need_confirming(guesser_of(row), digits)) return false;
  return core::random_below(ports_.rng, 1000) <
         static_cast<std::uint64_t>(ports_.gate.policy().calls_confirmed_per_mille);
}

ChallengeService::Asking ChallengeService::asking(const PhoneNumber& phone, Channel channel,
                                                  const Asker& asker, core::Instant now) const {
  Asking asking{phone, asker, phone.masked(), {}};
  auto& gate = asking.gate;
  gate.phone_index = ports_.vault.blind_index(sql::kPhoneLogin, phone.e164()).bytes;
  gate.block_index = ports_.vault.blind_index(kBlockIndex, phone.block()).bytes;
  gate.network_index = ports_.vault.blind_index(sql::kNetworkIndex, asker.device.network).bytes;
  gate.region = phone.region();
  gate.channel = channel;
  if (asker.work) gate.work_bits = ports_.work.bits_of(*asker.work, gate.phone_index, now);
  return asking;
}

core::Status ChallengeService::recognise(store::UnitOfWork& unit, Asking& asking,
                                         core::Instant now) const {
  TRY(const auto citizen_id, sql::find_login(unit, sql::kPhoneLogin, asking.gate.phone_index));
  asking.gate.device =
      ports_.marks.recognise(asking.asker.device.mark, citizen_id.value_or(CitizenId()), now)
          .value_or(core::Bytes());
  return {};
}

core::Result<ChallengeService::Draft> ChallengeService::prepare(Asking& asking, core::Instant now) {
  return ports_.data.read([&](store::UnitOfWork& unit) -> core::Result<Draft> {
    TRY_VOID(recognise(unit, asking, now));
    Draft draft;
    TRY(draft.plan, ports_.gate.plan(unit, asking.gate, now));
    if (draft.plan.shared) {
      TRY(draft.shared, find_shared(unit, asking, draft.plan, now));
    }
    TRY_VOID(ports_.gate.check(unit, asking.gate, draft.plan, !draft.shared, now));
    return draft;
  });
}

void ChallengeService::write_message(const Asking& asking, core::Instant now, Draft& draft) {
  auto& row = draft.row;
  row.id = ChallengeId::make(now, ports_.rng);
  row.phone_index = asking.gate.phone_index;
  const core::Secret<std::string> number(asking.phone.e164());
  row.phone_sealed = ports_.vault.seal_transient(sql::challenge_place(row.id), number);
  row.phone_masked = asking.phone_masked;
  row.channel = draft.plan.channel;
  row.state = "live";
  row.attempts_left = draft.plan.attempts;
  row.browser_hash = hash_token(asking.asker.browser);
  row.device = draft.plan.shared ? core::Bytes() : asking.gate.device;
  row.created_at = now;
  if (draft.shared) {
    row.code_id = draft.shared->code_id;
    row.code_hash = draft.shared->code_hash;
    row.code_digits = draft.shared->code_digits;
    row.expires_at = draft.shared->expires_at;
    return;
  }
  draft.code = core::Secret<std::string>(draw_code(draft.plan));
  row.code_id = row.id;
  row.code_digits = draft.plan.digits;
  row.code_hash = hash_code(row.id, draft.code.reveal(),
                            draw_confirming(row) ? Verdict::kToConfirm : Verdict::kRight);
  row.expires_at = now + (draft.plan.shared ? policy_.shared_life : policy_.life);
  const OperatorMessage message{.id = row.id,
                                .channel = row.channel,
                                .to = number,
                                .code = draft.code,
                                .language = asking.asker.language,
                                .expires_at = row.expires_at};
  draft.message_sealed =
      ports_.vault.seal_transient(operator_message_place(row.id), encode_operator_message(message));
}

core::Result<bool> ChallengeService::is_still_due(store::UnitOfWork& unit, const Asking& asking,
                                                  const Draft& draft, core::Instant now) {
  TRY(const auto plan, ports_.gate.plan(unit, asking.gate, now));
  if (plan != draft.plan) return false;
  if (!plan.shared) return true;
  TRY(const auto shared, find_shared(unit, asking, plan, now));
  return shared.has_value() == draft.shared.has_value() &&
         (!shared || shared->id == draft.shared->id);
}

core::Result<bool> ChallengeService::store_draft(store::UnitOfWork& unit, const Asking& asking,
                                                 const Draft& draft, core::Instant now) {
  const auto& row = draft.row;
  const bool sent = !draft.shared;
  TRY(const bool due, is_still_due(unit, asking, draft, now));
  if (!due) return false;
  if (sent) {
    TRY(const bool repeats, repeats_live_code(unit, draft, now));
    if (repeats) return false;
  }
  TRY_VOID(ports_.gate.check(unit, asking.gate, draft.plan, sent, now));
  TRY_VOID(use_up_work(unit, asking, now));
  TRY_VOID(ports_.gate.book(unit, asking.gate, draft.plan, sent, now));
  TRY_VOID(sql::replace_live_challenges(unit, row));
  TRY_VOID(sql::insert_challenge(unit, row));
  if (!sent) return true;
  const store::OutboxMessage message{.kind = std::string(kOperatorMessageKind),
                                     .dedup_key = row.id.to_string(),
                                     .payload = draft.message_sealed,
                                     .not_before = {}};
  TRY_VOID(store::enqueue(unit, message, now, ports_.rng));
  return true;
}

std::string ChallengeService::draw_code(const GatePlan& plan) {
  const bool from_pool = plan.channel == Channel::kCall && ports_.call_codes != nullptr;
  return from_pool ? ports_.call_codes->draw(ports_.rng, plan.digits)
                   : make_code(ports_.rng, plan.digits);
}

core::Result<bool> ChallengeService::repeats_live_code(store::UnitOfWork& unit, const Draft& draft,
                                                       core::Instant now) const {
  TRY(const auto live, sql::find_unexpired_codes(unit, draft.row.phone_index, now));
  return std::any_of(live.begin(), live.end(), [&](const sql::CodeHash& earlier) {
    return compare(earlier.id, draft.code, earlier.hash) != Verdict::kWrong;
  });
}

core::Status ChallengeService::use_up_work(store::UnitOfWork& unit, const Asking& asking,
                                           core::Instant now) const {
  if (!asking.asker.work || asking.gate.work_bits == 0) return {};
  TRY(const bool first, identity::use_up_work(unit, *asking.asker.work, now));
  return first ? core::Status() : fail(ErrorCode::kForbidden, "challenge.work_needed");
}

core::Result<std::optional<sql::ChallengeRow>> ChallengeService::find_shared(
    store::UnitOfWork& unit, const Asking& asking, const GatePlan& plan, core::Instant now) {
  // A shorter one would not be judged any more.
  return sql::find_shared_challenge(unit, asking.gate.phone_index, plan.digits,
                                    now + kWorthWaiting);
}

Challenge ChallengeService::told(const Draft& draft) const {
  const auto& row = draft.row;
  return {.id = row.id,
          .channel = row.channel,
          .phone_masked = row.phone_masked,
          .code_digits = static_cast<int>(row.code_digits),
          .expires_at = row.expires_at,
          .sms_after_s = policy_.sms_after.count() / 1'000'000,
          .sent_at = draft.shared ? draft.shared->created_at : row.created_at,
          .attempts_left = row.attempts_left};
}

}  // namespace identity
