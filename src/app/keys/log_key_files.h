// The transparency log's signing keys: log-<YYYYMMDDThhmmssZ>.pem in the key folder, Ed25519 in
// PKCS#8, read again when a file comes, so that `beresta keys rotate-log` needs no restart. Safe
// from any thread.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "audit/log_signer.h"
#include "core/result.h"
#include "core/rng.h"

namespace app {

/// For so long after a new key began to sign, the one before it signs too.
inline constexpr core::Duration kLogKeyOverlap = std::chrono::hours(24 * 7);
/// How long a new key is published before it signs.
inline constexpr core::Duration kLogKeyLead = std::chrono::hours(1);

struct LogKeyFile {
  core::Instant signs_from;
  crypto::Ed25519PrivateKey key;
};

/// Every key file, oldest first; may be none.
/// Errors: those of crypto::read_private_file; kInternal "key.malformed".
[[nodiscard]] core::Result<std::vector<LogKeyFile>> load_log_keys(const std::string& folder);
/// Makes one that signs from `from` (whole second) on.
/// Errors: kConflict "key.file_exists"; kInternal "key.not_written".
[[nodiscard]] core::Result<LogKeyFile> create_log_key(const std::string& folder, core::Instant from,
                                                      core::Rng& rng);

class LogKeyFiles final : public audit::LogSigner {
 public:
  /// Reads the folder; makes the first key when there is none.
  /// Errors: those of load_log_keys and create_log_key; kInvalidInput "key.origin" the origin
  /// cannot
  ///         be the name of a key.
  [[nodiscard]] static core::Result<std::unique_ptr<LogKeyFiles>> open(std::string folder,
                                                                       std::string origin,
                                                                       core::Instant now,
                                                                       core::Rng& rng);

  [[nodiscard]] const std::string& origin() const override { return origin_; }
  [[nodiscard]] core::Result<std::vector<audit::NoteSignature>> sign(std::string_view text,
                                                                     core::Instant now) override;
  [[nodiscard]] std::vector<audit::NoteVerifier> published(core::Instant now) override;
  [[nodiscard]] std::vector<core::Instant> beginnings(core::Instant now) override;

 private:
  LogKeyFiles(std::string folder, std::string origin)
      : folder_(std::move(folder)), origin_(std::move(origin)) {}
  /// Under the lock. A folder that does not read now leaves the keys as they are.
  void refresh(core::Instant now);

  std::string folder_;
  std::string origin_;
  std::mutex mutex_;
  std::vector<LogKeyFile> keys_;  ///< oldest first
  core::Instant looked_at_;
};

}  // namespace app
