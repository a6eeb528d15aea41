#include "api/privacy/privacy_api.h"

#include <charconv>

#include "api/route_maker.h"
#include "api/wire.h"

namespace api {
namespace {

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
