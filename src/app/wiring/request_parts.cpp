#include "app/wiring/request_parts.h"

#include "codec/base64url.h"
#include "codec/jose.h"
#include "wallet/holder_erasure.h"

namespace app {
namespace {

privacy::RequestTerm term(const Jurisdiction& jurisdiction, std::string_view name) {
  const auto& deadline = jurisdiction.deadlines.find(name)->second;
  return {deadline.unit == DeadlineUnit::kWorkingDays, deadline.count,
          deadline.extension_working_days, deadline.basis};
}

privacy::RequestPorts with_notice(privacy::RequestPorts ports, privacy::AnswerNotice& notice) {
  ports.notice = &notice;
  return ports;
}

}  // namespace

privacy::RequestRules request_rules(const Jurisdiction& jurisdiction) {
  const auto of = [&](std::string_view name) { return term(jurisdiction, name); };
  std::vector<privacy::RefusalGround> grounds;
  for (const auto& reason : jurisdiction.refusal_reasons) {
    grounds.push_back({reason.name, reason.norm, reason.text});
  }
  // In the order of privacy::RequestKind.
  return {*jurisdiction.calendar,
          {of("subject_request"), of("subject_request"), of("correction"), of("subject_request"),
           of("stop_processing_on_demand"), of("destruction_after_withdrawal"),
           of("subject_request"), of("claim")},
          std::move(grounds),
          {jurisdiction.supervisory_authority, jurisdiction.supervisory_authority_address},
          jurisdiction.norms};
}

core::Result<std::string> IssuerEvidenceSigner::sign(const codec::JsonObject& claims,
                                                     core::Instant now) {
  TRY(const auto* key, trust_.signing_key(now));
  const auto kid = codec::to_base64url(wallet::kid_of(key->key.public_key()));
  return codec::make_jws_es256(claims, key->key, {.kid = kid, .typ = "beresta-evidence+jws"});
}

core::Status WalletStops::data_blocked(store::UnitOfWork& unit, const core::CitizenId& citizen_id,
                                       core::Instant now) {
  return wallet::revoke_everything(unit, citizen_id, now);
}

RequestParts::RequestParts(const Jurisdiction& jurisdiction, privacy::RequestPorts ports,
                           const privacy::EditionLibrary& editions,
                           const wallet::TrustAuthority& trust, const api::LetterHead& head)
    : rules_(request_rules(jurisdiction)),
      notices_(ports.rng),
      requests_(ports, rules_),
      desk_(with_notice(ports, notices_), rules_, &stops_),
      copies_(ports.data, ports.vault, ports.privacy),
      blocks_(ports.data, ports.rng, &stops_),
      signer_(trust),
      staff_(ports.data),
      requests_api_({requests_, copies_, blocks_, editions, signer_}, head),
      desk_api_({desk_, copies_, editions, signer_, staff_}, head.installation) {}

std::vector<http::Route> RequestParts::routes() {
  auto routes = requests_api_.routes();
  for (auto& route : desk_api_.routes()) routes.push_back(std::move(route));
  return routes;
}

}  // namespace app
