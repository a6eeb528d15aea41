// Every service of the identity room on real databases, with papers and an identity provider that a
// test scripts, and the eyes of the telephone operator. For tests only.
#pragma once

#include <array>
#include <map>
#include <string>

#include "crypto/digest.h"
#include "crypto/password.h"
#include "identity/abuse/device_mark.h"
#include "identity/abuse/sign_in_guard.h"
#include "identity/account/number_store.h"
#include "identity/account_store.h"
#include "identity/assurance/assurance_service.h"
#include "identity/assurance/function_gate.h"
#include "identity/assurance/link_service.h"
#include "identity/authenticator/account_notice.h"
#include "identity/authenticator/second_factor_service.h"
#include "identity/challenge/challenge_service.h"
#include "identity/challenge/operator_message.h"
#include "identity/registration/registration_service.h"
#include "identity/session/reauthentication_service.h"
#include "identity/session/session_service.h"
#include "vault/testing/vault_world.h"

namespace world {

inline constexpr std::string_view kGoodPassword = "береста и чернила";

inline identity::Password password(std::string_view text = kGoodPassword) {
  return identity::Password(std::string(text));
}
inline identity::PhoneNumber phone(std::string_view e164 = "+79175550142") {
  return identity::PhoneNumber::from_e164(std::string(e164)).value();
}
inline identity::Device device(std::string_view description = "Chrome, Android") {
  return {std::string(description), "203.0.113.0/24"};
}
/// Budgets whose work takes microseconds.
inline identity::GatePolicy easy_work() {
  identity::GatePolicy policy;
  policy.work_bits_first = 4;
  policy.work_bits_max = 6;
  return policy;
}
/// Does the work.
inline identity::WorkProof solved(const identity::WorkPuzzle& puzzle) {
  const auto seed = crypto::sha256(core::as_bytes(puzzle.puzzle));
  for (std::int64_t nonce = 0;; ++nonce) {
    std::array<std::uint8_t, 8> bytes{};
    for (std::size_t i = 0; i < 8; ++i) bytes[i] = static_cast<std::uint8_t>(nonce >> (56 - 8 * i));
    if (identity::leading_zero_bits(crypto::sha256({seed, bytes})) >= puzzle.bits) {
      return {puzzle.puzzle, nonce};
    }
  }
}
inline identity::Device device_with(std::string mark) {
  auto made = device();
  made.mark = std::move(mark);
  return made;
}

/// One agreement and one consent, edition 1 in Russian; any other is superseded.
class HandPapers final : public identity::RegistrationPapers {
 public:
  [[nodiscard]] core::Status check_agreement(const identity::SeenEdition& seen,
                                             core::Instant /*now*/) override {
    return check(seen, "agreement");
  }
  [[nodiscard]] core::Status check_consent(const identity::SeenEdition& seen,
                                           core::Instant /*now*/) override {
    return check(seen, "consent");
  }
  [[nodiscard]] core::Status record(store::UnitOfWork& /*unit*/,
                                    const core::CitizenId& /*citizen_id*/,
                                    const identity::EditionAct& agreement,
                                    const identity::EditionAct& consent) override {
    if (fails) return core::fail(core::ErrorCode::kUnavailable, "store.full");
    agreed_at = agreement.at;
    consented_at = consent.at;
    return {};
  }

  bool fails = false;
  core::Instant agreed_at;
  core::Instant consented_at;

 private:
  [[nodiscard]] static core::Status check(const identity::SeenEdition& seen,
                                          std::string_view sha256) {
    if (seen.number != 1) return core::fail(core::ErrorCode::kConflict, "edition.superseded");
    if (seen.sha256 != sha256) {
      return core::fail(core::ErrorCode::kInvalidInput, "edition.mismatch");
    }
    return {};
  }
};

/// A provider that says what a test tells it to.
class HandProvider final : public identity::IdentityProvider {
 public:
  explicit HandProvider(std::string before_states = {}) : name(std::move(before_states)) {}
  [[nodiscard]] core::Result<identity::ProviderDeparture> begin(std::string_view language,
                                                                core::Instant /*now*/) override {
    if (down) return core::fail(core::ErrorCode::kUnavailable, "provider.unavailable");
    asked_in = language;
    ++begun;
    const auto count = std::to_string(begun);
    return identity::ProviderDeparture{"https://idp.example/auth?n=" + count, state(),
                                       "nonce-" + count,
                                       core::Secret<std::string>("verifier-" + count)};
  }
  [[nodiscard]] core::Result<identity::ProvenIdentity> redeem(
      const identity::ProviderReturn& /*back*/, const identity::ProviderDeparture& departure,
      core::Instant /*now*/) override {
    redeemed.push_back(departure);
    if (refusal) return core::fail(*refusal);
    return person;
  }
  /// The state that the newest departure carries.
  [[nodiscard]] std::string state() const { return name + "state-" + std::to_string(begun); }

