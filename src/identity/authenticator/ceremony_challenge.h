// Challenges of passkeys: random, good for five minutes, for one purpose, for one browser and for
// one use. They are signed instead of stored, so that asking for one writes nothing; only a used
// one is remembered. Safe from any thread.
#pragma once

#include <string_view>

#include "core/instant.h"
#include "core/result.h"
#include "core/rng.h"
#include "crypto/key256.h"
#include "store/unit_of_work.h"

namespace identity {

class CeremonyChallenges {
 public:
  static constexpr core::Duration kLife = std::chrono::minutes(5);

  CeremonyChallenges(crypto::Key256 key, core::Rng& rng) : key_(std::move(key)), rng_(rng) {}

  /// @param purpose  what it may be used for: "create", "sign_in", "second_factor", "prove".
  /// @param binding  what else the answer must come with: the hash of a cookie or token.
  [[nodiscard]] core::Bytes make(std::string_view purpose, core::ByteView binding,
                                 core::Instant now);
  /// Errors: kConflict "passkey.challenge_unknown" not ours, for another purpose or browser, or
  ///         expired.
  [[nodiscard]] core::Status check(core::ByteView challenge, std::string_view purpose,
                                   core::ByteView binding, core::Instant now) const;
  /// Uses it up, in the unit that acts on the answer.
  /// Errors: kConflict "passkey.challenge_unknown" it was used before; the store's.
  [[nodiscard]] static core::Status burn(store::UnitOfWork& unit, core::ByteView challenge,
                                         core::Instant now);
  /// @return rows removed.
  [[nodiscard]] static core::Result<std::int64_t> purge(store::UnitOfWork& unit, core::Instant now);

 private:
  crypto::Key256 key_;
  core::Rng& rng_;
};

}  // namespace identity
