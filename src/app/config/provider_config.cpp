#include "app/config/provider_config.h"

#include <algorithm>
#include <set>

#include "app/config/config_faults.h"
#include "app/config/config_rules.h"
#include "app/config/toml_file.h"

namespace app {
namespace {

constexpr std::string_view kSection = "identity_provider";
constexpr std::string_view kPrefix = "identity_provider.";
constexpr std::string_view kCallbackPath = "/api/v1/identity-provider/callback";

}  // namespace

bool is_provider_name(std::string_view name) {
  const auto small = [](char c) { return c >= 'a' && c <= 'z'; };
  return !name.empty() && name.size() <= 20 && small(name.front()) &&
         std::all_of(name.begin(), name.end(),
                     [&](char c) { return small(c) || (c >= '0' && c <= '9'); });
}

std::vector<std::string> provider_names(const ConfigSources& sources) {
  std::set<std::string> names;
  const auto file =
      sources.file.empty() ? toml::table() : parse_toml_file(sources.file).value_or(toml::table());
  if (const auto* section = file[kSection].as_table()) {
    for (const auto& [name, node] : *section) {
      if (node.is_table()) names.emplace(name.str());
    }
  }
  for (const std::string_view pair : sources.overrides) {
    const auto key = pair.substr(0, pair.find('='));
    if (!key.starts_with(kPrefix)) continue;
    const auto rest = key.substr(kPrefix.size());
    if (const auto dot = rest.find('.'); dot != std::string_view::npos) {
      names.emplace(rest.substr(0, dot));
    }
  }
  std::erase_if(names, [](const auto& name) { return !is_provider_name(name); });
  return {names.begin(), names.end()};
}

OptionalSection provider_section(const std::string& name) {
  return {std::string(kPrefix) + name, [name](ConfigDraft& draft) {
            IdentityProviderSettings provider;
            provider.scopes = {"openid", "profile"};
            provider.name_ru = name;
            provider.name_en = name;
            draft.config.identity_providers.insert_or_assign(name, std::move(provider));
          }};
}

std::vector<Setting> provider_settings(const std::string& name) {
  using S = IdentityProviderSettings;
  const std::string section = std::string(kPrefix) + name;
  const SectionOf<S> provider{
      section, [name](ConfigDraft& draft) -> S& { return draft.config.identity_providers[name]; }};
  const SectionOf<SecretFile> secret_file{
      section, [name](ConfigDraft& draft) -> SecretFile& { return draft.client_secrets[name]; }};
  return {
      text(provider, &S::issuer, kWebAddress, {"issuer", "\"https://idp.example\""}),
      text(provider, &S::client_id, kWord, {"client_id", "\"beresta\""}),
      secret(provider, &S::client_secret, {"client_secret", "\"...\", better client_secret_file"}),
      path(secret_file, &SecretFile::path, PathKind::kFile,
           {"client_secret_file", "\"/run/credentials/beresta.service/idp.secret\""}),
      text(provider, &S::redirect_uri, kOptionalWebAddress,
           {"redirect_uri", "\"https://id.example/api/v1/identity-provider/callback\""}),
      text_list(provider, &S::scopes, kWord, {"scopes", "[\"openid\", \"profile\"]"}),
      text(provider, &S::name_ru, kTitle, {"name_ru", "\"Госуслуги\""}),
      text(provider, &S::name_en, kTitle, {"name_en", "\"Gosuslugi\""}),
      text(provider, &S::trusted_claim, kWord, {"trusted_claim", "\"trusted\""}),
      integer(provider, &S::timeout, kTimeoutMs, {"timeout_ms", "5000"}),
      path(provider, &S::ca_file, PathKind::kFile, {"ca_file", "\"/etc/beresta/ca.pem\""}),
  };
}

void complete_providers(ConfigDraft& draft, ConfigProblems& problems) {
  auto& config = draft.config;
  for (auto& [name, provider] : config.identity_providers) {
    read_secret(std::string(kPrefix) + name + ".client_secret", draft.client_secrets[name],
                provider.client_secret, problems);
    if (provider.redirect_uri.empty()) {
      provider.redirect_uri = config.server.public_url + std::string(kCallbackPath);
    }
  }
}

}  // namespace app
