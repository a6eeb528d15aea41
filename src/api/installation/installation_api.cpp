#include "api/installation/installation_api.h"

#include <memory>

#include "api/limits.h"
#include "api/wire.h"

namespace api {

std::vector<http::Route> installation_routes(const Installation& installation) {
  codec::JsonArray languages;
  for (const auto& language : installation.languages) languages.push_back(codec::Json(language));
  codec::JsonArray providers;
  for (const auto& one : installation.identity_providers) {
    providers.push_back(
        codec::JsonObject{{"id", one.id}, {"name_ru", one.name_ru}, {"name_en", one.name_en}});
  }
  codec::JsonObject json{{"name", installation.name},
                         {"languages", std::move(languages)},
                         {"jurisdiction", installation.jurisdiction},
                         {"phone_region", installation.phone_region},
                         {"phone_example", installation.phone_example},
                         {"identity_providers", std::move(providers)},
                         {"call_code_digits", installation.call_code_digits},
                         {"sms_code_digits", installation.sms_code_digits},
                         {"sms_fallback_after_s", installation.sms_fallback_after_s},
                         {"password_characters_min", installation.password_characters_min},
                         {"trust_root", codec::to_base64url(installation.trust_root)},
                         {"issuer_name", installation.issuer_name},
                         {"version", installation.version}};
  put_text(json, "demo_phone_url", installation.demo_phone_url);
  http::Route route;
  route.method = http::Method::kGet;
  route.pattern = "/api/v1/configuration";
  route.operation_id = "getConfiguration";
  route.auth = http::AuthPolicy::kPublic;
  route.execution = http::Execution::kInline;
  route.limit = kReading;
  route.handler = [body =
                       codec::to_text(json)](const http::Request&) -> core::Result<http::Response> {
    return http::json_text(200, body);
  };
  return {std::move(route)};
}

}  // namespace api
