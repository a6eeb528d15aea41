// BackupManifest: what stands beside a copy of a database, so that nobody has to guess what it is,
// whether it is whole, and which root key its data hang on. It holds nothing personal. Value type.
#pragma once

#include <string>

#include "core/instant.h"
#include "core/result.h"

namespace app {

/// Which of the two databases.
enum class BackupPart { kData, kKeys };
[[nodiscard]] std::string_view name_of(BackupPart part);

struct BackupManifest {
  BackupPart part = BackupPart::kData;
  std::string engine;  ///< "sqlite", "postgresql"
  std::string file;    ///< name of the copy, in the manifest's own folder
  std::string sha256;  ///< of the copy, hexadecimal
  core::Instant taken_at;
  int schema_version = 0;
  std::string root_key_id;  ///< hexadecimal; names the root key and tells nothing about it
  std::string jurisdiction;
  std::string program;  ///< version that made it
};

/// Writes the manifest into a new file of mode 0600 and returns when it is on disk.
/// Errors: kConflict "backup.file_exists"; kUnavailable "store.io".
[[nodiscard]] core::Status write_manifest(const BackupManifest& manifest, const std::string& path);
/// Errors: kNotFound "backup.file_missing"; kInvalidInput "backup.manifest_malformed".
[[nodiscard]] core::Result<BackupManifest> read_manifest(const std::string& path);

}  // namespace app
