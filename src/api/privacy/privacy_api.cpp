#include "api/privacy/privacy_api.h"

#include <charconv>

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

core::Result<privacy::EditionKind> kind_param(const Request& request) {
  const auto kind = privacy::find_edition_kind(request.path_param("kind"));
  if (!kind) return fail(ErrorCode::kNotFound, "edition.unknown");
  return *kind;
}

core::Result<int> number_param(const Request& request) {
  const auto& text = request.path_param("number");
  int number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (read.ec != std::errc{} || read.ptr != text.data() + text.size() || number < 1) {
    return fail(ErrorCode::kNotFound, "edition.unknown");
  }
  return number;
}

core::Result<privacy::ConsentPurpose> purpose_param(const Request& request) {
  const auto purpose = privacy::find_consent_purpose(request.path_param("purpose"));
  if (!purpose) return fail(ErrorCode::kNotFound, "consent.purpose_unknown");
  return *purpose;
}

/// Editions never change, so whoever has one may keep it; which one is current may change any time.
http::Response edition_json(const privacy::Edition& edition) {
  const std::string address = "/editions/" + std::string(privacy::name_of(edition.kind)) + "/" +
                              std::to_string(edition.number) + "?lang=" + edition.language;
  JsonObject json{{"kind", privacy::name_of(edition.kind)},
                  {"number", edition.number},
                  {"language", edition.language},
                  {"title", edition.title},
                  {"text", edition.text},
                  {"sha256", edition.sha256},
                  {"address", address}};
  put_moment(json, "published_at", edition.published_at);
  put_moment(json, "in_force_at", edition.in_force_at);
  return http::json_ok(json);
}

}  // namespace

core::Result<http::Response> PrivacyApi::current_edition(const Request& request) {
  TRY(const auto kind, kind_param(request));
  TRY(const auto* edition,
      service_.editions().current(kind, http::tag_of(request.language()), request.received_at()));
  return edition_json(*edition);
}

core::Result<http::Response> PrivacyApi::edition(const Request& request) {
  TRY(const auto kind, kind_param(request));
  TRY(const int number, number_param(request));
  TRY(const auto* edition,
      service_.editions().find(kind, number, http::tag_of(request.language())));
  return edition_json(*edition);
}

core::Result<http::Response> PrivacyApi::list_consents(const Request& request) {
  TRY(const auto overview, service_.overview(request.subject().citizen_id));
  JsonArray consents;
  for (const auto& consent : overview.consents) consents.push_back(to_json(consent));
  JsonArray acceptances;
  for (const auto& acceptance : overview.acceptances) {
    const auto current = service_.editions().current(acceptance.seen.kind, acceptance.seen.language,
                                                     request.received_at());
    JsonObject json{{"edition_kind", privacy::name_of(acceptance.seen.kind)},
                    {"edition_number", acceptance.seen.number},
                    {"edition_language", acceptance.seen.language},
                    {"current", current && (*current)->number == acceptance.seen.number}};
    put_moment(json, "accepted_at", acceptance.accepted_at);
    acceptances.push_back(std::move(json));
  }
  return http::json_ok(
      JsonObject{{"consents", std::move(consents)}, {"acceptances", std::move(acceptances)}});
}

core::Result<http::Response> PrivacyApi::grant_consent(const Request& request) {
  TRY(const auto purpose, purpose_param(request));
  TRY(const auto json, http::json_body(request));
  TRY(auto fields, JsonFields::of(json));
  privacy::SeenEdition seen;
  seen.kind = privacy::document_of(purpose);
  TRY(const auto number, fields.int64("number", 1, 9999));
  seen.number = static_cast<int>(number);
  TRY(seen.language, fields.string("language", 8));
  TRY(seen.sha256, fields.string("sha256", 64));
  TRY_VOID(fields.finish());
  TRY(const auto consent,
      service_.grant(request.subject().citizen_id, purpose, seen, request.received_at()));
  return http::json_ok(to_json(consent));
}

core::Result<http::Response> PrivacyApi::withdraw_consent(const Request& request) {
  TRY(const auto purpose, purpose_param(request));
  TRY_VOID(service_.withdraw(request.subject().citizen_id, purpose, request.received_at()));
  return http::no_content();
}

std::vector<http::Route> PrivacyApi::routes() {
  const RouteMaker<PrivacyApi> route(this);
  using Api = PrivacyApi;
  using http::AuthPolicy;
  using http::Method;
  return {
      route({Method::kGet, "/api/v1/editions/{kind}/current", "getCurrentEdition",
             AuthPolicy::kPublic, kReading},
            &Api::current_edition),
      route({Method::kGet, "/api/v1/editions/{kind}/{number}", "getEdition", AuthPolicy::kPublic,
             kReading},
            &Api::edition),
      route({Method::kGet, "/api/v1/consents", "listConsents", AuthPolicy::kSession, kReading},
            &Api::list_consents),
      route({Method::kPut, "/api/v1/consents/{purpose}", "grantConsent", AuthPolicy::kSession,
             kWriting},
            &Api::grant_consent),
      route({Method::kDelete, "/api/v1/consents/{purpose}", "withdrawConsent", AuthPolicy::kSession,
             kWriting},
            &Api::withdraw_consent),
  };
}

}  // namespace api
