// Revocations: digests of attestations taken back before their term, in memory, so that checking a
// code touches no database. Refreshed by app/ every second or two and at once by whoever revokes.
// Safe from any thread.
#pragma once

#include <cstring>
#include <shared_mutex>
#include <unordered_set>

#include "core/instant.h"
#include "core/result.h"
#include "crypto/digest.h"
#include "store/database.h"

namespace wallet {

class Revocations {
 public:
  explicit Revocations(store::Database& data) : data_(data) {}

  /// Loads what was revoked since the last refresh, by any process. Errors: the store's.
  [[nodiscard]] core::Status refresh(core::Instant now);
  [[nodiscard]] bool contains(const crypto::Digest256& digest) const;

 private:
  struct Hash {
    std::size_t operator()(const crypto::Digest256& digest) const {
      std::size_t hash = 0;
      std::memcpy(&hash, digest.data(), sizeof hash);
      return hash;
    }
  };
  store::Database& data_;
  mutable std::shared_mutex mutex_;
  std::unordered_set<crypto::Digest256, Hash> revoked_;
  core::Instant seen_until_;
};

}  // namespace wallet
