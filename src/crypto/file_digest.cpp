#include "crypto/file_digest.h"

#include <openssl/evp.h>

#include <fstream>
#include <vector>

#include "core/assert.h"
#include "crypto/openssl_handle.h"

namespace crypto {
namespace {

constexpr std::size_t kChunkBytes = 1UL << 16U;

}  // namespace

core::Result<Digest256> sha256_of_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return core::fail(core::ErrorCode::kNotFound, "file.missing", path);
  const MdContext context(EVP_MD_CTX_new());
  CORE_ASSERT(context != nullptr);
  CORE_ASSERT(EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr) == 1);
  std::vector<char> chunk(kChunkBytes);
  while (file) {
    file.read(chunk.data(), static_cast<std::streamsize>(chunk.size()));
    CORE_ASSERT(EVP_DigestUpdate(context.get(), chunk.data(),
                                 static_cast<std::size_t>(file.gcount())) == 1);
  }
  if (!file.eof()) return core::fail(core::ErrorCode::kUnavailable, "file.unreadable", path);
  Digest256 digest;
  CORE_ASSERT(EVP_DigestFinal_ex(context.get(), digest.data(), nullptr) == 1);
  return digest;
}

}  // namespace crypto
