#include "api/identity/provider_session.h"

#include "api/identity/identity_api.h"
#include "api/identity/session_cookie.h"
#include "codec/json.h"
#include "http/json_response.h"

namespace api {
namespace {

constexpr std::int64_t kRememberedSeconds = 12LL * 60 * 60;

struct Exit {
  const identity::NamedProvider* provider = nullptr;
  std::string url;
};

/// Where a session at this provider ends; without a provider if there is none, or no such place.
Exit exit_of(const identity::IdentityProviders& providers, std::string_view id) {
  if (id.empty()) return {};
  const auto known = providers.choose(id);
  if (!known) return {};
  auto url = (*known)->provider->logout_url();
  if (url.empty()) return {};
  return {*known, std::move(url)};
}

}  // namespace

void note_provider_session(http::Response& response, const identity::IdentityProviders& providers,
                           std::string_view provider) {
  if (exit_of(providers, provider).provider == nullptr) return;
  response.with(http::SetCookie{.name = std::string(kProviderSessionCookie),
                                .value = std::string(provider),
                                .max_age_s = kRememberedSeconds});
}

core::Result<http::Response> IdentityApi::provider_session(const http::Request& request) {
  const auto exit =
      exit_of(services_.assurance.providers(), request.cookie(kProviderSessionCookie).value_or(""));
  codec::JsonObject json;
  if (exit.provider != nullptr) {
    json["provider"] = codec::JsonObject{{"id", exit.provider->id},
                                         {"name_ru", exit.provider->name_ru},
                                         {"name_en", exit.provider->name_en}};
  }
  return http::json_ok(json);
}

core::Result<http::Response> IdentityApi::end_provider_session(const http::Request& request) {
  const auto exit =
      exit_of(services_.assurance.providers(), request.cookie(kProviderSessionCookie).value_or(""));
  if (exit.provider == nullptr) {
    return core::fail(core::ErrorCode::kNotFound, "provider.no_session");
  }
  auto response = http::json_ok(codec::JsonObject{{"location", exit.url}});
  response.with(expired_cookie(kProviderSessionCookie));
  return response;
}

}  // namespace api
