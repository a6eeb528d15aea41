// Config: everything an installation decides, read from a TOML file, then the environment, then
// flags; the later wins. Plain data, complete and within its ranges once read_config returned it.
// packaging/beresta.toml explains each setting. Read once at start; safe to share when constant.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/config/account_config.h"
#include "app/config/budget_config.h"
#include "app/config/config_problem.h"
#include "app/config/esia_config.h"
#include "app/config/mail_config.h"
#include "app/config/operator_config.h"
#include "core/secret.h"
#include "http/client_address.h"

namespace app {

using Milliseconds = std::chrono::milliseconds;
using SecretText = core::Secret<std::string>;

struct ServerSettings {
  std::string address = "127.0.0.1";
  std::uint16_t port = 8080;  ///< 0 = any free one, here and below
  std::string admin_address = "127.0.0.1";
  std::uint16_t admin_port = 8081;
  /// "https://id.example", without a slash at its end; "http://localhost:PORT" unless set.
  std::string public_url;
  std::size_t io_threads = 1;
  std::size_t workers = 4;
  std::size_t queue = 1024;
  std::size_t connections_max = 10'000;
  std::string static_root;      ///< the built web client; empty = none
  std::string tls_certificate;  ///< PEM; empty = plain HTTP
  std::string tls_key;          ///< PEM; set if and only if the certificate is
  std::vector<http::AddressBlock> trusted_proxies;
  double rate_scale = 1.0;         ///< 0 turns the rate limits off
  std::chrono::seconds drain{30};  ///< for requests in flight after SIGTERM
};

struct StoreSettings {
  SecretText data_url;  ///< "sqlite:/path" (absolute by now) or "postgresql://..."
  SecretText keys_url;
  Milliseconds statement_timeout{5000};
  Milliseconds busy_timeout{5000};
  Milliseconds connect_timeout{5000};
  int connections_max = 8;
  int write_queue_max = 1024;
  int write_group_max = 64;
};

struct KeySettings {
  std::string root_key_file;
  std::string issuer_dir;  ///< trust-root.pem and issuer-<YYYYMMDDThhmmssZ>.pem (key_files.h)
};

struct InstallationSettings {
  std::string name;         ///< of the service, as people see it
  std::string issuer_name;  ///< of whoever answers for the Digital ID; 1..120 bytes
  std::string jurisdiction;
  std::string jurisdictions_dir;
  std::string editions_dir;
  std::string processing_file;  ///< the register; empty = processing/ beside jurisdictions_dir
  std::string problems_file;    ///< texts of problems by reason, JSON; empty = generic ones
  std::vector<std::string> languages;  ///< empty = those of the jurisdiction
};

struct IdentityProviderSettings {
  std::string issuer;
  std::string client_id;
  SecretText client_secret;
  std::string redirect_uri;  ///< public_url + "/api/v1/identity-provider/callback" unless set
  std::vector<std::string> scopes;
  std::string name_ru;
  std::string name_en;
  std::string trusted_claim = "trusted";  ///< boolean claim: the identity was verified
  Milliseconds timeout{5000};
  std::string ca_file;
};

/// Where registries are asked; the paths of the services are in the jurisdiction file.
struct RegistrySettings {
  std::string base_url;
  std::string client;  ///< value of X-Road-Client
  Milliseconds timeout{5000};
  int retries = 2;                         ///< after the first attempt
  int breaker_failures = 5;                ///< in a row
  std::chrono::seconds breaker_pause{15};  ///< until one trial is let through
  std::string ca_file;
};

struct SecondFactorSettings {
  /// Who proves their number at sign-in for want of a passkey or a code app: "nobody", "verified",
  /// "everybody". Whoever has one of those is always asked for it.
  std::string demanded_of = "nobody";
};

struct TransparencySettings {
  std::string origin;                  ///< the log's name; empty = the public address and "/log"
  std::vector<std::string> witnesses;  ///< vkeys of type 0x04 (C2SP tlog-cosignature)
};

struct DemoSettings {
  std::string phone_url;  ///< page that shows what a demo phone receives; empty = no demonstration
};

struct LimitSettings {
  int per_number_hour = 5;
  int per_number_day = 10;
  int per_server_minute = 600;
  int attempts = 3;
  std::chrono::seconds life{300};
  std::chrono::seconds sms_after{30};
};

enum class LogLevel { kDebug, kInfo, kWarning, kError };

struct LogSettings {
  LogLevel level = LogLevel::kInfo;
};

struct Config {
  ServerSettings server;
  StoreSettings store;
  KeySettings keys;
  InstallationSettings installation;
  OperatorsSettings operators;                                         ///< by name
  std::map<std::string, IdentityProviderSettings> identity_providers;  ///< by the section's name
  std::optional<EsiaSettings> esia;          ///< absent without its section
  std::optional<RegistrySettings> registry;  ///< absent without its section
  DemoSettings demo;
  SecondFactorSettings second_factor;
  TransparencySettings transparency;
  LimitSettings limits;
  BudgetSettings budgets;
  AccountSettings account;
  std::optional<MailSettings> mail;  ///< absent without its section
  LogSettings log;
};

/// Where settings come from. `environment` holds NAME=value pairs; only BERESTA_... are looked at
/// (BERESTA_SERVER_PORT is server.port). `overrides` are "section.key=value".
struct ConfigSources {
  std::string file;  ///< empty = defaults, environment and overrides alone
  std::vector<std::string> environment;
  std::vector<std::string> overrides;
  /// Also demand that the files and folders named are there; commands that make them do not.
  bool check_files = true;
};

/// One setting as it takes effect.
struct EffectiveSetting {
  std::string key;     ///< "server.port"
  std::string value;   ///< in TOML; "(secret)" for one
  std::string source;  ///< "default", "beresta.toml:3:8", "environment BERESTA_SERVER_PORT"
};

struct ConfigReading {
  Config config;
  std::vector<EffectiveSetting> effective;
};

/// Reads, checks and completes the configuration: or tells everything that is wrong with it, be it
/// an unknown key, a wrong type, a value out of range, a contradiction or a missing file.
[[nodiscard]] Checked<ConfigReading> read_config(const ConfigSources& sources);

/// The process's environment, for ConfigSources. Call before threads start.
[[nodiscard]] std::vector<std::string> process_environment();

}  // namespace app
