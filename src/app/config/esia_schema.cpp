#include "app/config/esia_schema.h"

#include <algorithm>

#include "app/config/config_faults.h"
#include "app/config/config_rules.h"
#include "app/config/config_setting.h"

namespace app {
namespace {

constexpr std::string_view kCallbackPath = "/api/v1/identity-provider/callback";

const SectionOf<EsiaSettings> kEsia{
    "esia", [](ConfigDraft& draft) -> EsiaSettings& { return *draft.config.esia; }};

const TextRule kScheme{"v1 or v2",
                       [](std::string_view text) { return text == "v1" || text == "v2"; }};
const TextRule kAttributes{
    "none or signed", [](std::string_view text) { return text == "none" || text == "signed"; }};
const TextRule kYesOrNo{"yes or no",
                        [](std::string_view text) { return text == "yes" || text == "no"; }};
const TextRule kPath{"a path that begins with a slash, or nothing", [](std::string_view text) {
                       return text.empty() || (text.starts_with('/') && is_word(text));
                     }};
const TextRule kTokenUri{
    "an address that begins with pkcs11: and holds no PIN, or nothing", [](std::string_view text) {
      return text.empty() || (text.starts_with("pkcs11:") && is_word(text) &&
                              text.find("pin-value") == std::string_view::npos);
    }};

}  // namespace

OptionalSection esia_section() {
  return {"esia", [](ConfigDraft& draft) {
            EsiaSettings esia;
            esia.scopes = {"openid", "fullname", "birthdate", "birthplace", "gender",   "snils",
                           "inn",    "id_doc",   "email",     "mobile",     "addresses"};
            esia.name_ru = "Госуслуги";
            esia.name_en = "Gosuslugi";
            draft.config.esia = std::move(esia);
          }};
}

std::vector<Setting> esia_settings() {
  using S = EsiaSettings;
  const auto file = [](std::string S::*member, const char* key, const char* example) {
    return path(kEsia, member, PathKind::kFile, {key, example});
  };
  return {
      text(kEsia, &S::scheme, kScheme, {"scheme", "\"v2\""}),
      text(kEsia, &S::base_url, kWebAddress, {"base_url", "\"https://esia.gosuslugi.ru\""}),
      text(kEsia, &S::issuer, kWebAddress, {"issuer", "\"http://esia.gosuslugi.ru/\""}),
      text(kEsia, &S::client_id, kWord, {"client_id", "\"BERESTA\""}),
      file(&S::certificate, "certificate", "\"/etc/beresta/esia-client.pem\""),
      file(&S::key_file, "key_file", "\"/run/credentials/beresta.service/esia.key\""),
      text(kEsia, &S::key_uri, kTokenUri, {"key_uri", "\"pkcs11:token=esia;object=signer\""}),
      file(&S::pkcs11_module, "pkcs11_module", "\"/usr/lib/softhsm/libsofthsm2.so\""),
      file(&S::pin_file, "pin_file", "\"/run/credentials/beresta.service/esia.pin\""),
      file(&S::esia_certificate, "esia_certificate", "\"/etc/beresta/esia.pem\""),
      text(kEsia, &S::redirect_uri, kOptionalWebAddress,
           {"redirect_uri", "\"https://id.example/api/v1/identity-provider/callback\""}),
      text_list(kEsia, &S::scopes, kWord, {"scopes", "[\"openid\", \"fullname\", \"snils\"]"}),
      text_list(kEsia, &S::org_scopes, kWord, {"org_scopes", "[\"org_ogrn\"]"}),
      text(kEsia, &S::cms_attributes, kAttributes, {"cms_attributes", "\"none\""}),
      text(kEsia, &S::authorize_path, kPath, {"authorize_path", "\"/aas/oauth2/v2/ac\""}),
      text(kEsia, &S::token_path, kPath, {"token_path", "\"/aas/oauth2/v3/te\""}),
      text(kEsia, &S::embed, kYesOrNo, {"embed", "\"yes\""}),
      text(kEsia, &S::pkce, kYesOrNo, {"pkce", "\"no\""}),
      text(kEsia, &S::name_ru, kTitle, {"name_ru", "\"Госуслуги\""}),
      text(kEsia, &S::name_en, kTitle, {"name_en", "\"Gosuslugi\""}),
      integer(kEsia, &S::timeout, kTimeoutMs, {"timeout_ms", "5000"}),
      path(kEsia, &S::ca_file, PathKind::kFile, {"ca_file", "\"/etc/beresta/ca.pem\""}),
  };
}

void complete_esia(EsiaSettings& esia, const std::string& public_url) {
  while (esia.base_url.ends_with('/')) esia.base_url.pop_back();
  // ESIA's tokens name it with http, whatever scheme it is reached by.
  const auto host = esia.base_url.find("://");
  if (esia.issuer.empty() && host != std::string::npos) {
    esia.issuer = "http" + esia.base_url.substr(host) + "/";
  }
  if (esia.redirect_uri.empty()) esia.redirect_uri = public_url + std::string(kCallbackPath);
}

void check_esia(const CheckedParts& parts, ConfigProblems& problems) {
  if (!parts.draft.config.esia) return;
  const auto& esia = *parts.draft.config.esia;
  Faults faults(parts, problems);
  faults.require({"esia", "base_url", "\"https://esia.gosuslugi.ru\""}, esia.base_url);
  faults.require({"esia", "client_id", "\"BERESTA\""}, esia.client_id);
  faults.require({"esia", "certificate", "\"/etc/beresta/esia-client.pem\""}, esia.certificate);
  faults.require({"esia", "esia_certificate", "\"/etc/beresta/esia.pem\""}, esia.esia_certificate);
  const char* key_example = "key_file = \"/run/credentials/beresta.service/esia.key\"";
  if (esia.key_file.empty() && esia.key_uri.empty()) {
    faults.refuse("esia.key_file", "neither esia.key_file nor esia.key_uri is set",
                  "the key in a file, or the address of one in a token", key_example);
  }
  if (!esia.key_file.empty() && !esia.key_uri.empty()) {
    faults.refuse("esia.key_uri", "esia.key_file and esia.key_uri are both set", "one of them",
                  key_example);
  }
  if (!esia.key_uri.empty()) {
    faults.require({"esia", "pkcs11_module", "\"/usr/lib/softhsm/libsofthsm2.so\""},
                   esia.pkcs11_module);
    faults.require({"esia", "pin_file", "\"/run/credentials/beresta.service/esia.pin\""},
                   esia.pin_file);
  }
  if (parts.draft.config.identity_providers.contains("esia")) {
    faults.refuse("esia", "[esia] and [identity_provider.esia] would both be the provider \"esia\"",
                  "another NAME for the second", "[identity_provider.gateway]");
  }
  if (std::find(esia.scopes.begin(), esia.scopes.end(), "openid") == esia.scopes.end()) {
    faults.refuse("esia.scopes", "esia.scopes does not hold openid",
                  "a list with openid, or there is no id_token",
                  "scopes = [\"openid\", \"fullname\", \"snils\"]");
  }
}

}  // namespace app
