#include "identity/assurance/assurance_service.h"

#include "audit/operation_log.h"
#include "crypto/digest.h"
#include "identity/account_store.h"
#include "identity/assurance/provider_store.h"
#include "identity/token.h"

namespace identity {
namespace {

using core::ErrorCode;
using core::fail;

constexpr std::string_view kRaiseWord = "raise";
constexpr std::string_view kSignInWord = "sign_in";

/// How a provider's subject is found.
struct SubjectIndex {
  vault::BlindIndex own;
  vault::BlindIndex unnamed;  ///< as it was stored while there could be only one provider
};

/// Subjects of different providers are numbers of different kinds: they never meet.
SubjectIndex subject_index(const vault::Vault& vault, const ProvenAt& proven) {
  const auto& subject = proven.identity.subject.reveal();
  const std::string kind(sql::kProviderLogin);
  return {vault.blind_index(kind + ":" + proven.provider, subject),
          vault.blind_index(kind, subject)};
}

core::Result<std::optional<CitizenId>> find_subject(store::UnitOfWork& unit,
                                                    const SubjectIndex& index) {
  TRY(auto owner, sql::find_login(unit, sql::kProviderLogin, index.own.bytes));
  if (owner) return owner;
  return sql::find_login(unit, sql::kProviderLogin, index.unnamed.bytes);
}

/// A login index that must lead to this citizen or to nobody.
core::Status claim_login(store::UnitOfWork& unit, std::string_view kind,
                         const vault::BlindIndex& index, const CitizenId& citizen_id) {
  TRY(const bool inserted, sql::insert_login(unit, kind, index.bytes, citizen_id));
  if (inserted) return {};
  TRY(const auto owner, sql::find_login(unit, kind, index.bytes));
  if (owner == citizen_id) return {};
  return fail(ErrorCode::kConflict, "provider.belongs_to_other_account");
}

/// The provider's subject leads to this account from now on.
core::Status link(store::UnitOfWork& unit, const CitizenId& citizen_id, std::string_view provider,
                  const SubjectIndex& index, core::Instant now) {
  TRY_VOID(claim_login(unit, sql::kProviderLogin, index.own, citizen_id));
  return sql::put_link(unit, {citizen_id, std::string(provider), index.own.bytes, now, now});
}

/// Who a verified account belongs to was proven once: its documents and attestations are of that
/// person, so nobody else may be proven over them. A new subject of the same SNILS is the same one.
core::Status check_same_person(store::UnitOfWork& unit, const Citizen& citizen,
                               const SubjectIndex& subject,
                               const std::optional<vault::BlindIndex>& snils) {
  TRY(auto owner, find_subject(unit, subject));
  if (!owner && snils) {
    TRY(owner, sql::find_login(unit, sql::kSnilsLogin, snils->bytes));
  }
  const bool free = !owner && citizen.level != AssuranceLevel::kVerified;
  if (free || owner == citizen.id) return {};
  return fail(ErrorCode::kConflict, "provider.belongs_to_other_account");
}

const ProvenAttribute* find_attribute(const ProvenIdentity& proven, std::string_view name) {
  for (const auto& attribute : proven.attributes) {
    if (attribute.name == name) return &attribute;
  }
  return nullptr;
}

}  // namespace

core::Result<Departure> AssuranceService::depart(const Leave& leave, core::Instant now) {
  const bool raising = leave.intent == Intent::kRaise;
  if (raising && !leave.citizen_id) return fail(ErrorCode::kUnauthenticated, "session.required");
  TRY(const auto* chosen, ports_.providers.choose(leave.provider));
  TRY(auto begun, chosen->provider->begin(leave.language, now));
  Departure departure{std::move(begun.authorization_url), make_token(ports_.rng)};
  sql::FlowRow row;
  row.state_hash = hash_token(begun.state);
  row.browser_hash = hash_token(departure.browser_token.reveal());
  row.intent = raising ? kRaiseWord : kSignInWord;
  if (raising) row.citizen_id = leave.citizen_id;
  row.provider = chosen->id;
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
  TRY(const auto* chosen, ports_.providers.choose(flow.provider));
  ProvenAt proven{chosen->id, {}};
  TRY(proven.identity, chosen->provider->redeem(back.parameters, departure, now));
  if (flow.intent == kRaiseWord && flow.citizen_id) {
    TRY_VOID(raise(*flow.citizen_id, proven, now));
    return std::optional<OpenedSession>();
  }
  TRY(auto session, sign_in(proven, back.device, now));
  return std::optional(std::move(session));
}

core::Status AssuranceService::raise(const CitizenId& citizen_id, const ProvenAt& proven_at,
                                     core::Instant now) {
  const auto& proven = proven_at.identity;
  if (!proven.trusted) {
    TRY_VOID(ports_.data.write([&](store::UnitOfWork& unit) {
      return audit::record_operation(unit, {citizen_id, "assurance.refused", "account_not_trusted"},
                                     now, ports_.rng);
    }));
    return fail(ErrorCode::kForbidden, "provider.account_not_trusted");
  }
  const auto source = provider_source(proven_at.provider);
  std::vector<vault::SealedRecord> sealed;
  for (const auto& attribute : proven.attributes) {
    TRY(auto record, ports_.vault.seal({.citizen_id = citizen_id,
                                        .category = vault::Category::kProfile,
                                        .name = attribute.name,
                                        .value = attribute.value,
                                        .provenance = {source, "verified", now}}));
    sealed.push_back(std::move(record));
  }
  const auto subject = subject_index(ports_.vault, proven_at);
  std::optional<vault::BlindIndex> snils;
  if (const auto* attribute = find_attribute(proven, "snils")) {
    snils = ports_.vault.blind_index(sql::kSnilsLogin, attribute->value.reveal());
  }
  return ports_.data.write([&](store::UnitOfWork& unit) -> core::Status {
    TRY(auto citizen, sql::get_citizen(unit, citizen_id));
    TRY_VOID(check_same_person(unit, citizen, subject, snils));
    TRY_VOID(link(unit, citizen_id, proven_at.provider, subject, now));
    if (snils) {
      TRY_VOID(claim_login(unit, sql::kSnilsLogin, *snils, citizen_id));
    }
    for (const auto& record : sealed) {
      TRY_VOID(ports_.vault.put(unit, record));
    }
    citizen.level = AssuranceLevel::kVerified;
    citizen.level_source = source;
    citizen.level_raised_at = now;
    TRY_VOID(sql::raise_level(unit, citizen));
    return audit::record_operation(unit, {citizen_id, "assurance.raised", "verified"}, now,
                                   ports_.rng);
  });
}

core::Result<OpenedSession> AssuranceService::sign_in(const ProvenAt& proven, const Device& device,
                                                      core::Instant now) {
  const auto index = subject_index(ports_.vault, proven);
  return ports_.data.write([&](store::UnitOfWork& unit) -> core::Result<OpenedSession> {
    TRY(const auto citizen_id, find_subject(unit, index));
    if (!citizen_id) return fail(ErrorCode::kNotFound, "provider.no_account_here");
    TRY_VOID(link(unit, *citizen_id, proven.provider, index, now));
    return ports_.sessions.open(unit, *citizen_id, SignedInBy::kIdentityProvider, device, now);
  });
}

core::Result<Profile> AssuranceService::profile(const CitizenId& citizen_id, core::Instant now) {
  Profile profile;
  const auto find_citizen = [&](store::UnitOfWork& unit) -> core::Status {
    TRY(profile.citizen, sql::get_citizen(unit, citizen_id));
    return {};
  };
  TRY(profile.attributes, ports_.vault.open({.citizen_id = citizen_id,
                                             .category = vault::Category::kProfile,
                                             .purpose = vault::Purpose::kShowToCitizen,
                                             .actor = vault::Actor::citizen(),
                                             .now = now},
                                            find_citizen));
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