  std::string name;  ///< before its states, to tell two of them apart
  bool down = false;
  int begun = 0;
  std::string asked_in;
  std::vector<identity::ProviderDeparture> redeemed;
  std::optional<core::Error> refusal;
  identity::ProvenIdentity person{core::Secret<std::string>("https://idp.example|s-1"),
                                  true,
                                  {{"given_name", core::Secret<std::string>("Алсу")},
                                   {"birth_date", core::Secret<std::string>("1990-05-17")},
                                   {"snils", core::Secret<std::string>("11223344595")}}};
};

/// Documents that say what a test tells them to.
class HandDocuments final : public identity::DocumentClaims {
 public:
  [[nodiscard]] core::Result<vault::PersonalRecords> claims(const core::CitizenId& /*id*/,
                                                            core::Instant /*now*/) override {
    ++opened;
    return said;
  }

  vault::PersonalRecords said;
  int opened = 0;
};

/// Counts the levels that fell.
class HandFallen final : public identity::LevelFallen {
 public:
  [[nodiscard]] core::Status level_fell(store::UnitOfWork& /*unit*/, const core::CitizenId& /*id*/,
                                        core::Instant /*now*/) override {
    if (fails) return core::fail(core::ErrorCode::kUnavailable, "store.full");
    ++count;
    return {};
  }

  bool fails = false;
  int count = 0;
};

/// The room. Time is passed by the test; `policy` may be changed before the first use of a service.
class IdentityWorld : public VaultWorld {
 public:
  explicit IdentityWorld(identity::ChallengePolicy challenge_policy = {},
                         identity::SignInPolicy sign_in_policy = {},
                         identity::GatePolicy gate_policy = {})
      : guard(databases.data(), sign_in_policy, work),
        gate(std::move(gate_policy)),
        challenges({databases.data(), vault, databases.rng(), gate, marks, work}, challenge_policy,
                   root.derive("challenge_code")),
        sessions(
            {databases.data(), vault, hasher, second_factor_gate, databases.rng(), guard, marks},
            {}, root.derive("csrf")),
        assurance({databases.data(), vault, sessions, providers, databases.rng()}),
        attributes({databases.data(), vault, documents, databases.rng()}, {}),
        functions(assurance, attributes, {}),
        links({databases.data(), vault, providers, fallen, databases.rng()}),
        registrations(
            {databases.data(), vault, hasher, sessions, papers, recovery_codes, databases.rng()}),
        passkeys({databases.data(), vault, sessions, databases.rng()},
                 {"localhost", "http://localhost:8080"}, root.derive("passkey_challenge")),
        second_factor(
            {databases.data(), sessions, reauthentication, passkeys, totp, recovery_codes}) {}

