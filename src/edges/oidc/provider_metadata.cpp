#include "edges/oidc/provider_metadata.h"

#include <algorithm>
#include <array>

#include "codec/json.h"

namespace edges::oidc {
namespace {

constexpr std::size_t kUrlBytesMax = 2048;

auto refused(std::string_view why) {
  return core::fail(core::ErrorCode::kUnavailable, "oidc.metadata", std::string(why));
}

core::Result<std::string> url_of(codec::JsonFields& fields, std::string_view name) {
  auto url = fields.string(name, kUrlBytesMax);
  if (!url || !is_safe_url(*url)) return refused(name);
  return url;
}

// A list that is absent says nothing; one that is present must hold the value.
bool may_hold(codec::JsonFields& fields, std::string_view name, std::string_view value) {
  const auto* list = fields.find(name);
  if (list == nullptr) return true;
  if (!list->is_array()) return false;
  const auto& items = list->as_array();
  return std::any_of(items.begin(), items.end(), [&](const codec::Json& item) {
    return item.is_string() && std::string_view(item.as_string()) == value;
  });
}

}  // namespace

bool is_safe_url(std::string_view url) {
  if (url.starts_with("https://")) return url.size() > 8;
  constexpr std::array<std::string_view, 3> kLoopback{"http://localhost", "http://127.0.0.1",
                                                      "http://[::1]"};
  return std::any_of(kLoopback.begin(), kLoopback.end(), [&](std::string_view start) {
    if (!url.starts_with(start)) return false;
    const auto rest = url.substr(start.size());
    return rest.empty() || rest.front() == ':' || rest.front() == '/';
  });
}

std::string discovery_url(std::string_view issuer) {
  while (issuer.ends_with('/')) issuer.remove_suffix(1);
  return std::string(issuer) + "/.well-known/openid-configuration";
}

core::Result<ProviderMetadata> ProviderMetadata::parse(std::string_view json_text,
                                                       std::string_view issuer) {
  const auto json = codec::parse_json(json_text);
  if (!json || !json->is_object()) return refused("not a JSON object");
  codec::JsonFields fields(json->as_object());
  const auto said = fields.string("issuer", kUrlBytesMax);
  if (!said || *said != issuer || !is_safe_url(*said)) return refused("issuer");
  ProviderMetadata metadata;
  metadata.issuer = *said;
  TRY(metadata.authorization_endpoint, url_of(fields, "authorization_endpoint"));
  TRY(metadata.token_endpoint, url_of(fields, "token_endpoint"));
  TRY(metadata.jwks_uri, url_of(fields, "jwks_uri"));
  if (fields.find("userinfo_endpoint") != nullptr) {
    TRY(metadata.userinfo_endpoint, url_of(fields, "userinfo_endpoint"));
  }
  if (!may_hold(fields, "response_types_supported", "code")) return refused("no code flow");
  if (!may_hold(fields, "code_challenge_methods_supported", "S256")) return refused("no S256");
  const auto* iss = fields.find("authorization_response_iss_parameter_supported");
  metadata.says_iss = iss != nullptr && iss->is_bool() && iss->as_bool();
  return metadata;
}

}  // namespace edges::oidc
