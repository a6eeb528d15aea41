#include "crypto/aead.h"

#include <algorithm>
#include <array>

#include "core/assert.h"
#include "core/secret.h"
#include "crypto/openssl_handle.h"

namespace crypto {
namespace {

const EVP_CIPHER* aes_256_gcm() {
  static const EVP_CIPHER* const cipher = EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr);
  CORE_ASSERT(cipher != nullptr);
  return cipher;
}

// The thread's context for one message. Reset afterwards, so that no key schedule of a citizen
// stays behind in a worker; measured, that costs nothing.
class OneMessage {
 public:
  OneMessage() : context_(thread_context()) {}
  ~OneMessage() { EVP_CIPHER_CTX_reset(context_); }
  OneMessage(const OneMessage&) = delete;
  OneMessage& operator=(const OneMessage&) = delete;
  [[nodiscard]] EVP_CIPHER_CTX* get() const { return context_; }

 private:
  static EVP_CIPHER_CTX* thread_context() {
    thread_local const CipherContext context(EVP_CIPHER_CTX_new());
    CORE_ASSERT(context != nullptr);
    return context.get();
  }
  EVP_CIPHER_CTX* context_;
};

// Adds `in` to the message; `out` is null for additional data.
bool update(EVP_CIPHER_CTX* context, std::uint8_t* out, core::ByteView in) {
  int written = 0;
  return in.empty() ||
         EVP_CipherUpdate(context, out, &written, in.data(), static_cast<int>(in.size())) == 1;
}

bool finish(EVP_CIPHER_CTX* context) {
  std::array<std::uint8_t, 16> nothing{};  // a stream mode has no last block
  int written = 0;
  return EVP_CipherFinal_ex(context, nothing.data(), &written) == 1;
}

auto open_failed() {
  forget_openssl_errors();
  return core::fail(core::ErrorCode::kInternal, "crypto.open_failed");
}

}  // namespace

core::Bytes seal(const Key256& key, core::ByteView aad, core::ByteView plaintext, core::Rng& rng) {
  CORE_ASSERT(plaintext.size() <= kSealBytesMax && aad.size() <= kSealBytesMax);
  core::Bytes sealed(plaintext.size() + kSealOverheadBytes);
  const std::span<std::uint8_t> nonce(sealed.data(), kSealNonceBytes);
  rng.fill(nonce);

  const OneMessage message;
  std::uint8_t* const ciphertext = sealed.data() + kSealNonceBytes;
  const bool done = EVP_EncryptInit_ex2(message.get(), aes_256_gcm(), key.reveal().data(),
                                        nonce.data(), nullptr) == 1 &&
                    update(message.get(), nullptr, aad) &&
                    update(message.get(), ciphertext, plaintext) && finish(message.get()) &&
                    EVP_CIPHER_CTX_ctrl(message.get(), EVP_CTRL_AEAD_GET_TAG, kSealTagBytes,
                                        ciphertext + plaintext.size()) == 1;
  CORE_ASSERT(done);
  return sealed;
}

core::Result<core::Bytes> open(const Key256& key, core::ByteView aad, core::ByteView sealed) {
  if (sealed.size() < kSealOverheadBytes || sealed.size() > kSealBytesMax + kSealOverheadBytes ||
      aad.size() > kSealBytesMax) {
    return open_failed();
  }
  const core::ByteView nonce = sealed.first(kSealNonceBytes);
  const core::ByteView ciphertext =
      sealed.subspan(kSealNonceBytes, sealed.size() - kSealOverheadBytes);
  std::array<std::uint8_t, kSealTagBytes> tag{};
  std::copy(sealed.end() - kSealTagBytes, sealed.end(), tag.begin());

  const OneMessage message;
  core::Bytes plaintext(ciphertext.size());
  const bool done =
      EVP_DecryptInit_ex2(message.get(), aes_256_gcm(), key.reveal().data(), nonce.data(),
                          nullptr) == 1 &&
      EVP_CIPHER_CTX_ctrl(message.get(), EVP_CTRL_AEAD_SET_TAG, kSealTagBytes, tag.data()) == 1 &&
      update(message.get(), nullptr, aad) && update(message.get(), plaintext.data(), ciphertext) &&
      finish(message.get());
  if (!done) {
    // Unauthenticated, must reach nobody.
    if (!plaintext.empty()) core::wipe(plaintext.data(), plaintext.size());
    return open_failed();
  }
  return plaintext;
}

}  // namespace crypto
