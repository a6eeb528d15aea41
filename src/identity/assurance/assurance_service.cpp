#include "identity/assurance/assurance_service.h"

#include "audit/operation_log.h"
#include "crypto/digest.h"
#include "identity/account/deletion_store.h"
#include "identity/account_store.h"
#include "identity/assurance/provider_store.h"
#include "identity/attribute/attribute_claims.h"
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
  TRY_VOID(sql::delete_login(unit, sql::kProviderLogin, index.unnamed.bytes, citizen_id));
  return sql::put_link(unit, {citizen_id, std::string(provider), index.own.bytes, now, now});
}

const ProvenAttribute* find_attribute(const ProvenIdentity& proven, std::string_view name) {
  for (const auto& attribute : proven.attributes) {
    if (attribute.name == name) return &attribute;
  }
  return nullptr;
}

/// Whether both say the same of an attribute; empty when one of them says nothing.
std::optional<bool> agree(const vault::PersonalRecords& known, const ProvenIdentity& proven,
                          std::string_view name) {
  const auto* here = vault::find_record(known, name);
  const auto* there = find_attribute(proven, name);
  if (here == nullptr || there == nullptr) return std::nullopt;
  return comparable(name, here->value).reveal() == comparable(name, there->value).reveal();
}

/// Whether the person a provider has proven is the one the account knows.
struct Likeness {
  bool numbers_differ = false;  ///< a number of the person decides, whatever else is said
  bool same = false;            ///< by number, or where one side has none by name and birth date
};

Likeness compare(const vault::PersonalRecords& known, const ProvenIdentity& proven) {
  if (const auto number = agree(known, proven, "snils")) return {!*number, *number};
  for (const std::string_view name : {"family_name", "given_name", "birth_date"}) {
    if (!agree(known, proven, name).value_or(false)) return {};
  }
  return {false, agree(known, proven, "middle_name").value_or(true)};
}

/// Two people are never merged: whom the provider has proven may have no other account, and a
/// verified account, with its documents and attestations, stays the person's whom it was proven to
/// be. The provider's own subject is known to be the owner's.
core::Status check_person(store::UnitOfWork& unit, const Citizen& citizen,
                          const std::optional<CitizenId>& snils_owner, const SubjectIndex& subject,
                          const Likeness& likeness) {
  TRY(const auto subject_owner, find_subject(unit, subject));
  for (const auto& owner : {subject_owner, snils_owner}) {
    if (owner && *owner != citizen.id) {
      return fail(ErrorCode::kConflict, "provider.belongs_to_other_account");
    }
  }
  if (citizen.level != AssuranceLevel::kVerified || likeness.same) return {};
  const bool led_here = subject_owner || snils_owner;
  if (led_here && !likeness.numbers_differ) return {};
  return fail(ErrorCode::kConflict, "provider.other_person");
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
  Arrival arrival{
      flow->intent == kRaiseWord ? Intent::kRaise : Intent::kSignIn, {}, {}, flow->provider};
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
  TRY(const auto known, profile(citizen_id, now));
  const auto likeness = compare(known.attributes, proven);
  return ports_.data.write([&](store::UnitOfWork& unit) -> core::Status {
    TRY(auto citizen, sql::get_citizen(unit, citizen_id));
    std::optional<CitizenId> snils_owner;
    if (snils) {
      TRY(snils_owner, sql::find_login(unit, sql::kSnilsLogin, snils->bytes));
    }
    TRY_VOID(check_person(unit, citizen, snils_owner, subject, likeness));
    TRY_VOID(link(unit, citizen_id, proven_at.provider, subject, now));
    if (snils) {
      TRY_VOID(claim_login(unit, sql::kSnilsLogin, *snils, citizen_id));
    }
    for (const auto& record : sealed) {
      TRY_VOID(ports_.vault.record_or_clarify(unit, record));
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
    TRY(const auto deletion, sql::find_deletion(unit, citizen_id));
    profile.closing = deletion && deletion->state != "asked";
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

}  // namespace identity
