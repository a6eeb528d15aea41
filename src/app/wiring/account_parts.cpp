#include "app/wiring/account_parts.h"

#include "privacy/kept_consent.h"

namespace app {
namespace {

/// How long the record of a consent is kept where the jurisdiction says nothing.
constexpr core::Duration kKeptUnlessSaid = std::chrono::hours(24 * 365 * 3);

identity::NumberPolicy number_policy(const Config& config) {
  identity::NumberPolicy policy;
  policy.numbers_max = config.account.numbers_max;
  policy.lost_wait = config.account.lost_number_wait;
  return policy;
}

identity::EmailPolicy email_policy(const Config& config) {
  identity::EmailPolicy policy;
  policy.configured = config.mail.has_value();
  return policy;
}

identity::DeletionPolicy deletion_policy(const Config& config, const Jurisdiction& jurisdiction) {
  identity::DeletionPolicy policy;
  const auto& languages = config.installation.languages.empty() ? jurisdiction.languages
                                                                : config.installation.languages;
  if (!languages.empty()) policy.language = languages.front();
  policy.term = config.account.deletion_term;
  policy.kept = {.what = "consent_record", .basis = {}, .term = kKeptUnlessSaid};
  const auto found = jurisdiction.deadlines.find("consent_record_retention");
  if (found != jurisdiction.deadlines.end()) {
    policy.kept.basis = found->second.basis;
    policy.kept.basis_en = jurisdiction.norms.in("en", found->second.basis);
    if (found->second.unit == DeadlineUnit::kCalendarDays) {
      policy.kept.term = std::chrono::hours(24) * found->second.count;
    }
  }
  return policy;
}

}  // namespace

identity::InactivityPolicy inactivity_policy(const Config& config,
                                             const Jurisdiction& jurisdiction) {
  identity::InactivityPolicy policy;
  const auto found = jurisdiction.deadlines.find("inactive_account");
  if (config.account.inactive_after >= std::chrono::seconds::zero()) {
    policy.after = config.account.inactive_after;
  } else if (found != jurisdiction.deadlines.end() &&
             found->second.unit == DeadlineUnit::kCalendarDays) {
    policy.after = std::chrono::hours(24) * found->second.count;
  }
  policy.first_warning = std::min<core::Duration>(config.account.inactive_warning, policy.after);
  policy.second_warning = policy.first_warning / 4;
  return policy;
}

AccountParts::AccountParts(const AccountGround& ground, const Config& config,
                           const Jurisdiction& jurisdiction)
    : data_(ground.data),
      frozen_(ground.data),
      numbers_({ground.data, ground.vault, ground.challenges, ground.rng}, number_policy(config)),
      email_({ground.data, ground.vault, ground.rng, ground.abuse.gate, ground.abuse.work},
             email_policy(config), ground.root.derive("email_code")),
      export_source_({ground.data, ground.vault, ground.sessions, numbers_, ground.privacy,
                      ground.digital_id, ground.providers}),
      exports_({ground.data, export_source_, ground.rng}),
      deletions_({ground.data, ground.vault, ground.challenges, ground.rng}, frozen_, holders(),
                 deletion_policy(config, jurisdiction)),
      erasures_({ground.data, ground.keys, ground.vault, ground.rng}, holders(),
                deletion_policy(config, jurisdiction).kept),
      inactivity_(ground.data, deletions_, ground.rng, inactivity_policy(config, jurisdiction)),
      farewells_(ground.operators, ground.vault, config.installation.name),
      number_api_(numbers_, ground.challenges),
      letters_(config.mail, ground.vault, config.installation.name, config.server.public_url),
      notice_mail_(letters_, {ground.data, ground.vault}, config.installation.name),
      email_api_(email_),
      account_api_({deletions_, exports_, ground.challenges, config.installation.name,
                    jurisdiction.utc_offset_minutes}) {}

std::vector<http::Route> AccountParts::routes() {
  auto routes = number_api_.routes();
  for (auto part : {email_api_.routes(), account_api_.routes()}) {
    for (auto& route : part) routes.push_back(std::move(route));
  }
  return routes;
}

identity::AccountHolders AccountParts::holders() {
  // The identity room last: what other rooms find through its logins is then still there.
  return {&wallet_, &openid_, &privacy_, &records_, &own_};
}

core::Status AccountParts::purge(core::Instant now) {
  TRY_VOID(data_.write([&](store::UnitOfWork& unit) { return privacy::purge_kept(unit, now); }));
  return {};
}

}  // namespace app
