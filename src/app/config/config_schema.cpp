#include "app/config/config_schema.h"

#include <iterator>

#include "app/config/config_rules.h"
#include "app/config/config_special.h"
#include "app/config/esia_schema.h"
#include "app/config/provider_config.h"
#include "app/config/second_factor_config.h"
#include "app/config/transparency_config.h"

namespace app {
namespace {

constexpr Range kPort{0, 65535};

const SectionOf<ServerSettings> kServer{
    "server", [](ConfigDraft& draft) -> ServerSettings& { return draft.config.server; }};
const SectionOf<StoreSettings> kStore{
    "store", [](ConfigDraft& draft) -> StoreSettings& { return draft.config.store; }};
const SectionOf<KeySettings> kKeys{
    "keys", [](ConfigDraft& draft) -> KeySettings& { return draft.config.keys; }};
const SectionOf<InstallationSettings> kInstallation{
    "installation",
    [](ConfigDraft& draft) -> InstallationSettings& { return draft.config.installation; }};
const SectionOf<RegistrySettings> kRegistry{
    "registry", [](ConfigDraft& draft) -> RegistrySettings& { return *draft.config.registry; }};
const SectionOf<DemoSettings> kDemo{
    "demo", [](ConfigDraft& draft) -> DemoSettings& { return draft.config.demo; }};
const SectionOf<LimitSettings> kLimits{
    "limits", [](ConfigDraft& draft) -> LimitSettings& { return draft.config.limits; }};
const SectionOf<LogSettings> kLog{
    "log", [](ConfigDraft& draft) -> LogSettings& { return draft.config.log; }};

bool is_lower_letters(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

const TextRule kAnyLine{"a text without line breaks", is_printable};
const TextRule kAddress{"an IPv4 or IPv6 address of this machine", [](std::string_view text) {
                          return http::ClientAddress::parse(text).has_value();
                        }};
const TextRule kCountry{
    "two lower-case letters, the name of a file of jurisdictions/",
    [](std::string_view text) { return text.size() == 2 && is_lower_letters(text); }};
const TextRule kLanguage{"language codes of two or three lower-case letters",
                         [](std::string_view text) {
                           return (text.size() == 2 || text.size() == 3) && is_lower_letters(text);
                         }};
using Settings = std::vector<Setting>;

Settings server_settings() {
  using S = ServerSettings;
  return {
      text(kServer, &S::address, kAddress, {"address", "\"127.0.0.1\""}),
      integer(kServer, &S::port, kPort, {"port", "8080"}),
      text(kServer, &S::admin_address, kAddress, {"admin_address", "\"127.0.0.1\""}),
      integer(kServer, &S::admin_port, kPort, {"admin_port", "8081"}),
      text(kServer, &S::public_url, kOptionalWebAddress, {"public_url", "\"https://id.example\""}),
      integer(kServer, &S::io_threads, {1, 256}, {"io_threads", "1"}),
      integer(kServer, &S::workers, {1, 1024}, {"workers", "4"}),
      integer(kServer, &S::queue, {1, 1'000'000}, {"queue", "1024"}),
      integer(kServer, &S::connections_max, {1, 1'000'000}, {"connections_max", "10000"}),
      path(kServer, &S::static_root, PathKind::kFolder,
           {"static_root", "\"/usr/share/beresta/web\""}),
      path(kServer, &S::tls_certificate, PathKind::kFile,
           {"tls_certificate", "\"/etc/beresta/chain.pem\""}),
      path(kServer, &S::tls_key, PathKind::kFile, {"tls_key", "\"/etc/beresta/key.pem\""}),
      trusted_proxies(),
      rate_scale(),
      integer(kServer, &S::drain, {0, 600}, {"drain_s", "30"}),
  };
}

Settings store_settings() {
  using S = StoreSettings;
  return {
      database(kStore, &S::data_url, {"data_url", "\"sqlite:main.db\""}),
      database(kStore, &S::keys_url, {"keys_url", "\"sqlite:keys.db\""}),
      integer(kStore, &S::statement_timeout, kTimeoutMs, {"statement_timeout_ms", "5000"}),
      integer(kStore, &S::busy_timeout, kTimeoutMs, {"busy_timeout_ms", "5000"}),
      integer(kStore, &S::connect_timeout, kTimeoutMs, {"connect_timeout_ms", "5000"}),
      integer(kStore, &S::connections_max, {1, 1000}, {"connections_max", "8"}),
      integer(kStore, &S::write_queue_max, {1, 100'000}, {"write_queue_max", "1024"}),
      integer(kStore, &S::write_group_max, {1, 10'000}, {"write_group_max", "64"}),
  };
}

Settings installation_settings() {
  using S = InstallationSettings;
  return {
      path(kKeys, &KeySettings::root_key_file, PathKind::kFile, {"root_key_file", "\"root.key\""}),
      path(kKeys, &KeySettings::issuer_dir, PathKind::kFolder, {"issuer_dir", "\"issuer\""}),
      text(kInstallation, &S::name, kTitle, {"name", "\"Beresta\""}),
      text(kInstallation, &S::issuer_name, kTitle, {"issuer_name", "\"Ministry of ...\""}),
      text(kInstallation, &S::jurisdiction, kCountry, {"jurisdiction", "\"ru\""}),
      path(kInstallation, &S::jurisdictions_dir, PathKind::kFolder,
           {"jurisdictions_dir", "\"/usr/share/beresta/jurisdictions\""}),
      path(kInstallation, &S::editions_dir, PathKind::kFolder,
           {"editions_dir", "\"/etc/beresta/editions\""}),
      path(kInstallation, &S::processing_file, PathKind::kFile,
           {"processing_file", "\"/etc/beresta/register.toml\""}),
      path(kInstallation, &S::problems_file, PathKind::kFile,
           {"problems_file", "\"/usr/share/beresta/locales/problems.json\""}),
      text_list(kInstallation, &S::languages, kLanguage, {"languages", "[\"ru\", \"en\"]"}),
  };
}

Settings registry_settings() {
  using S = RegistrySettings;
  return {
      text(kRegistry, &S::base_url, kWebAddress, {"base_url", "\"https://xroad.example/r1\""}),
      text(kRegistry, &S::client, kWord, {"client", "\"DEMO/GOV/1001/beresta\""}),
      integer(kRegistry, &S::timeout, kTimeoutMs, {"timeout_ms", "5000"}),
      integer(kRegistry, &S::retries, {0, 10}, {"retries", "2"}),
      integer(kRegistry, &S::breaker_failures, {1, 1000}, {"breaker_failures", "5"}),
      integer(kRegistry, &S::breaker_pause, {1, 3600}, {"breaker_pause_s", "15"}),
      path(kRegistry, &S::ca_file, PathKind::kFile, {"ca_file", "\"/etc/beresta/ca.pem\""}),
  };
}

Settings other_settings() {
  using L = LimitSettings;
  return {
      text(kDemo, &DemoSettings::phone_url, kOptionalWebAddress,
           {"phone_url", "\"http://localhost:8701/phone\""}),
      integer(kLimits, &L::per_number_hour, {1, 1000}, {"per_number_hour", "5"}),
      integer(kLimits, &L::per_number_day, {1, 1000}, {"per_number_day", "10"}),
      integer(kLimits, &L::per_server_minute, {1, 1'000'000}, {"per_server_minute", "600"}),
      integer(kLimits, &L::attempts, {1, 10}, {"attempts", "3"}),
      integer(kLimits, &L::life, {30, 3600}, {"life_s", "300"}),
      integer(kLimits, &L::sms_after, {0, 3600}, {"sms_after_s", "30"}),
      log_level(),
  };
}

}  // namespace

std::vector<OptionalSection> optional_sections(const NamedSections& names) {
  std::vector<OptionalSection> sections{
      esia_section(),
      {"registry", [](ConfigDraft& draft) { draft.config.registry.emplace(); }},
      {"mail", [](ConfigDraft& draft) { draft.config.mail.emplace(); }},
  };
  for (const auto& [name, kind] : names.operators) {
    sections.push_back({"operator." + name, [name = name, kind = kind](ConfigDraft& draft) {
                          add_operator(name, kind, draft);
                        }});
  }
  for (const auto& name : names.providers) sections.push_back(provider_section(name));
  return sections;
}

std::vector<Setting> config_schema(const NamedSections& names) {
  std::vector<Settings> parts{server_settings(), store_settings(), installation_settings(),
                              operator_settings(names.operators)};
  for (const auto& name : names.providers) parts.push_back(provider_settings(name));
  parts.push_back(esia_settings());
  parts.push_back(registry_settings());
  parts.push_back(second_factor_settings());
  parts.push_back(transparency_settings());
  parts.push_back(account_settings());
  parts.push_back(mail_settings());
  parts.push_back(other_settings());
  parts.push_back(budget_settings());
  std::vector<Setting> all;
  for (auto& part : parts) std::move(part.begin(), part.end(), std::back_inserter(all));
  return all;
}

bool is_web_address(std::string_view text) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (!text.starts_with(scheme)) continue;
    const auto rest = text.substr(scheme.size());
    return !rest.empty() && rest.size() <= 2048 && rest.front() != '/' && is_printable(rest) &&
           rest.find(' ') == std::string_view::npos;
  }
  return false;
}

}  // namespace app
