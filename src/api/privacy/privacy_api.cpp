#include "api/privacy/privacy_api.h"

#include "api/privacy/edition_json.h"
#include "api/route_maker.h"
#include "api/wire.h"

namespace api {
namespace {

using codec::JsonObject;
using http::Request;

/// Editions never change, so whoever has one may keep it; which one is current may change any time.
http::Response edition_json(const privacy::Edition& edition) {
  auto json = edition_head(edition);
  json["text"] = edition.text;
  return http::json_ok(json);
}

}  // namespace

core::Result<http::Response> PrivacyApi::current_edition(const Request& request) {
  TRY(const auto kind, edition_kind(request));
  TRY(const auto* edition,
      service_.editions().current(kind, http::tag_of(request.language()), request.received_at()));
  return edition_json(*edition);
}

core::Result<http::Response> PrivacyApi::edition(const Request& request) {
  TRY(const auto kind, edition_kind(request));
  TRY(const int number, edition_number(request));
  TRY(const auto* edition,
      service_.editions().find_published(kind, number, http::tag_of(request.language()),
                                         request.received_at()));
  return edition_json(*edition);
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
  };
}

}  // namespace api
