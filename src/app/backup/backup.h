// Backup: copies of the two databases with a manifest each, and their way back. Used by the command
// line, beside running servers or without any; one call at a time for a folder.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/backup/manifest.h"
#include "app/config/config.h"

namespace app {

/// Copies one database into the folder, which is made if need be (mode 0700): a copy and its
/// manifest, named by part and moment. @return the manifest's path.
/// Errors: those of store::copy_out, store::check_schema, open_root_keys and write_manifest.
[[nodiscard]] core::Result<std::string> back_up(const Config& config, BackupPart part,
                                                const std::string& folder, core::Instant now);

/// Removes copies of the key database taken before the moment, and their manifests.
/// @return names of the manifests removed. Errors: kUnavailable "store.io".
[[nodiscard]] core::Result<std::vector<std::string>> remove_old_keys(const std::string& folder,
                                                                     core::Instant before);

/// Fills an empty database from a copy.
/// Errors: those of read_manifest and store::copy_in;
///         kInternal "backup.damaged"           the copy's SHA-256 is not the manifest's;
///         kConflict "backup.other_engine"      the configured database is of another engine;
///         kConflict "backup.other_deployment"  made under another root key, or for another
///         country; kConflict "backup.root_retired" keys wrapped by a root key that is retired;
///         kConflict "store.too_new"            made by a newer program.
[[nodiscard]] core::Result<BackupManifest> restore(const Config& config,
                                                   const std::string& manifest_path);

/// How the two databases fit together.
struct PairReport {
  std::int64_t people = 0;      ///< who have personal data in the main database
  std::int64_t unreadable = 0;  ///< of them, without any key: erased, or their keys are missing
  std::int64_t keyless = 0;     ///< keys whose owner is not in the main database
};
/// Reads both databases through. Errors: those of open_store and check_root_keys.
[[nodiscard]] core::Result<PairReport> check_pair(const Config& config);

}  // namespace app