  /// What the operator was asked to ring or text for this challenge.
  [[nodiscard]] identity::OperatorMessage sent(const identity::ChallengeId& id) {
    const auto rows =
        run(databases.data(), "SELECT payload FROM outbox WHERE dedup_key = $1", {id.to_string()});
    const auto text =
        vault.open_transient(identity::operator_message_place(id), rows.front().blob(0));
    return identity::decode_operator_message(text.value()).value();
  }
  /// The key of the message that was handed over last.
  [[nodiscard]] std::string newest_message() {
    const auto rows = run(databases.data(), "SELECT dedup_key FROM outbox ORDER BY dedup_key DESC");
    return std::string(rows.front().text(0));
  }
  [[nodiscard]] core::Secret<std::string> code_of(const identity::ChallengeId& id) {
    return sent(id).code;
  }
  /// Proves a number: a code asked for and answered.
  [[nodiscard]] identity::RegistrationTicket ticket(const identity::PhoneNumber& number,
                                                    core::Instant now) {
    const auto challenge = challenges.start(number, identity::Channel::kSms, "ru", now).value();
    return challenges.answer(challenge.id, code_of(challenge.id), now).value();
  }
  /// An account with kGoodPassword, without the way through registration. Its hash is made once per
  /// process, since one takes tens of milliseconds.
  [[nodiscard]] core::CitizenId account(const identity::PhoneNumber& number = phone()) {
    static const std::string phc = [] {
      SeededRng rng;
      return crypto::hash_password(password(), rng).value();
    }();
    const auto id = person();
    CORE_ASSERT(put(id, vault::Category::kProfile, "phone", number.e164()).has_value());
    const auto index = vault.blind_index(identity::sql::kPhoneLogin, number.e164()).bytes;
    const core::Status made = databases.data().write([&](store::UnitOfWork& unit) -> core::Status {
      TRY_VOID(identity::sql::insert_login(unit, identity::sql::kPhoneLogin, index, id));
      const identity::Citizen citizen{
          id, identity::AssuranceLevel::kPhone, {}, {}, number.masked(), kNow};
      TRY_VOID(identity::sql::insert_citizen(unit, citizen));
      TRY_VOID(identity::sql::insert_first_number(unit, citizen, index));
      return identity::sql::put_password(unit, id, phc, kNow);
    });
    CORE_ASSERT(made.has_value());
    return id;
  }
  /// A session of the account.
  [[nodiscard]] identity::OpenedSession session(const core::CitizenId& id, core::Instant now) {
    return databases.data()
        .write([&](store::UnitOfWork& unit) {
          return sessions.open(unit, id, {identity::SignedInBy::kPassword, {identity::Amr::kPwd}},
                               device(), now);
        })
        .value();
  }
  /// The kinds of notices its owner was sent, joined by spaces.
  [[nodiscard]] std::string notices(const core::CitizenId& id) {
    std::string kinds;
    for (const auto& row :
         run(databases.data(), "SELECT payload FROM outbox WHERE kind = 'account.notice'", {})) {
      const auto notice = identity::decode_notice(row.blob(0)).value();
      if (notice.citizen_id != id) continue;
      kinds += (kinds.empty() ? "" : " ") + std::string(identity::name_of(notice.kind));
    }
    return kinds;
  }
  /// The kinds of what stands in the account's history, newest first, joined by spaces.
  [[nodiscard]] std::string history(const core::CitizenId& id) {
    std::string kinds;
    for (const auto& row : run(databases.data(),
                               "SELECT kind FROM operation WHERE citizen_id = $1"
                               " ORDER BY operation_id DESC",
                               {id})) {
      kinds += (kinds.empty() ? "" : " ") + std::string(row.text(0));
    }
    return kinds;
  }

  HandPapers papers;
  HandProvider provider;
  HandProvider other_provider{"bank-"};
  identity::IdentityProviders providers{
      {{"esia", "Госуслуги", "Gosuslugi", &provider}, {"bank", "Банк", "Bank", &other_provider}}};
  identity::PasswordHasher hasher{2, databases.rng()};
  identity::DeviceMarks marks{root.derive("device_mark"), databases.rng()};
  identity::SignInGuard guard;
  identity::ChallengeGate gate;
  identity::WorkDesk work{root.derive("work"), databases.rng()};
  identity::SecondFactorGate second_factor_gate{identity::SecondFactorDemand::kNobody,
                                                databases.rng()};
  identity::RecoveryCodes recovery_codes{{databases.data(), vault, databases.rng()}};
  identity::TotpService totp{{databases.data(), vault, databases.rng()}, "Береста"};
  identity::ReauthenticationService reauthentication{{databases.data(), hasher, databases.rng()}};
  identity::ChallengeService challenges;
  identity::SessionService sessions;
  identity::AssuranceService assurance;
  HandDocuments documents;
  HandFallen fallen;
  identity::AttributeService attributes;
  identity::FunctionGate functions;
  identity::LinkService links;
  identity::RegistrationService registrations;
  identity::PasskeyService passkeys;
  identity::SecondFactorService second_factor;
};

}  // namespace world
