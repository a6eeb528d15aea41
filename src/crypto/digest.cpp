#include "crypto/digest.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <algorithm>

#include "core/assert.h"
#include "crypto/openssl_handle.h"

namespace crypto {
namespace {

constexpr std::size_t kBlockBytes = 64;

// Fetched once for the whole process: a fetch by name costs more than hashing a short message.
const EVP_MD* sha256_method() {
  static const EVP_MD* const method = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  CORE_ASSERT(method != nullptr);
  return method;
}

// The thread's context, started anew. At most one digest of a thread is under way at a time.
EVP_MD_CTX* start_digest() {
  thread_local const MdContext context(EVP_MD_CTX_new());
  CORE_ASSERT(context != nullptr);
  CORE_ASSERT(EVP_DigestInit_ex(context.get(), sha256_method(), nullptr) == 1);
  return context.get();
}

void add(EVP_MD_CTX* context, ByteView bytes) {
  CORE_ASSERT(EVP_DigestUpdate(context, bytes.data(), bytes.size()) == 1);
}

Digest256 finish(EVP_MD_CTX* context) {
  Digest256 digest;
  CORE_ASSERT(EVP_DigestFinal_ex(context, digest.data(), nullptr) == 1);
  return digest;
}

}  // namespace

Digest256 sha256(ByteView bytes) { return sha256(std::span<const ByteView>(&bytes, 1)); }

Digest256 sha256(std::initializer_list<ByteView> parts) {
  return sha256(std::span<const ByteView>(parts.begin(), parts.size()));
}

Digest256 sha256(std::span<const ByteView> parts) {
  EVP_MD_CTX* const context = start_digest();
  for (const ByteView part : parts) add(context, part);
  return finish(context);
}

Digest256 hmac_sha256(ByteView key, ByteView message) {
  return hmac_sha256(key, std::span<const ByteView>(&message, 1));
}

Digest256 hmac_sha256(ByteView key, std::initializer_list<ByteView> parts) {
  return hmac_sha256(key, std::span<const ByteView>(parts.begin(), parts.size()));
}

// Composed from two digests: OpenSSL's own EVP_MAC takes longer for short messages and would keep
// the key in the thread's context after the call.
Digest256 hmac_sha256(ByteView key, std::span<const ByteView> parts) {
  std::array<std::uint8_t, kBlockBytes> pad{};
  if (key.size() > kBlockBytes) {
    const Digest256 short_key = sha256(key);
    std::copy(short_key.begin(), short_key.end(), pad.begin());
  } else {
    std::copy(key.begin(), key.end(), pad.begin());
  }
  for (std::uint8_t& byte : pad) byte ^= 0x36U;
  EVP_MD_CTX* context = start_digest();
  add(context, pad);
  for (const ByteView part : parts) add(context, part);
  const Digest256 inner = finish(context);

  for (std::uint8_t& byte : pad) byte ^= 0x36U ^ 0x5cU;
  context = start_digest();
  add(context, pad);
  add(context, inner);
  OPENSSL_cleanse(pad.data(), pad.size());
  return finish(context);
}

Bytes hkdf_sha256(ByteView ikm, ByteView salt, ByteView info, std::size_t size) {
  CORE_ASSERT(size <= kHkdfBytesMax);
  Digest256 extracted = hmac_sha256(salt, ikm);
  Bytes output;
  output.reserve(size);
  Digest256 block{};
  ByteView previous;
  for (std::uint8_t counter = 1; output.size() < size; ++counter) {
    block = hmac_sha256(extracted, {previous, info, ByteView(&counter, 1)});
    previous = block;
    const std::size_t wanted = std::min(block.size(), size - output.size());
    output.insert(output.end(), block.data(), block.data() + wanted);
  }
  OPENSSL_cleanse(extracted.data(), extracted.size());
  OPENSSL_cleanse(block.data(), block.size());
  return output;
}

bool equal_constant_time(ByteView a, ByteView b) {
  return a.size() == b.size() && (a.empty() || CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0);
}

}  // namespace crypto
