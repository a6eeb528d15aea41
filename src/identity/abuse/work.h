// WorkDesk: a puzzle that costs the asker's machine seconds and this one microseconds, given to
// suspicious sources instead of a picture to read (hashcash over SHA-256). A puzzle is signed, so
// nothing is stored until it is spent. Safe from any thread.
#pragma once

#include <optional>
#include <string>

#include "core/bytes.h"
#include "core/instant.h"
#include "core/rng.h"
#include "crypto/key256.h"
#include "store/unit_of_work.h"

namespace identity {

/// What the asker has to solve: a nonce such that SHA-256(SHA-256(puzzle) | nonce) begins with
/// `bits` zero bits; the nonce as 8 bytes, big-endian.
struct WorkPuzzle {
  std::string puzzle;
  int bits = 0;
  core::Instant expires_at;
};

struct WorkProof {
  std::string puzzle;
  std::int64_t nonce = 0;
};

class WorkDesk {
 public:
  static constexpr core::Duration kLife = std::chrono::minutes(5);
  /// Of the puzzle's text.
  static constexpr std::size_t kTextBytesMax = 64;

  WorkDesk(crypto::Key256 key, core::Rng& rng) : key_(std::move(key)), rng_(rng) {}

  /// @param subject  what the work is for (a blind index): it counts for nothing else.
  [[nodiscard]] WorkPuzzle make(core::ByteView subject, int bits, core::Instant now) const;
  /// How many bits of work the proof shows; 0 when it is wrong, expired, or not for this subject.
  [[nodiscard]] int bits_of(const WorkProof& proof, core::ByteView subject,
                            core::Instant now) const;

 private:
  crypto::Key256 key_;
  core::Rng& rng_;
};

/// Takes a proof that counted out of use: the first time only, until its puzzle ends.
/// @return whether it was the first time. Errors: those of store::UnitOfWork::run.
[[nodiscard]] core::Result<bool> use_up_work(store::UnitOfWork& unit, const WorkProof& proof,
                                             core::Instant now);

/// Zero bits at the beginning.
[[nodiscard]] int leading_zero_bits(core::ByteView digest);

}  // namespace identity
