// The provider's signing keys from the key folder, read again when a file comes or goes, so that
// `beresta keys rotate-openid` needs no restart. Safe from any thread.
#pragma once

#include <mutex>
#include <string>

#include "app/keys/key_files.h"
#include "openid/keys/signing_keys.h"

namespace app {

/// How long a new key is published before it signs: longer than parties keep the set.
inline constexpr core::Duration kOpenidKeyLead = std::chrono::hours(1);
/// How long an old one stays published after it stopped: longer than any of its tokens lives.
inline constexpr core::Duration kOpenidKeyTrail = std::chrono::hours(24);

class OpenidKeys final : public openid::SigningKeys {
 public:
  /// Reads the folder; makes the first key when there is none.
  /// Errors: those of load_openid_keys and create_openid_key.
  [[nodiscard]] static core::Result<std::unique_ptr<OpenidKeys>> open(std::string issuer_dir,
                                                                      core::Instant now,
                                                                      core::Rng& rng);

  [[nodiscard]] core::Result<openid::SigningKey> current(core::Instant now) override;
  [[nodiscard]] core::Result<codec::JsonObject> published(core::Instant now) override;

 private:
  explicit OpenidKeys(std::string issuer_dir) : issuer_dir_(std::move(issuer_dir)) {}
  /// Under the lock. A folder that does not read now leaves the keys as they are.
  void refresh(core::Instant now);

  std::string issuer_dir_;
  std::mutex mutex_;
  std::vector<openid::SigningKey> keys_;  ///< oldest first
  core::Instant looked_at_;
};

}  // namespace app
