// Pkcs11Token: root keys in a hardware token, or in SoftHSM: AES-256 keys that are made in it and
// never leave it; it encrypts and decrypts with AES-GCM. By the token's own C library (PKCS#11
// 2.40), without OpenSSL. Safe from any thread; sessions that broke are opened again.
#pragma once

#include <memory>
#include <string>

#include "core/result.h"
#include "core/secret.h"
#include "crypto/root_key.h"

namespace crypto {

/// Where a token is.
struct TokenAddress {
  std::string module_path;  ///< the vendor's PKCS#11 library
  std::string label;        ///< of the token, at most 32 bytes
  core::Secret<std::string> pin;
};

class Pkcs11Token {
 public:
  /// Loads the library, finds the token and logs in.
  /// Errors: kUnavailable "key.token_failed" no such library or token, two tokens of that label, or
  ///         a wrong PIN (detail says which).
  [[nodiscard]] static core::Result<std::shared_ptr<Pkcs11Token>> open(TokenAddress address);
  virtual ~Pkcs11Token() = default;
  Pkcs11Token(const Pkcs11Token&) = delete;
  Pkcs11Token& operator=(const Pkcs11Token&) = delete;

  /// Makes a root key in the token: AES-256, sensitive, not extractable.
  /// Errors: kUnavailable "key.provider_unavailable".
  [[nodiscard]] virtual core::Result<KeyId> make_key() = 0;
  /// Errors: kUnavailable "key.provider_unavailable" there is no such key, or no token.
  [[nodiscard]] virtual core::Status destroy_key(const KeyId& id) = 0;
  /// nonce | ciphertext | tag, as crypto::seal. Errors: kUnavailable "key.provider_unavailable".
  [[nodiscard]] virtual core::Result<core::Bytes> seal(const KeyId& id, core::ByteView aad,
                                                       core::ByteView plaintext) = 0;
  /// Errors: kInternal "crypto.open_failed"; kUnavailable "key.provider_unavailable".
  [[nodiscard]] virtual core::Result<core::Bytes> open_sealed(const KeyId& id, core::ByteView aad,
                                                              core::ByteView sealed) = 0;

 protected:
  Pkcs11Token() = default;
};

/// One of the token's keys, as the keyring knows it.
class TokenRootKey final : public RootKey {
 public:
  TokenRootKey(std::shared_ptr<Pkcs11Token> token, const KeyId& id)
      : token_(std::move(token)), key_id_(id) {}
  [[nodiscard]] core::Result<core::Bytes> wrap(const Key256& key, core::ByteView aad) override;
  [[nodiscard]] core::Result<Key256> unwrap(core::ByteView wrapped, core::ByteView aad) override;
  [[nodiscard]] const KeyId& key_id() const override { return key_id_; }

 private:
  std::shared_ptr<Pkcs11Token> token_;
  KeyId key_id_;
};

}  // namespace crypto
