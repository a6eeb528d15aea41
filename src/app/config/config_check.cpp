#include "app/config/config_check.h"

#include <fmt/format.h>

#include <filesystem>

#include "app/config/toml_file.h"

// The folder of what every installation shares; the package's, unless the build says otherwise.
#ifndef BERESTA_SHARE_DIR
#define BERESTA_SHARE_DIR "/usr/share/beresta"
#endif

namespace app {
namespace {

constexpr std::size_t kSecretBytesMax = 64UL * 1024;
constexpr std::string_view kCallbackPath = "/api/v1/identity-provider/callback";

void set_gateway_defaults(GatewaySettings& gateway, std::string_view body) {
  gateway.success_status = {200};
  gateway.body = body;
}

std::string without_slashes(std::string url) {
  while (url.ends_with('/')) url.pop_back();
  return url;
}

// A secret in a file ends with the line's end that every editor adds.
void read_secret(const std::string& key, const SecretFile& file, SecretText& secret,
                 ConfigProblems& problems) {
  if (file.path.empty()) return;
  if (!secret.reveal().empty()) {
    problems.push_back(
        {key + "_file", fmt::format("{} and {}_file are both set", key, key), "one of them", ""});
    return;
  }
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(file.path, ignored)) return;  // check_paths tells
  auto text = read_text_file(file.path, kSecretBytesMax);
  if (!text) {
    problems.push_back({file.path, text.error(), "a file that the server's user may read", ""});
    return;
  }
  while (text->ends_with('\n') || text->ends_with('\r')) text->pop_back();
  if (text->empty() || !is_printable(*text)) {
    problems.push_back({file.path, fmt::format("holds no secret for {}", key), "one line", ""});
    return;
  }
  secret = SecretText(std::move(*text));
}

class TogetherCheck {
 public:
  TogetherCheck(const CheckedParts& parts, ConfigProblems& problems)
      : parts_(parts), config_(parts.draft.config), problems_(problems) {}

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

  void check_gateway(const std::string& section, const std::optional<GatewaySettings>& gateway,
                     const std::string& placeholder) {
    if (!gateway) return;
    require(section, "url", gateway->url, "\"https://operator.example/send\"");
    const std::string everything = gateway->url + gateway->body;
    for (const auto& name : {std::string("{to}"), placeholder}) {
      if (everything.find(name) != std::string::npos) continue;
      refuse(section + ".body", fmt::format("{}.body does not say {}", section, name),
             "a body or url with the number and what to tell it",
             fmt::format("body = '{{\"to\":\"{{to}}\",\"text\":\"{}\"}}'", placeholder));
    }
  }

  void check_provider() {
    if (!config_.identity_provider) return;
    const auto& provider = *config_.identity_provider;
    require("identity_provider", "issuer", provider.issuer, "\"https://idp.example\"");
    require("identity_provider", "client_id", provider.client_id, "\"beresta\"");
    if (parts_.draft.client_secret.path.empty()) {
      require("identity_provider", "client_secret", provider.client_secret.reveal(),
              "\"...\", or client_secret_file = \"/run/credentials/...\"");
    }
    if (std::find(provider.scopes.begin(), provider.scopes.end(), "openid") ==
        provider.scopes.end()) {
      refuse("identity_provider.scopes", "identity_provider.scopes does not hold openid",
             "a list with openid, or there is no id_token", "scopes = [\"openid\", \"profile\"]");
    }
  }

  void check_registry() {
    if (!config_.registry) return;
    require("registry", "base_url", config_.registry->base_url, "\"https://xroad.example/r1\"");
    require("registry", "client", config_.registry->client, "\"DEMO/GOV/1001/beresta\"");
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
    const std::string key = section + "." + name;
    // A value that was refused is told about already.
    if (!value.empty() || parts_.raw.settings.contains(key)) return;
    refuse(key, fmt::format("{} is not set", key), fmt::format("a value: [{}] is there", section),
           fmt::format("{} = {}", name, example));
  }

  void refuse(const std::string& key, std::string what, std::string expected, std::string example) {
    problems_.push_back(
        {where_of_key(key), std::move(what), std::move(expected), std::move(example)});
  }

  // Where the key stands, or else its section, or else the file.
  [[nodiscard]] std::string where_of_key(const std::string& key) const {
    const auto& raw = parts_.raw;
    if (const auto found = raw.settings.find(key); found != raw.settings.end()) {
      return found->second.where;
    }
    const std::string section = raw.sections.contains(key) ? key : key.substr(0, key.rfind('.'));
    if (const auto found = raw.sections.find(section); found != raw.sections.end()) {
      return found->second;
    }
    return parts_.file.empty() ? "configuration" : parts_.file;
  }

  const CheckedParts& parts_;
  const Config& config_;
  ConfigProblems& problems_;
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
  if (config.operators.sms) {
    set_gateway_defaults(*config.operators.sms, R"({"id":"{id}","to":"{to}","text":"{text}"})");
  }
  if (config.operators.call) {
    set_gateway_defaults(*config.operators.call, R"({"id":"{id}","to":"{to}","code":"{code}"})");
  }
  if (config.identity_provider) {
    config.identity_provider->scopes = {"openid", "profile"};
    config.identity_provider->name_ru = "Госуслуги";
    config.identity_provider->name_en = "Gosuslugi";
  }
}

void complete(ConfigDraft& draft, ConfigProblems& problems) {
  auto& config = draft.config;
  auto& url = config.server.public_url;
  if (url.empty()) {
    url = fmt::format("{}://localhost:{}", config.server.tls_certificate.empty() ? "http" : "https",
                      config.server.port);
  }
  url = without_slashes(url);
  if (config.operators.sms) {
    read_secret("operator.sms.token", draft.sms_token, config.operators.sms->token, problems);
  }
  if (config.operators.call) {
    read_secret("operator.call.token", draft.call_token, config.operators.call->token, problems);
  }
  if (config.registry) config.registry->base_url = without_slashes(config.registry->base_url);
  if (!config.identity_provider) return;
  auto& provider = *config.identity_provider;
  read_secret("identity_provider.client_secret", draft.client_secret, provider.client_secret,
              problems);
  if (provider.redirect_uri.empty()) provider.redirect_uri = url + std::string(kCallbackPath);
}

void check_together(const CheckedParts& parts, ConfigProblems& problems) {
  TogetherCheck check(parts, problems);
  const auto& operators = parts.draft.config.operators;
  check.check_server();
  check.check_store();
  check.check_gateway("operator.sms", operators.sms, "{text}");
  check.check_gateway("operator.call", operators.call, "{code}");
  check.check_provider();
  check.check_registry();
  check.check_limits();
}

}  // namespace app
