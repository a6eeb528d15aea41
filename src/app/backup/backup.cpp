#include "app/backup/backup.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "app/keys/root_keys.h"
#include "app/version.h"
#include "app/wiring/foundation.h"
#include "crypto/file_digest.h"
#include "crypto/system_rng.h"
#include "store/backup.h"

namespace app {
namespace {

namespace fs = std::filesystem;
using core::ErrorCode;
using core::fail;

constexpr std::string_view kManifestEnd = ".json";

constexpr store::Query kFindVersion{"backup.version",
                                    "SELECT CAST(max(number) AS BIGINT) FROM schema_migration"};

struct Source {
  const SecretText& url;
  std::span<const store::Migration> scripts;
};

Source source_of(const Config& config, BackupPart part) {
  if (part == BackupPart::kData) return {config.store.data_url, data_migrations()};
  return {config.store.keys_url, key_migrations()};
}

core::Result<int> schema_version(const Config& config, const SecretText& url) {
  crypto::SystemRng rng;
  TRY(const auto database, open_store(config, url, false, rng, nullptr));
  TRY(const auto rows,
      database->read([](store::UnitOfWork& unit) { return unit.run(kFindVersion); }));
  return static_cast<int>(rows.front().int64(0));
}

core::Result<std::string> root_key_id(const Config& config) {
  TRY(const auto root, open_root_keys(config.keys));
  return crypto::to_text(root->key_id());
}

/// "keys-20261126T101500Z": sorts by part and time.
std::string stem_of(BackupPart part, core::Instant at) {
  auto moment = core::to_rfc3339(at);
  std::erase_if(moment, [](char c) { return c == '-' || c == ':'; });
  return fmt::format("{}-{}", name_of(part), moment);
}

core::Status make_folder(const std::string& folder) {
  std::error_code failed;
  if (fs::is_directory(folder, failed)) return {};
  if (fs::create_directories(folder, failed)) {
    fs::permissions(folder, fs::perms::owner_all, failed);
  }
  if (failed) return fail(ErrorCode::kUnavailable, "store.io", folder);
  return {};
}

core::Status check_deployment(const Config& config, const BackupManifest& manifest) {
  TRY(const auto root, open_root_keys(config.keys));
  const auto id = crypto::parse_key_id(manifest.root_key_id);
  const auto known = id ? root->what_of(*id) : crypto::RootKnowledge::kUnknown;
  if (known == crypto::RootKnowledge::kUnknown) {
    return fail(ErrorCode::kConflict, "backup.other_deployment",
                "it was made under another root key");
  }
  // Data are sealed under the keys of citizens, whatever wraps these: they fit today's keys.
  if (known == crypto::RootKnowledge::kRetired && manifest.part == BackupPart::kKeys) {
    return fail(ErrorCode::kConflict, "backup.root_retired",
                "root key " + manifest.root_key_id + "; the copy itself is whole");
  }
  if (manifest.jurisdiction != config.installation.jurisdiction) {
    return fail(ErrorCode::kConflict, "backup.other_deployment",
                "it was made for the jurisdiction " + manifest.jurisdiction);
  }
  return {};
}

}  // namespace

core::Result<std::string> back_up(const Config& config, BackupPart part, const std::string& folder,
                                  core::Instant now) {
  const auto source = source_of(config, part);
  BackupManifest manifest;
  manifest.part = part;
  manifest.taken_at = core::Instant::from_seconds(now.seconds());
  manifest.jurisdiction = config.installation.jurisdiction;
  manifest.program = std::string(kVersion);
  TRY(const auto engine, store::engine_of(source.url.reveal()));
  TRY(manifest.root_key_id, root_key_id(config));
  TRY(manifest.schema_version, schema_version(config, source.url));
  TRY_VOID(make_folder(folder));
  const auto stem = stem_of(part, now);
  manifest.engine = store::name_of(engine);
  manifest.file = stem + (engine == store::Engine::kSqlite ? ".db" : ".dump");
  const auto copy = (fs::path(folder) / manifest.file).string();
  TRY_VOID(store::copy_out(source.url.reveal(), copy));
  TRY(const auto digest, crypto::sha256_of_file(copy));
  manifest.sha256 = core::to_hex(digest);
  const auto path = (fs::path(folder) / (stem + std::string(kManifestEnd))).string();
  TRY_VOID(write_manifest(manifest, path));
  return path;
}

core::Result<std::vector<std::string>> remove_old_keys(const std::string& folder,
                                                       core::Instant before) {
  std::vector<std::string> removed;
  std::error_code failed;
  for (const auto& entry : fs::directory_iterator(folder, failed)) {
    const auto name = entry.path().filename().string();
    if (!name.starts_with("keys-") || !name.ends_with(kManifestEnd)) continue;
    const auto manifest = read_manifest(entry.path().string());
    // What cannot be read is left: it may be somebody else's.
    if (!manifest || manifest->part != BackupPart::kKeys || manifest->taken_at >= before) continue;
    fs::remove(fs::path(folder) / manifest->file, failed);
    if (!failed) fs::remove(entry.path(), failed);
    if (failed) return fail(ErrorCode::kUnavailable, "store.io", entry.path().string());
    removed.push_back(name);
  }
  if (failed) return fail(ErrorCode::kUnavailable, "store.io", folder);
  std::sort(removed.begin(), removed.end());
  return removed;
}

core::Result<BackupManifest> restore(const Config& config, const std::string& manifest_path) {
  TRY(const auto manifest, read_manifest(manifest_path));
  const auto source = source_of(config, manifest.part);
  TRY(const auto engine, store::engine_of(source.url.reveal()));
  if (manifest.engine != store::name_of(engine)) {
    return fail(ErrorCode::kConflict, "backup.other_engine", manifest.engine);
  }
  TRY_VOID(check_deployment(config, manifest));
  if (manifest.schema_version > source.scripts.back().number) {
    return fail(ErrorCode::kConflict, "store.too_new", manifest.program);
  }
  const auto copy = (fs::path(manifest_path).parent_path() / manifest.file).string();
  if (!fs::is_regular_file(copy)) return fail(ErrorCode::kNotFound, "backup.file_missing", copy);
  TRY(const auto digest, crypto::sha256_of_file(copy));
  if (core::to_hex(digest) != manifest.sha256) {
    return fail(ErrorCode::kInternal, "backup.damaged", copy);
  }
  TRY_VOID(store::copy_in(source.url.reveal(), copy));
  return manifest;
}

}  // namespace app
