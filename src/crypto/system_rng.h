// SystemRng: the real source of randomness, OpenSSL's DRBG seeded by the kernel. Made once in app/
// and handed to everything as core::Rng. Each thread keeps a small stock of bytes not given yet, so
// a process must not fork and go on in both. Safe to use from any thread.
#pragma once

#include <cstdint>
#include <span>

#include "core/rng.h"

namespace crypto {

class SystemRng final : public core::Rng {
 public:
  /// Fills the whole span; aborts if the system cannot deliver, since a guessable key is worse than
  /// a stopped server.
  void fill(std::span<std::uint8_t> out) override;
};

}  // namespace crypto
