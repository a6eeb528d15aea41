#include "crypto/hmac_sha1.h"

#include <openssl/hmac.h>

#include "core/assert.h"
#include "crypto/openssl_handle.h"

namespace crypto {

std::array<std::uint8_t, 20> hmac_sha1(core::ByteView key, core::ByteView message) {
  std::array<std::uint8_t, 20> tag{};
  unsigned int size = 0;
  CORE_ASSERT(HMAC(EVP_sha1(), key.data(), static_cast<int>(key.size()), message.data(),
                   message.size(), tag.data(), &size) != nullptr &&
              size == tag.size());
  return tag;
}

}  // namespace crypto
