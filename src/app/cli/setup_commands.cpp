#include <fmt/format.h>

#include <filesystem>

#include "app/cli/commands.h"
#include "app/keys/key_files.h"
#include "app/keys/log_key_files.h"
#include "app/keys/openid_keys.h"
#include "app/system_clock.h"
#include "app/wiring/foundation.h"
#include "codec/base64url.h"
#include "codec/jose.h"
#include "crypto/file_key_provider.h"
#include "crypto/system_rng.h"
#include "store/storage_place.h"
#include "wallet/digital_id_code.h"

namespace app {
namespace {

struct MigrationTarget {
  std::string_view name;
  const SecretText& url;
  std::span<const store::Migration> scripts;
};

core::Result<store::MigrationReport> migrate_one(const Config& config,
                                                 const MigrationTarget& target) {
  crypto::SystemRng rng;
  TRY(const auto database, open_store(config, target.url, true, rng, nullptr));
  const auto now = SystemClock().now();
  // Storage of another country is not touched; one without a tag, or without a table for it, gets
  // it.
  const auto place = store::find_place(*database);
  if (place && !place->empty()) {
    TRY_VOID(store::settle_place(*database, config.installation.jurisdiction, now));
  }
  TRY(auto report, store::migrate(*database, target.scripts, now));
  TRY_VOID(store::settle_place(*database, config.installation.jurisdiction, now));
  return report;
}

// Before anything is made, so that a half-done set-up of yesterday is never mixed with a new one.
core::Status check_nothing_there(const KeySettings& keys) {
  std::error_code ignored;
  const auto is_there = [&](const std::string& path) {
    return std::filesystem::exists(std::filesystem::symlink_status(path, ignored));
  };
  for (const auto& path :
       {keys.root_key_file, fmt::format("{}/{}", keys.issuer_dir, kTrustRootFile)}) {
    if (is_there(path)) return core::fail(core::ErrorCode::kConflict, "key.file_exists", path);
  }
  for (std::filesystem::directory_iterator at(keys.issuer_dir, ignored), end; at != end;
       at.increment(ignored)) {
    if (at->path().filename().string().starts_with("issuer-")) {
      return core::fail(core::ErrorCode::kConflict, "key.file_exists", at->path().string());
    }
  }
  return {};
}

core::Result<IssuerKeyFile> make_keys(const KeySettings& keys) {
  crypto::SystemRng rng;
  TRY_VOID(check_nothing_there(keys));
  TRY_VOID(crypto::FileKeyProvider::create(keys.root_key_file, rng));
  TRY_VOID(create_trust_root(keys.issuer_dir, rng));
  return create_issuer_key(keys.issuer_dir, SystemClock().now(), rng);
}

// A new key beside readable old ones: otherwise the old codes would be lost without a word.
core::Result<IssuerKeyFile> add_issuer_key(const KeySettings& keys) {
  crypto::SystemRng rng;
  TRY_VOID(load_trust_root(keys.issuer_dir));
  TRY_VOID(load_issuer_keys(keys.issuer_dir));
  return create_issuer_key(keys.issuer_dir, SystemClock().now(), rng);
}

std::string kid_text(const IssuerKeyFile& file) {
  return core::to_hex(wallet::kid_of(file.key.public_key()));
}

}  // namespace

int migrate_command(const ConfigOptions& options, Terminal& terminal) {
  const auto reading = load_config(options, false, terminal);
  if (!reading) return kExitFailed;
  const auto& config = reading->config;
  for (const auto& target : {MigrationTarget{"data", config.store.data_url, data_migrations()},
                             MigrationTarget{"keys", config.store.keys_url, key_migrations()}}) {
    const auto report = migrate_one(config, target);
    if (!report) {
      terminal.err << target.name << " database: ";
      return tell(terminal, report.error());
    }
    terminal.out << fmt::format("{} database: {}, now at version {}\n", target.name,
                                report->applied == 0
                                    ? std::string("nothing to apply")
                                    : fmt::format("{} scripts applied from version {} on",
                                                  report->applied, report->version_before),
                                report->version_after);
  }
  return kExitGood;
}

int keys_init_command(const ConfigOptions& options, Terminal& terminal) {
  const auto reading = load_config(options, false, terminal);
  if (!reading) return kExitFailed;
  const auto& keys = reading->config.keys;
  const auto issuer = make_keys(keys);
  if (!issuer) return tell(terminal, issuer.error());
  const auto root = load_trust_root(keys.issuer_dir);
  if (!root) return tell(terminal, root.error());
  terminal.out << fmt::format(
      "root key:    {}\ntrust root:  {}/{}\nissuer key:  {} in {}\n\n"
      "Checkers pin the trust root: {}\n"
      "Without the root key all personal data is lost: keep two copies away from this machine.\n",
      keys.root_key_file, keys.issuer_dir, kTrustRootFile, kid_text(*issuer), keys.issuer_dir,
      codec::to_base64url(root->public_key().uncompressed()));
  return kExitGood;
}

int keys_rotate_command(const ConfigOptions& options, Terminal& terminal) {
  const auto reading = load_config(options, false, terminal);
  if (!reading) return kExitFailed;
  const auto issuer = add_issuer_key(reading->config.keys);
  if (!issuer) return tell(terminal, issuer.error());
  terminal.out << fmt::format(
      "issuer key {} signs from {} on, as soon as the server is restarted.\n"
      "Older keys stay in the trust list, so that codes already issued go on working.\n",
      kid_text(*issuer), core::to_rfc3339(issuer->not_before));
  return kExitGood;
}

int keys_rotate_openid_command(const ConfigOptions& options, Terminal& terminal) {
  const auto reading = load_config(options, false, terminal);
  if (!reading) return kExitFailed;
  crypto::SystemRng rng;
  const auto key =
      create_openid_key(reading->config.keys.issuer_dir, SystemClock().now() + kOpenidKeyLead, rng);
  if (!key) return tell(terminal, key.error());
  terminal.out << fmt::format(
      "provider key {} is published within seconds and signs from {} on.\n"
      "The key before it stays published for a day after that.\n",
      codec::thumbprint(key->key.public_key()), core::to_rfc3339(key->not_before));
  return kExitGood;
}

int keys_rotate_log_command(const ConfigOptions& options, Terminal& terminal) {
  const auto reading = load_config(options, false, terminal);
  if (!reading) return kExitFailed;
  crypto::SystemRng rng;
  const auto key =
      create_log_key(reading->config.keys.issuer_dir, SystemClock().now() + kLogKeyLead, rng);
  if (!key) return tell(terminal, key.error());
  terminal.out << fmt::format(
      "log key {} is published within seconds and signs from {} on.\n"
      "For a week after that the key before it signs too. No log key may ever be deleted.\n",
      core::to_hex(key->key.public_key().bytes()), core::to_rfc3339(key->signs_from));
  return kExitGood;
}

}  // namespace app
