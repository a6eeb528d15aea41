#include "app/backup/manifest.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <sstream>

#include "codec/json.h"

namespace app {
namespace {

using core::ErrorCode;
using core::fail;

constexpr std::string_view kFormat = "beresta-backup-1";
constexpr std::size_t kBytesMax = 16UL * 1024;
constexpr std::size_t kTextMax = 200;
constexpr int kVersionMax = 1'000'000;
constexpr int kOwnerOnly = 0600;

core::Result<BackupManifest> from_json(const codec::Json& json) {
  BackupManifest manifest;
  TRY(auto fields, codec::JsonFields::of(json));
  TRY(const auto format, fields.string("format", kTextMax));
  TRY(const auto part, fields.string("database", kTextMax));
  TRY(manifest.engine, fields.string("engine", kTextMax));
  TRY(manifest.file, fields.string("file", kTextMax));
  TRY(manifest.sha256, fields.string("sha256", kTextMax));
  TRY(const auto taken_at, fields.string("taken_at", kTextMax));
  TRY(manifest.taken_at, core::from_rfc3339(taken_at));
  TRY(const auto version, fields.int64("schema_version", 0, kVersionMax));
  manifest.schema_version = static_cast<int>(version);
  TRY(manifest.root_key_id, fields.string("root_key_id", kTextMax));
  TRY(manifest.jurisdiction, fields.string("jurisdiction", kTextMax));
  TRY(manifest.program, fields.string("program", kTextMax));
  TRY_VOID(fields.finish());
  const bool known = part == name_of(BackupPart::kData) || part == name_of(BackupPart::kKeys);
  // A name of a file beside the manifest and nothing else: no way into another folder.
  const bool beside = !manifest.file.empty() && manifest.file.front() != '.' &&
                      manifest.file.find('/') == std::string::npos;
  if (format != kFormat || !known || !beside) {
    return fail(ErrorCode::kInvalidInput, "backup.manifest_malformed");
  }
  manifest.part = part == name_of(BackupPart::kKeys) ? BackupPart::kKeys : BackupPart::kData;
  return manifest;
}

core::Status write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const auto count = ::write(descriptor, text.data(), text.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return fail(ErrorCode::kUnavailable, "store.io");
    text.remove_prefix(static_cast<std::size_t>(count));
  }
  if (::fsync(descriptor) == 0) return {};
  return fail(ErrorCode::kUnavailable, "store.io");
}

}  // namespace

std::string_view name_of(BackupPart part) { return part == BackupPart::kData ? "data" : "keys"; }

core::Status write_manifest(const BackupManifest& manifest, const std::string& path) {
  const codec::JsonObject json{{"format", kFormat},
                               {"database", name_of(manifest.part)},
                               {"engine", manifest.engine},
                               {"file", manifest.file},
                               {"sha256", manifest.sha256},
                               {"taken_at", core::to_rfc3339(manifest.taken_at)},
                               {"schema_version", manifest.schema_version},
                               {"root_key_id", manifest.root_key_id},
                               {"jurisdiction", manifest.jurisdiction},
                               {"program", manifest.program}};
  const int descriptor =
      ::open(path.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_NOFOLLOW | O_CLOEXEC, kOwnerOnly);
  if (descriptor < 0 && errno == EEXIST) {
    return fail(ErrorCode::kConflict, "backup.file_exists", path);
  }
  if (descriptor < 0) return fail(ErrorCode::kUnavailable, "store.io", path);
  auto written = write_all(descriptor, codec::to_text(json) + "\n");
  ::close(descriptor);
  return written;
}

core::Result<BackupManifest> read_manifest(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return fail(ErrorCode::kNotFound, "backup.file_missing", path);
  std::ostringstream text;
  text << file.rdbuf();
  const auto json = codec::parse_json(text.str(), {.bytes_max = kBytesMax});
  if (!json) return fail(ErrorCode::kInvalidInput, "backup.manifest_malformed", path);
  auto manifest = from_json(*json);
  if (!manifest) return fail(ErrorCode::kInvalidInput, "backup.manifest_malformed", path);
  return manifest;
}

}  // namespace app
