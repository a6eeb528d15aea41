#include "identity/challenge/challenge_store.h"

namespace identity::sql {
namespace {

/// What a guess at a code of unknown length costs: as if it were of the shortest.
constexpr std::int64_t kDigitsBefore = 5;

constexpr store::Query kInsertChallenge{
    "challenge.insert",
    "INSERT INTO challenge (challenge_id, phone_index, phone_sealed, phone_masked, channel,"
    " code_hash, state, attempts_left, created_at_utc, expires_at_utc, code_id, browser_hash,"
    " device, code_digits) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)"};
constexpr store::Query kFindChallenge{
    "challenge.find",
    "SELECT challenge_id, phone_index, phone_sealed, phone_masked, channel, code_hash, state,"
    " attempts_left, created_at_utc, expires_at_utc, code_id, browser_hash, device, code_digits"
    " FROM challenge WHERE challenge_id = $1"};
constexpr store::Query kFindShared{
    "challenge.find_shared",
    "SELECT challenge_id, phone_index, phone_sealed, phone_masked, channel, code_hash, state,"
    " attempts_left, created_at_utc, expires_at_utc, code_id, browser_hash, device, code_digits"
    " FROM challenge WHERE phone_index = $1 AND code_digits >= $2 AND code_id = challenge_id"
    " AND state <> 'answered' AND state <> 'used' AND expires_at_utc > $3"
    " ORDER BY created_at_utc DESC LIMIT 1"};
constexpr store::Query kReplaceLive{
    "challenge.replace_live",
    "UPDATE challenge SET state = 'replaced' WHERE phone_index = $1 AND browser_hash = $2"
    " AND state = 'live'"};
constexpr store::Query kUseUpCode{
    "challenge.use_up_code",
    "UPDATE challenge SET state = 'used' WHERE code_id = $1 AND challenge_id <> $2"};
constexpr store::Query kUnexpiredCodes{"challenge.unexpired_codes",
                                       "SELECT challenge_id, code_hash FROM challenge"
                                       " WHERE phone_index = $1 AND expires_at_utc > $2"
                                       " AND challenge_id = code_id"};
constexpr store::Query kSetState{
    "challenge.set_state",
    "UPDATE challenge SET state = $2, attempts_left = $3 WHERE challenge_id = $1"};
constexpr store::Query kPurgeChallenges{"challenge.purge",
                                        "DELETE FROM challenge WHERE expires_at_utc < $1"};
constexpr store::Query kPurgeRegistrations{"registration.purge",
                                           "DELETE FROM registration WHERE expires_at_utc < $1"};

constexpr store::Query kInsertRegistration{
    "registration.insert",
    "INSERT INTO registration (token_hash, phone_index, phone_sealed, phone_masked, account,"
    " citizen_id, step, expires_at_utc, channel) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"};
constexpr store::Query kFindRegistration{
    "registration.find",
    "SELECT phone_index, phone_sealed, phone_masked, account, citizen_id, step, phc,"
    " agreement_number, agreement_language, agreement_sha256, agreement_accepted_at_utc,"
    " expires_at_utc, channel FROM registration WHERE token_hash = $1"};
constexpr store::Query kAdvanceRegistration{
    "registration.advance",
    "UPDATE registration SET step = $2, phc = $3, agreement_number = $4, agreement_language = $5,"
    " agreement_sha256 = $6, agreement_accepted_at_utc = $7 WHERE token_hash = $1 AND step = $8"};
constexpr store::Query kDeleteRegistration{"registration.delete",
                                           "DELETE FROM registration WHERE token_hash = $1"};

ChallengeRow challenge_from(const store::Row& row) {
  ChallengeRow found;
  found.id = row.id<ChallengeId>(0);
  found.phone_index = core::to_bytes(row.blob(1));
  found.phone_sealed = core::to_bytes(row.blob(2));
  found.phone_masked = row.text(3);
  found.channel = find_channel(row.text(4)).value_or(Channel::kSms);
  found.code_hash = core::to_bytes(row.blob(5));
  found.state = row.text(6);
  found.attempts_left = row.int64(7);
  found.created_at = row.instant(8);
  found.expires_at = row.instant(9);
  // A challenge of the version before had none of these and lives for minutes.
  found.code_id = row.is_null(10) ? found.id : row.id<ChallengeId>(10);
  if (!row.is_null(11)) found.browser_hash = core::to_bytes(row.blob(11));
  if (!row.is_null(12)) found.device = core::to_bytes(row.blob(12));
  found.code_digits = row.is_null(13) ? kDigitsBefore : row.int64(13);
  return found;
}

AccountState account_from(std::string_view name) {
  if (name == name_of(AccountState::kNew)) return AccountState::kNew;
  return name == name_of(AccountState::kExisting) ? AccountState::kExisting
                                                  : AccountState::kExistingVerified;
}

}  // namespace

core::Status insert_challenge(store::UnitOfWork& unit, const ChallengeRow& row) {
  TRY_VOID(
      unit.run(kInsertChallenge,
               {row.id, row.phone_index, row.phone_sealed, row.phone_masked, name_of(row.channel),
                row.code_hash, row.state, row.attempts_left, row.created_at, row.expires_at,
                row.code_id, row.browser_hash, row.device, row.code_digits}));
  return {};
}

core::Result<std::optional<ChallengeRow>> find_challenge(store::UnitOfWork& unit,
                                                         const ChallengeId& id) {
  TRY(const auto rows, unit.run(kFindChallenge, {id}));
  if (rows.empty()) return std::optional<ChallengeRow>();
  return std::optional(challenge_from(rows.front()));
}

core::Result<std::optional<ChallengeRow>> find_shared_challenge(store::UnitOfWork& unit,
                                                                core::ByteView phone_index,
                                                                int digits_min, core::Instant at) {
  TRY(const auto rows, unit.run(kFindShared, {phone_index, digits_min, at}));
  if (rows.empty()) return std::optional<ChallengeRow>();
  return std::optional(challenge_from(rows.front()));
}

core::Status replace_live_challenges(store::UnitOfWork& unit, const ChallengeRow& by) {
  TRY_VOID(unit.run(kReplaceLive, {by.phone_index, by.browser_hash}));
  return {};
}

core::Status use_up_code(store::UnitOfWork& unit, const ChallengeRow& by) {
  TRY_VOID(unit.run(kUseUpCode, {by.code_id, by.id}));
  return {};
}

core::Result<std::vector<CodeHash>> find_unexpired_codes(store::UnitOfWork& unit,
                                                         core::ByteView phone_index,
                                                         core::Instant now) {
  TRY(const auto rows, unit.run(kUnexpiredCodes, {phone_index, now}));
  std::vector<CodeHash> codes;
  for (const auto& row : rows) {
    codes.push_back({row.id<ChallengeId>(0), core::to_bytes(row.blob(1))});
  }
  return codes;
}

core::Status set_challenge_state(store::UnitOfWork& unit, const ChallengeId& id,
                                 std::string_view state, std::int64_t attempts_left) {
  TRY_VOID(unit.run(kSetState, {id, state, attempts_left}));
  return {};
}

core::Result<std::int64_t> purge_challenges(store::UnitOfWork& unit, core::Instant before) {
  TRY(const auto challenges, unit.run(kPurgeChallenges, {before}));
  TRY(const auto registrations, unit.run(kPurgeRegistrations, {before}));
  return challenges.affected() + registrations.affected();
}

core::Status insert_registration(store::UnitOfWork& unit, const RegistrationRow& row) {
  TRY_VOID(unit.run(
      kInsertRegistration,
      {row.token_hash, row.phone_index, row.phone_sealed, row.phone_masked, name_of(row.account),
       row.citizen_id, name_of(row.step), row.expires_at, name_of(row.channel)}));
  return {};
}

core::Result<std::optional<RegistrationRow>> find_registration(store::UnitOfWork& unit,
                                                               core::ByteView token_hash) {
  TRY(const auto rows, unit.run(kFindRegistration, {token_hash}));
  if (rows.empty()) return std::optional<RegistrationRow>();
  const auto& row = rows.front();
  RegistrationRow found;
  found.token_hash = core::to_bytes(token_hash);
  found.phone_index = core::to_bytes(row.blob(0));
  found.phone_sealed = core::to_bytes(row.blob(1));
  found.phone_masked = row.text(2);
  found.account = account_from(row.text(3));
  if (!row.is_null(4)) found.citizen_id = row.id<CitizenId>(4);
  found.step = registration_step_from(row.text(5));
  if (!row.is_null(6)) found.phc = row.text(6);
  if (!row.is_null(7)) {
    found.agreement = {static_cast<int>(row.int64(7)), std::string(row.text(8)),
                       std::string(row.text(9))};
  }
  found.agreement_accepted_at = row.optional_instant(10);
  found.expires_at = row.instant(11);
  found.channel = find_channel(row.text(12)).value_or(Channel::kSms);
  return std::optional(std::move(found));
}

core::Result<bool> advance_registration(store::UnitOfWork& unit, const RegistrationRow& row,
                                        RegistrationStep expected) {
  std::optional<std::int64_t> number;
  std::optional<std::string_view> language;
  std::optional<std::string_view> sha256;
  if (row.agreement_accepted_at) {
    number = row.agreement.number;
    language = row.agreement.language;
    sha256 = row.agreement.sha256;
  }
  TRY(const auto rows,
      unit.run(kAdvanceRegistration, {row.token_hash, name_of(row.step), row.phc, number, language,
                                      sha256, row.agreement_accepted_at, name_of(expected)}));
  return rows.affected() == 1;
}

core::Result<bool> delete_registration(store::UnitOfWork& unit, core::ByteView token_hash) {
  TRY(const auto rows, unit.run(kDeleteRegistration, {token_hash}));
  return rows.affected() == 1;
}

std::string challenge_place(const ChallengeId& id) {
  return "challenge|phone_sealed|" + id.to_string();
}

std::string registration_place(core::ByteView token_hash) {
  return "registration|phone_sealed|" + core::to_hex(token_hash);
}

}  // namespace identity::sql
