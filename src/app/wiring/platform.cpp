#include "app/wiring/platform.h"

#include <thread>

#include "api/installation/installation_api.h"
#include "app/config/contractor_config.h"
#include "app/version.h"
#include "app/wiring/foundation.h"
#include "core/assert.h"
#include "store/outbox.h"
#include "store/scrub.h"

namespace app {
namespace {

/// Finished effects are kept this long, so that a repeated request still finds its key.
constexpr core::Duration kOutboxKept = std::chrono::hours(48);

identity::ChallengePolicy challenge_policy(const Config& config) {
  identity::ChallengePolicy policy;
  policy.life = config.limits.life;
  policy.sms_after = config.limits.sms_after;
  policy.shared_life = std::chrono::seconds(config.budgets.shared_code_life_s);
  return policy;
}

wallet::DigitalIdPolicy digital_id_policy(const Jurisdiction& jurisdiction) {
  wallet::DigitalIdPolicy policy;
  policy.age_min = jurisdiction.digital_id_age;
  policy.utc_offset_minutes = jurisdiction.utc_offset_minutes;
  return policy;
}

const std::vector<std::string>& languages_of(const Config& config,
                                             const Jurisdiction& jurisdiction) {
  const auto& chosen = config.installation.languages;
  return chosen.empty() ? jurisdiction.languages : chosen;
}

api::Installation installation_of(const Config& config, const Jurisdiction& jurisdiction,
                                  const crypto::P256PublicKey& trust_root,
                                  const identity::IdentityProviders& providers) {
  api::Installation installation;
  installation.name = config.installation.name;
  installation.issuer_name = config.installation.issuer_name;
  installation.languages = languages_of(config, jurisdiction);
  installation.jurisdiction = jurisdiction.code;
  installation.phone_region = jurisdiction.phone.policy.default_region;
  installation.phone_example = jurisdiction.phone.example;
  for (const auto& one : providers.list()) {
    installation.identity_providers.push_back({one.id, one.name_ru, one.name_en});
  }
  installation.call_code_digits = jurisdiction.phone.call_code_digits;
  installation.sms_code_digits = jurisdiction.phone.sms_code_digits;
  installation.sms_fallback_after_s = config.limits.sms_after.count();
  installation.password_characters_min = static_cast<int>(identity::kPasswordCharactersMin);
  installation.trust_root = core::to_bytes(trust_root.uncompressed());
  installation.demo_phone_url = config.demo.phone_url;
  installation.version = kVersion;
  return installation;
}

/// What letters name: the installation, its clock, and where data are from.
api::LetterHead letter_head(const Config& config, const Jurisdiction& jurisdiction,
                            const identity::IdentityProviders& providers) {
  api::LetterHead head{config.installation.name, config.server.public_url,
                       jurisdiction.utc_offset_minutes};
  for (const auto& one : providers.list()) {
    head.providers[one.id] = {{"ru", one.name_ru}, {"en", one.name_en}};
  }
  return head;
}

}  // namespace

core::Result<std::unique_ptr<Platform>> Platform::make(const Config& config,
                                                       const Jurisdiction& jurisdiction,
                                                       const SystemClock& clock,
                                                       crypto::SystemRng& rng, Metrics* metrics) {
  TRY(auto ground, open_foundation(config, jurisdiction, {rng, clock.now(), metrics}));
  TRY(ground.openid_keys, OpenidKeys::open(config.keys.issuer_dir, clock.now(), rng));
  TRY(ground.log_keys,
      LogKeyFiles::open(config.keys.issuer_dir, log_origin(config), clock.now(), rng));
  TRY(auto outside, make_outside(config, rng));
  TRY(outside.operators, OperatorParts::make(config, {*ground.data, rng, clock, metrics}));
  std::unique_ptr<Platform> platform(
      new Platform(config, jurisdiction, std::move(ground), std::move(outside), clock, rng));
  auto contractors = read_contractors(contractors_path(config.installation.editions_dir),
                                      languages_of(config, jurisdiction));
  if (!contractors) {
    return core::fail(core::ErrorCode::kInvalidInput, "contractors.malformed",
                      to_text(contractors.error()));
  }
  platform->contractors_ = *std::move(contractors);
  TRY_VOID(platform->plug_consent_rules(jurisdiction.consents, clock.now()));
  platform->processing_ = std::make_unique<ProcessingParts>(
      platform->ground_, platform->vault_, platform->openid_.parties(),
      inactivity_policy(config, jurisdiction).after);
  platform->requests_.plug_my_data(platform->processing_->my_data());
  const auto& base = platform->ground_;
  platform->informing_ = std::make_unique<InformingDelivery>(
      InformingDeliveryPorts{{*base.data, *base.keys, *base.root, platform->vault_consents_, rng},
                             platform->notice_delivery_,
                             platform->account_.letters()},
      config);
  platform->sessions_.plug_endings(platform->openid_.endings());
  platform->authenticators_.plug_endings(platform->openid_.endings());
  platform->account_.plug_logouts(platform->openid_.logouts());
  TRY_VOID(platform->revocations_.refresh(clock.now()));
  TRY_VOID(platform->account_.frozen().refresh());
  return platform;
}

Platform::Platform(const Config& config, const Jurisdiction& jurisdiction, Foundation ground,
                   Outside outside, const SystemClock& clock, crypto::SystemRng& rng)
    : config_(config),
      jurisdiction_(jurisdiction),
      ground_(std::move(ground)),
      outside_(std::move(outside)),
      vault_({*ground_.data, *ground_.keys, *ground_.root, vault_consents_, rng}),
      hasher_(std::max<std::ptrdiff_t>(1, std::thread::hardware_concurrency()), rng),
      abuse_(config, jurisdiction, *ground_.data, *ground_.root, rng),
      authenticator_base_(config, {*ground_.data, vault_, hasher_, *ground_.root, rng}),
      challenges_({*ground_.data, vault_, rng, abuse_.gate, abuse_.marks, abuse_.work,
                   &outside_.operators->router()},
                  challenge_policy(config), ground_.root->derive("challenge_code")),
      sessions_({*ground_.data, vault_, hasher_, authenticator_base_.gate, rng, abuse_.sign_ins,
                 abuse_.marks},
                {}, ground_.root->derive("csrf")),
      providers_(config, rng, outside_.esia ? &outside_.esia->provider() : nullptr),
      assurance_({*ground_.data, vault_, sessions_, providers_.providers(), rng}),
      attributes_(
          {*ground_.data, vault_, assurance_, providers_.providers(), documents_, digital_id_, rng},
          jurisdiction),
      rights_(attributes_.gate(), [&clock] { return clock.now(); }),
      registry_source_(outside_.registries.get(), jurisdiction, [&clock] { return clock.now(); }),
      documents_({*ground_.data, vault_, registry_source_, rights_, rng}),
      ended_(documents_),
      privacy_(*ground_.data, ground_.editions, ended_, rng),
      editions_(*ground_.data, ground_.editions, privacy_, rng),
      registrations_({*ground_.data, vault_, hasher_, sessions_, editions_.papers(),
                      authenticator_base_.recovery_codes, rng}),
      trust_(std::move(ground_.trust_root), std::move(ground_.issuer_keys),
             config.installation.issuer_name),
      revocations_(*ground_.data),
      proofs_(ground_.root->derive("device_challenge"), rng),
      digital_id_({*ground_.data, vault_, rights_, documents_, trust_, revocations_, proofs_, rng},
                  digital_id_policy(jurisdiction)),
      verification_({*ground_.data, vault_, revocations_}, trust_.list(clock.now())),
      history_(*ground_.data),
      operator_delivery_(outside_.operators->router(), outside_.operators->deliveries(), vault_,
                         config.installation.name),
      notice_delivery_(outside_.operators->router(), vault_, privacy_, config.installation.name),
      account_(
          {*ground_.data, *ground_.keys, vault_, challenges_, abuse_, sessions_, privacy_,
           digital_id_, providers_.providers(), *ground_.root, outside_.operators->router(), rng},
          config, jurisdiction),
      authenticator_(sessions_, account_.frozen(), editions_.service()),
      explainer_(assurance_, attributes_.gate()),
      challenge_api_({challenges_, jurisdiction.phone.policy}),
      identity_api_({registrations_, sessions_, assurance_, attributes_.gate(), history_,
                     jurisdiction.phone.policy}),
      wallet_api_({documents_, digital_id_, verification_, trust_, privacy_}),
      authenticators_(config, {*ground_.data, vault_, hasher_, *ground_.root, rng},
                      authenticator_base_, sessions_, assurance_, attributes_.gate()),
      openid_({*ground_.data, vault_, *ground_.root, assurance_, rng},
              std::move(ground_.openid_keys), config.server.public_url),
      consents_api_({privacy_, openid_.connections()}),
      requests_(jurisdiction, {*ground_.data, vault_, privacy_, rng}, ground_.editions, trust_,
                letter_head(config, jurisdiction, providers_.providers())),
      transparency_({*ground_.data, *ground_.keys, *ground_.root, vault_, openid_.parties(),
                     ground_.editions, rng},
                    std::move(ground_.log_keys), config) {}

core::Status Platform::plug_consent_rules(const privacy::ConsentRules& rules, core::Instant now) {
  TRY_VOID(rules.check(ground_.editions, now));
  privacy_.plug_rules(rules);
  const auto* party = rules.find(privacy::ConsentRules::kPartyRule);
  CORE_ASSERT(party != nullptr);
  openid_.plug_terms({config_.installation.issuer_name, party->basis, party->days,
                      rules.norms.in("en", party->basis)});
  return {};
}

std::vector<http::Route> Platform::routes() {
  auto routes = api::installation_routes(
      installation_of(config_, jurisdiction_, trust_.root(), providers_.providers()));
  for (auto part :
       {api::contractor_routes(contractors_), challenge_api_.routes(), identity_api_.routes(),
        attributes_.routes(), outside_.operators->routes(), privacy_api_.routes(),
        editions_.routes(), wallet_api_.routes(), account_.routes(), authenticators_.routes(),
        openid_.routes(), consents_api_.routes(), requests_.routes(), transparency_.routes(),
        processing_->routes()}) {
    for (auto& route : part) routes.push_back(std::move(route));
  }
  return routes;
}

core::Status Platform::purge(core::Instant now) {
  hasher_.trim_memory();
  TRY_VOID(challenges_.purge(now));
  TRY_VOID(outside_.operators->deliveries().purge(now));
  TRY_VOID(sessions_.purge(now));
  TRY_VOID(authenticators_.purge(now));
  TRY_VOID(digital_id_.purge(now));
  TRY_VOID(openid_.purge(now));
  TRY_VOID(account_.purge(now));
  TRY_VOID(privacy_.settle_expired(now));
  TRY_VOID(ground_.data->write(
      [&](store::UnitOfWork& unit) { return store::purge_outbox(unit, now - kOutboxKept, 1000); }));
  // Keys that were erased while a reader held the log.
  return store::scrub(*ground_.keys);
}

}  // namespace app
