#include "crypto/md5.h"

#include <openssl/evp.h>

#include "core/assert.h"

namespace crypto {

Md5Digest md5(core::ByteView bytes) {
  Md5Digest digest{};
  std::size_t size = digest.size();
  CORE_ASSERT(EVP_Q_digest(nullptr, "MD5", nullptr, bytes.data(), bytes.size(), digest.data(),
                           &size) == 1 &&
              size == digest.size());
  return digest;
}

}  // namespace crypto
