#include "crypto/system_rng.h"

#include <openssl/rand.h>

#include <algorithm>

#include "core/assert.h"

namespace crypto {

void SystemRng::fill(std::span<std::uint8_t> out) {
  constexpr std::size_t kChunkBytes = std::size_t{1} << 20;  // the library counts in int
  while (!out.empty()) {
    const std::size_t size = std::min(out.size(), kChunkBytes);
    CORE_ASSERT(RAND_bytes(out.data(), static_cast<int>(size)) == 1);
    out = out.subspan(size);
  }
}

}  // namespace crypto
