#include "identity/assurance/assurance_service.h"

#include "audit/operation_log.h"
#include "crypto/digest.h"
#include "identity/account_store.h"
#include "identity/token.h"

namespace identity {
namespace {

using core::ErrorCode;
using core::fail;

constexpr std::string_view kRaiseWord = "raise";
constexpr std::string_view kSignInWord = "sign_in";

/// A login index that must lead to this citizen or to nobody.
core::Status claim_login(store::UnitOfWork& unit, std::string_view kind,
                         const vault::BlindIndex& index, const CitizenId& citizen_id) {
  TRY(const bool inserted, sql::insert_login(unit, kind, index.bytes, citizen_id));
  if (inserted) return {};
  TRY(const auto owner, sql::find_login(unit, kind, index.bytes));
  if (owner == citizen_id) return {};
  return fail(ErrorCode::kConflict, "provider.belongs_to_other_account");
}

/// Who a verified account belongs to was proven once: its documents and attestations are of that
/// person, so nobody else may be proven over them. A new subject of the same SNILS is the same one.
core::Status check_same_person(store::UnitOfWork& unit, const Citizen& citizen,
                               const vault::BlindIndex& subject,
                               const std::optional<vault::BlindIndex>& snils) {
  if (citizen.level != AssuranceLevel::kVerified) return {};
  TRY(auto owner, sql::find_login(unit, sql::kProviderLogin, subject.bytes));
  if (!owner && snils) {
    TRY(owner, sql::find_login(unit, sql::kSnilsLogin, snils->bytes));
  }
  if (owner == citizen.id) return {};
  return fail(ErrorCode::kConflict, "provider.belongs_to_other_account");
}

const ProvenAttribute* find_attribute(const ProvenIdentity& proven, std::string_view name) {
  for (const auto& attribute : proven.attributes) {
    if (attribute.name == name) return &attribute;
  }
  return nullptr;
}

}  // namespace

core::Result<Departure> AssuranceService::depart(Intent intent,
                                                 const std::optional<CitizenId>& citizen_id,
                                                 std::string_view language, core::Instant now) {
  const bool raising = intent == Intent::kRaise;
  if (raising && !citizen_id) return fail(ErrorCode::kUnauthenticated, "session.required");
  TRY(auto begun, ports_.provider.begin(language, now));
  Departure departure{std::move(begun.authorization_url), make_token(ports_.rng)};
  sql::FlowRow row;
  row.state_hash = hash_token(begun.state);
  row.browser_hash = hash_token(departure.browser_token.reveal());
  row.intent = raising ? kRaiseWord : kSignInWord;
  if (raising) row.citizen_id = citizen_id;
  row.nonce = begun.nonce;
  row.code_verifier = begun.code_verifier.reveal();
  row.expires_at = now + kFlowLife;
  TRY_VOID(ports_.data.write([&](store::UnitOfWork& unit) { return sql::insert_flow(unit, row); }));
  return departure;
}

core::Result<Arrival> AssuranceService::arrive(const Return& back, core::Instant now) {
  const auto state_hash = hash_token(back.parameters.state);
  TRY(const auto flow,
      ports_.data.write([&](store::UnitOfWork& unit) { return sql::take_flow(unit, state_hash); }));
  const bool ours =
      flow && flow->expires_at > now &&
      crypto::equal_constant_time(flow->browser_hash, hash_token(back.browser_token.reveal()));
  if (!ours) return fail(ErrorCode::kConflict, "provider.flow_unknown");
  Arrival arrival{flow->intent == kRaiseWord ? Intent::kRaise : Intent::kSignIn, {}, {}};
  auto session = conclude(*flow, back, now);
  if (session) {
    arrival.session = std::move(*session);
  } else {
    arrival.refusal = std::move(session).error();
  }
  return arrival;
}

core::Result<std::optional<OpenedSession>> AssuranceService::conclude(const sql::FlowRow& flow,
                                                                      const Return& back,
                                                                      core::Instant now) {
  const ProviderDeparture departure{.authorization_url = {},
                                    .state = back.parameters.state,
                                    .nonce = flow.nonce,
                                    .code_verifier = core::Secret<std::string>(flow.code_verifier)};
  TRY(const auto proven, ports_.provider.redeem(back.parameters, departure, now));
  if (flow.intent == kRaiseWord && flow.citizen_id) {
    TRY_VOID(raise(*flow.citizen_id, proven, now));
    return std::optional<OpenedSession>();
  }
  TRY(auto session, sign_in(proven, back.device, now));
  return std::optional(std::move(session));
}

core::Status AssuranceService::raise(const CitizenId& citizen_id, const ProvenIdentity& proven,
                                     core::Instant now) {
  if (!proven.trusted) {
    TRY_VOID(ports_.data.write([&](store::UnitOfWork& unit) {
      return audit::record_operation(unit, {citizen_id, "assurance.refused", "account_not_trusted"},
                                     now, ports_.rng);
    }));
    return fail(ErrorCode::kForbidden, "provider.account_not_trusted");
  }
  std::vector<vault::SealedRecord> sealed;
  for (const auto& attribute : proven.attributes) {
    TRY(auto record, ports_.vault.seal({.citizen_id = citizen_id,
                                        .category = vault::Category::kProfile,
                                        .name = attribute.name,
                                        .value = attribute.value,
                                        .provenance = {"identity_provider", "verified", now}}));
    sealed.push_back(std::move(record));
  }
  const auto subject = ports_.vault.blind_index(sql::kProviderLogin, proven.subject.reveal());
  std::optional<vault::BlindIndex> snils;
  if (const auto* attribute = find_attribute(proven, "snils")) {
    snils = ports_.vault.blind_index(sql::kSnilsLogin, attribute->value.reveal());
  }
  return ports_.data.write([&](store::UnitOfWork& unit) -> core::Status {
    TRY(auto citizen, sql::get_citizen(unit, citizen_id));
    TRY_VOID(check_same_person(unit, citizen, subject, snils));
    TRY_VOID(claim_login(unit, sql::kProviderLogin, subject, citizen_id));
    if (snils) {
      TRY_VOID(claim_login(unit, sql::kSnilsLogin, *snils, citizen_id));
    }
    for (const auto& record : sealed) {
      TRY_VOID(ports_.vault.put(unit, record));
    }
    citizen.level = AssuranceLevel::kVerified;
    citizen.level_source = "identity_provider";
    citizen.level_raised_at = now;
    TRY_VOID(sql::raise_level(unit, citizen));
    return audit::record_operation(unit, {citizen_id, "assurance.raised", "verified"}, now,
                                   ports_.rng);
  });
}

core::Result<OpenedSession> AssuranceService::sign_in(const ProvenIdentity& proven,
                                                      const Device& device, core::Instant now) {
  const auto index = ports_.vault.blind_index(sql::kProviderLogin, proven.subject.reveal());
  return ports_.data.write([&](store::UnitOfWork& unit) -> core::Result<OpenedSession> {
    TRY(const auto citizen_id, sql::find_login(unit, sql::kProviderLogin, index.bytes));
    if (!citizen_id) return fail(ErrorCode::kNotFound, "provider.no_account_here");
    return ports_.sessions.open(unit, *citizen_id, SignedInBy::kIdentityProvider, device, now);
  });
}

core::Result<Profile> AssuranceService::profile(const CitizenId& citizen_id, core::Instant now) {
  Profile profile;
  TRY(profile.citizen, ports_.data.read([&](store::UnitOfWork& unit) {
    return sql::get_citizen(unit, citizen_id);
  }));
  TRY(profile.attributes, ports_.vault.open({.citizen_id = citizen_id,
                                             .category = vault::Category::kProfile,
                                             .purpose = vault::Purpose::kShowToCitizen,
                                             .actor = vault::Actor::citizen(),
                                             .now = now}));
  return profile;
}

core::Result<AssuranceLevel> AssuranceService::level_of(const CitizenId& citizen_id) {
  TRY(const auto citizen, ports_.data.read([&](store::UnitOfWork& unit) {
    return sql::get_citizen(unit, citizen_id);
  }));
  return citizen.level;
}

core::Status AssuranceService::require(const CitizenId& citizen_id, Function function) {
  TRY(const auto level, level_of(citizen_id));
  if (table_.opens(level, function)) return {};
  return fail(ErrorCode::kForbidden, "assurance.verified_required");
}

}  // namespace identity
