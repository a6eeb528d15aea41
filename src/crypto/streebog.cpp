#include "crypto/streebog.h"

#include "core/assert.h"
#include "crypto/engines.h"

namespace crypto {

core::Result<Digest256> streebog256(core::ByteView bytes) {
  TRY(const EVP_MD* method, streebog256_method());
  Digest256 digest;
  unsigned size = 0;
  CORE_ASSERT(EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, method, nullptr) == 1);
  CORE_ASSERT(size == digest.size());
  return digest;
}

}  // namespace crypto
