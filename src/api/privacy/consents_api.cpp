#include "api/privacy/consents_api.h"

#include "api/privacy/consent_json.h"
#include "api/route_maker.h"
#include "api/wire.h"

namespace api {
namespace {

using codec::JsonArray;
using codec::JsonFields;
using codec::JsonObject;
using core::ErrorCode;
using core::fail;
using http::Request;

constexpr std::size_t kPartsMax = 32;
constexpr std::size_t kPartBytesMax = 64;
constexpr std::size_t kMomentBytesMax = 40;

core::Result<privacy::ConsentPurpose> purpose_param(const Request& request) {
  const auto purpose = privacy::find_consent_purpose(request.path_param("purpose"));
  if (!purpose) return fail(ErrorCode::kNotFound, "consent.purpose_unknown");
  return *purpose;
}

core::Result<std::vector<std::string>> texts_of(const JsonArray& items) {
  std::vector<std::string> texts;
  for (const auto& item : items) {
    const auto* text = item.if_string();
    if (text == nullptr) return fail(ErrorCode::kInvalidInput, "json.member_type");
    if (text->size() > kPartBytesMax) return fail(ErrorCode::kInvalidInput, "json.member_too_long");
    texts.emplace_back(*text);
  }
  return texts;
}

/// Parts of a consent, as a list of short words.
core::Result<std::vector<std::string>> parts_member(JsonFields& fields, std::string_view name) {
  TRY(const auto* items, fields.array(name, kPartsMax));
  return texts_of(*items);
}

core::Result<std::vector<std::string>> only_parts(const Request& request, std::string_view name) {
  TRY(const auto json, http::json_body(request));
  TRY(auto fields, JsonFields::of(json));
  TRY(auto parts, parts_member(fields, name));
  TRY_VOID(fields.finish());
  return parts;
}

core::Result<privacy::ConsentGrant> grant_of(const Request& request,
                                             privacy::ConsentPurpose purpose) {
  TRY(const auto json, http::json_body(request));
  TRY(auto fields, JsonFields::of(json));
  privacy::ConsentGrant grant;
  grant.purpose = purpose;
  grant.seen.kind = privacy::document_of(purpose);
  TRY(const auto number, fields.int64("number", 1, 9999));
  grant.seen.number = static_cast<int>(number);
  TRY(grant.seen.language, fields.string("language", 8));
  TRY(grant.seen.sha256, fields.string("sha256", 64));
  TRY(const auto expires_at, fields.optional_string("expires_at", kMomentBytesMax));
  if (expires_at) {
    const auto moment = core::from_rfc3339(*expires_at);
    if (!moment) return fail(ErrorCode::kInvalidInput, "json.member_range");
    grant.expires_at = *moment;
  }
  if (fields.find("scope") != nullptr) {
    TRY(grant.scope, parts_member(fields, "scope"));
  }
  TRY_VOID(fields.finish());
  return grant;
}

std::string_view state_of(const openid::PartyGrant& grant, core::Instant now) {
  if (grant.withdrawn_at) return "withdrawn";
  return grant.is_live(now) ? "granted" : "expired";
}

JsonObject party_json(const openid::PartyConsent& consent, std::string_view language,
                      core::Instant now) {
  const auto& grant = consent.grant;
  JsonObject json{
      {"client_id", grant.client_id},
      {"name", consent.party ? consent.party->name.in(language) : grant.client_id},
      {"state", state_of(grant, now)},
      {"claims", JsonArray(grant.claims.begin(), grant.claims.end())},
      {"granted_claims", JsonArray(grant.granted_claims.begin(), grant.granted_claims.end())},
      {"offline_access", grant.offline_access}};
  if (consent.party) json["purpose"] = consent.party->purpose.in(language);
  put_text(json, "document_sha256", grant.document_sha256);
  put_moment(json, "granted_at", grant.granted_at);
  put_moment(json, "expires_at", grant.expires_at);
  put_moment(json, "narrowed_at", grant.narrowed_at);
  put_moment(json, "withdrawn_at", grant.withdrawn_at);
  put_moment(json, "last_used_at", grant.last_used_at);
  return json;
}

}  // namespace

JsonObject ConsentsApi::acceptance_json(const privacy::Acceptance& acceptance,
                                        core::Instant now) const {
  const auto& seen = acceptance.seen;
  const auto current = services_.privacy.editions().current(seen.kind, seen.language, now);
  JsonObject json{{"edition_kind", privacy::name_of(seen.kind)},
                  {"edition_number", seen.number},
                  {"edition_language", seen.language},
                  {"edition_sha256", seen.sha256},
                  {"current", current && (*current)->number == seen.number}};
  put_moment(json, "accepted_at", acceptance.accepted_at);
  return json;
}

core::Result<http::Response> ConsentsApi::list(const Request& request) {
  const auto& citizen_id = request.subject().citizen_id;
  const auto now = request.received_at();
  TRY(const auto overview, services_.privacy.overview(citizen_id));
  TRY(const auto party_consents, services_.connections.list_all(citizen_id, now));
  JsonArray consents;
  for (const auto& consent : overview.consents) consents.push_back(to_json(consent, now));
  JsonArray past;
  for (const auto& consent : overview.past) past.push_back(to_json(consent, now));
  JsonArray parties;
  for (const auto& consent : party_consents) {
    parties.push_back(party_json(consent, http::tag_of(request.language()), now));
  }
  JsonArray acceptances;
  for (const auto& one : overview.acceptances) acceptances.push_back(acceptance_json(one, now));
  return http::json_ok(JsonObject{{"consents", std::move(consents)},
                                  {"past", std::move(past)},
                                  {"parties", std::move(parties)},
                                  {"acceptances", std::move(acceptances)}});
}

core::Result<http::Response> ConsentsApi::rules(const Request& request) {
  const auto& rules = services_.privacy.rules();
  const auto language = http::tag_of(request.language());
  JsonArray fields;
  for (const auto& one : rules.fields) fields.push_back(codec::Json(name_of(one.field)));
  JsonArray purposes;
  for (const auto& [purpose, rule] : rules.rules) {
    JsonObject json{{"purpose", purpose}, {"basis", rules.norms.in(language, rule.basis)}};
    if (rule.days) json["days"] = *rule.days;
    purposes.push_back(std::move(json));
  }
  return http::json_ok(
      JsonObject{{"document_basis", rules.norms.in(language, rules.document_basis)},
                 {"fields", std::move(fields)},
                 {"purposes", std::move(purposes)}});
}

core::Result<http::Response> ConsentsApi::document(const Request& request) {
  TRY(const auto document, services_.connections.document(request.path_param("sha256")));
  return http::json_ok(JsonObject{
      {"language", document.language}, {"text", document.text}, {"sha256", document.sha256}});
}

core::Result<http::Response> ConsentsApi::grant(const Request& request) {
  TRY(const auto purpose, purpose_param(request));
  TRY(const auto wanted, grant_of(request, purpose));
  const auto now = request.received_at();
  TRY(const auto consent, services_.privacy.grant(request.subject().citizen_id, wanted, now));
  return http::json_ok(to_json(consent, now));
}

core::Result<http::Response> ConsentsApi::narrow(const Request& request) {
  TRY(const auto purpose, purpose_param(request));
  TRY(const auto scope, only_parts(request, "scope"));
  const auto now = request.received_at();
  TRY(const auto consent,
      services_.privacy.narrow(request.subject().citizen_id, purpose, scope, now));
  return http::json_ok(to_json(consent, now));
}

core::Result<http::Response> ConsentsApi::withdraw(const Request& request) {
  TRY(const auto purpose, purpose_param(request));
  TRY_VOID(
      services_.privacy.withdraw(request.subject().citizen_id, purpose, request.received_at()));
  return http::no_content();
}

core::Result<http::Response> ConsentsApi::narrow_party(const Request& request) {
  TRY(const auto claims, only_parts(request, "claims"));
  TRY_VOID(services_.connections.narrow(request.subject().citizen_id,
                                        request.path_param("client_id"), claims,
                                        request.received_at()));
  return http::no_content();
}

core::Result<http::Response> ConsentsApi::withdraw_party(const Request& request) {
  TRY_VOID(services_.connections.disconnect(
      request.subject().citizen_id, request.path_param("client_id"), request.received_at()));
  return http::no_content();
}

std::vector<http::Route> ConsentsApi::routes() {
  const RouteMaker<ConsentsApi> route(this);
  using Api = ConsentsApi;
  using http::AuthPolicy;
  using http::Method;
  constexpr auto kSession = AuthPolicy::kSession;
  const std::string of_purpose = "/api/v1/consents/{purpose}";
  const std::string of_party = "/api/v1/consents/parties/{client_id}";
  return {
      route({Method::kGet, "/api/v1/consents", "listConsents", kSession, kReading}, &Api::list),
      route(
          {Method::kGet, "/api/v1/consent-rules", "getConsentRules", AuthPolicy::kPublic, kReading},
          &Api::rules),
      route({Method::kGet, "/api/v1/consent-documents/{sha256}", "getConsentDocument", kSession,
             kReading},
            &Api::document),
      route({Method::kPut, of_purpose, "grantConsent", kSession, kWriting}, &Api::grant),
      route({Method::kPatch, of_purpose, "narrowConsent", kSession, kWriting}, &Api::narrow),
      route({Method::kDelete, of_purpose, "withdrawConsent", kSession, kWriting}, &Api::withdraw),
      route({Method::kPatch, of_party, "narrowPartyConsent", kSession, kWriting},
            &Api::narrow_party),
      route({Method::kDelete, of_party, "withdrawPartyConsent", kSession, kWriting},
            &Api::withdraw_party),
  };
}

}  // namespace api
