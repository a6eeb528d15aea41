// The commands of `beresta`, as functions of their options. command_line.cpp parses the options;
// each function returns the exit code and tells on the terminal what it did or what is wrong.
// Called once each, on the main thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/cli/terminal.h"
#include "app/config/config.h"
#include "app/config/jurisdiction.h"

namespace app {

/// --config and --set, which most commands take.
struct ConfigOptions {
  std::string file;  ///< empty = found as find_config_file says
  std::vector<std::string> overrides;
};

struct ShowableConfigOptions {
  ConfigOptions config;
  bool show = false;
};

/// Exit codes of `qr verify`; 0 and 1 are the answer, 2 is kExitUsage.
inline constexpr int kExitExpired = 3;
inline constexpr int kExitForged = 4;
inline constexpr int kExitUnknownIssuer = 5;
inline constexpr int kExitMalformed = 6;
inline constexpr int kExitNotYetValid = 7;
inline constexpr int kExitRevoked = 8;

struct QrVerifyOptions {
  ConfigOptions config;
  std::string input;  ///< a code, the name of a PNG or text file, or "-"
  std::string trust;  ///< file of the signed trust list; empty = this installation's keys
  std::string root;   ///< the root key in base64url, or a file with it; empty = this installation's
  std::optional<std::int64_t> at_seconds;  ///< the moment of checking; empty = now
  std::string language;                    ///< "ru" or "en"; empty = by LC_ALL, LANG
  bool json = false;
};

struct QrShowOptions {
  std::string input;  ///< the text, or "-"
  std::string png;
  std::string svg;
  int scale = 8;
};

struct MailTestOptions {
  ConfigOptions config;
  std::string to;  ///< an e-mail address
};

struct ErasureReportOptions {
  ConfigOptions config;
  std::string receipt;  ///< as the person has it
};

/// --config, else $BERESTA_CONFIG, else ./beresta.toml, else /etc/beresta/beresta.toml; empty if
/// none of them is there.
[[nodiscard]] std::string find_config_file(const ConfigOptions& options);

/// Reads the configuration; tells what is wrong and gives nothing if it is.
/// @param check_files  see ConfigSources.
[[nodiscard]] std::optional<ConfigReading> load_config(const ConfigOptions& options,
                                                       bool check_files, Terminal& terminal);
/// The same for the jurisdiction it names.
[[nodiscard]] std::optional<Jurisdiction> load_jurisdiction(const Config& config,
                                                            Terminal& terminal);

int serve_command(const ConfigOptions& options, Terminal& terminal);
int config_check_command(const ShowableConfigOptions& options, Terminal& terminal);
int routes_command(const ConfigOptions& options, Terminal& terminal);
int migrate_command(const ConfigOptions& options, Terminal& terminal);
int keys_init_command(const ConfigOptions& options, Terminal& terminal);
int keys_rotate_command(const ConfigOptions& options, Terminal& terminal);
int keys_rotate_openid_command(const ConfigOptions& options, Terminal& terminal);
int keys_rotate_log_command(const ConfigOptions& options, Terminal& terminal);
int qr_verify_command(const QrVerifyOptions& options, Terminal& terminal);
int qr_show_command(const QrShowOptions& options, Terminal& terminal);
int mail_test_command(const MailTestOptions& options, Terminal& terminal);
int erasure_report_command(const ErasureReportOptions& options, Terminal& terminal);
int inactive_accounts_command(const ConfigOptions& options, Terminal& terminal);
int version_command(Terminal& terminal);

}  // namespace app
