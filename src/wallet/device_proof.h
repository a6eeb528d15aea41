// Proof that a request comes from the device that holds the key: a challenge the server can check
// without remembering it, signed by the device. Safe from any thread.
#pragma once

#include <vector>

#include "core/instant.h"
#include "core/result.h"
#include "core/rng.h"
#include "core/strong_id.h"
#include "crypto/key256.h"
#include "crypto/p256.h"

namespace wallet {

/// A fresh value for a device to sign.
struct DeviceChallenge {
  core::Bytes bytes;
  core::Instant expires_at;
};

class DeviceProof {
 public:
  static constexpr core::Duration kLife = std::chrono::minutes(5);
  static constexpr std::string_view kRegisterContext = "BRS1-device";
  static constexpr std::string_view kBatchContext = "BRS1-batch";

  DeviceProof(crypto::Key256 key, core::Rng& rng) : key_(std::move(key)), rng_(rng) {}

  [[nodiscard]] DeviceChallenge make(const core::CitizenId& citizen_id, core::Instant now) const;

  /// What was signed: a context, our challenge, and whatever else the request must be bound to.
  struct Signed {
    std::string_view context;
    core::ByteView challenge;
    core::ByteView bound;  ///< may be empty
    core::ByteView signature;
  };
  /// Errors: kInvalidInput "device.challenge_stale"  not ours, another citizen's, or too old;
  ///         kForbidden "device.proof_wrong"         not signed by this key.
  [[nodiscard]] core::Status check(const core::CitizenId& citizen_id,
                                   const crypto::P256PublicKey& key, const Signed& proof,
                                   core::Instant now) const;

 private:
  crypto::Key256 key_;
  core::Rng& rng_;
};

}  // namespace wallet
