#include "app/config/config_check.h"

#include <fmt/format.h>

#include "app/config/config_faults.h"
#include "app/config/esia_schema.h"
#include "app/config/operator_schema.h"
#include "app/config/provider_config.h"

// The folder of what every installation shares; the package's, unless the build says otherwise.
#ifndef BERESTA_SHARE_DIR
#define BERESTA_SHARE_DIR "/usr/share/beresta"
#endif

namespace app {
namespace {

std::string without_slashes(std::string url) {
  while (url.ends_with('/')) url.pop_back();
  return url;
}

class TogetherCheck {
 public:
  TogetherCheck(const CheckedParts& parts, ConfigProblems& problems)
      : parts_(parts), config_(parts.draft.config), faults_(parts, problems) {}

  void check_server() {
    const auto& server = config_.server;
    if (server.tls_certificate.empty() != server.tls_key.empty()) {
      refuse("server", "only one of server.tls_certificate and server.tls_key is set",
             "both, or none for plain HTTP", "");
    }
    if (server.port != 0 && server.port == server.admin_port &&
        server.address == server.admin_address) {
      refuse("server.admin_port",
             fmt::format("server.admin_port is {}, the public port", server.admin_port),
             "another port", "admin_port = 8081");
    }
  }

  void check_store() {
    if (config_.store.data_url.reveal() == config_.store.keys_url.reveal()) {
      refuse("store.keys_url", "store.keys_url is the same database as store.data_url",
             "a database of its own: deleting a key must erase the data in every backup",
             "keys_url = \"sqlite:keys.db\"");
    }
  }

  void check_provider(const std::string& name, const IdentityProviderSettings& provider) {
    const std::string section = "identity_provider." + name;
    require(section, "issuer", provider.issuer, "\"https://idp.example\"");
    require(section, "client_id", provider.client_id, "\"beresta\"");
    const auto file = parts_.draft.client_secrets.find(name);
    if (file == parts_.draft.client_secrets.end() || file->second.path.empty()) {
      require(section, "client_secret", provider.client_secret.reveal(),
              "\"...\", or client_secret_file = \"/run/credentials/...\"");
    }
    if (std::find(provider.scopes.begin(), provider.scopes.end(), "openid") ==
        provider.scopes.end()) {
      refuse(section + ".scopes", section + ".scopes does not hold openid",
             "a list with openid, or there is no id_token", "scopes = [\"openid\", \"profile\"]");
    }
  }

  void check_registry() {
    if (!config_.registry) return;
    require("registry", "base_url", config_.registry->base_url, "\"https://xroad.example/r1\"");
    require("registry", "client", config_.registry->client, "\"DEMO/GOV/1001/beresta\"");
  }

  void check_mail() {
    if (!config_.mail) return;
    require("mail", "host", config_.mail->host, "\"mail.example\"");
    require("mail", "from", config_.mail->from, "\"noreply@id.example\"");
    const auto& host = config_.mail->host;
    const bool here = host == "localhost" || host == "127.0.0.1" || host == "::1";
    if (config_.mail->protection == "none" && !here) {
      refuse("mail.protection", "mail.protection is none, and the server is another machine",
             "starttls or tls: letters carry codes", "protection = \"starttls\"");
    }
  }

  void check_limits() {
    const auto& limits = config_.limits;
    if (limits.per_number_day < limits.per_number_hour) {
      refuse("limits.per_number_day",
             fmt::format("limits.per_number_day is {}, less than per_number_hour, {}",
                         limits.per_number_day, limits.per_number_hour),
             "at least as many in a day as in an hour", "per_number_day = 10");
    }
    if (limits.sms_after >= limits.life) {
      refuse("limits.sms_after_s", "limits.sms_after_s is not shorter than limits.life_s",
             "a wait that ends before the code does", "sms_after_s = 30");
    }
  }

 private:
  void require(const std::string& section, const std::string& name, const std::string& value,
               const std::string& example) {
    faults_.require({section, name, example}, value);
  }
  void refuse(const std::string& key, std::string what, std::string expected, std::string example) {
    faults_.refuse(key, std::move(what), std::move(expected), std::move(example));
  }

  const CheckedParts& parts_;
  const Config& config_;
  Faults faults_;
};

}  // namespace

void set_defaults(ConfigDraft& draft, const std::string& folder) {
  auto& config = draft.config;
  config.store.data_url = SecretText("sqlite:" + resolved("main.db", folder));
  config.store.keys_url = SecretText("sqlite:" + resolved("keys.db", folder));
  config.keys = {resolved("root.key", folder), resolved("issuer", folder)};
  auto& installation = config.installation;
  installation.name = "Beresta";
  installation.issuer_name = "Beresta";
  installation.jurisdiction = "ru";
  installation.jurisdictions_dir = BERESTA_SHARE_DIR "/jurisdictions";
  installation.editions_dir = BERESTA_SHARE_DIR "/editions";
}

void complete(ConfigDraft& draft, ConfigProblems& problems) {
  auto& config = draft.config;
  auto& url = config.server.public_url;
  if (url.empty()) {
    url = fmt::format("{}://localhost:{}", config.server.tls_certificate.empty() ? "http" : "https",
                      config.server.port);
  }
  url = without_slashes(url);
  complete_operators(draft, problems);
  if (config.esia) complete_esia(*config.esia, url);
  if (config.mail) {
    read_secret("mail.password", draft.mail_password, config.mail->password, problems);
  }
  if (config.registry) config.registry->base_url = without_slashes(config.registry->base_url);
  complete_providers(draft, problems);
}

void check_together(const CheckedParts& parts, ConfigProblems& problems) {
  TogetherCheck check(parts, problems);
  check.check_server();
  check.check_store();
  check_operators(parts, problems);
  for (const auto& [name, provider] : parts.draft.config.identity_providers) {
    check.check_provider(name, provider);
  }
  check_esia(parts, problems);
  check.check_registry();
  check.check_mail();
  check.check_limits();
}

}  // namespace app
