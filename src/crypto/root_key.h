// RootKey: one root key, which never leaves its implementation and wraps the keys of citizens. A
// keyring (crypto/keyring.h) holds the one in use and those before it. Implementations must be safe
// to use from any thread.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "core/bytes.h"
#include "core/result.h"
#include "crypto/key256.h"
#include "crypto/key_provider.h"

namespace crypto {

class RootKey {
 public:
  RootKey() = default;
  virtual ~RootKey() = default;
  RootKey(const RootKey&) = delete;
  RootKey& operator=(const RootKey&) = delete;

  /// As KeyProvider::wrap.
  [[nodiscard]] virtual core::Result<core::Bytes> wrap(const Key256& key, core::ByteView aad) = 0;
  /// As KeyProvider::unwrap.
  [[nodiscard]] virtual core::Result<Key256> unwrap(core::ByteView wrapped, core::ByteView aad) = 0;
  [[nodiscard]] virtual const KeyId& key_id() const = 0;
};

/// A wrapped key is version (1 byte) | id of the root key (8) | nonce (12) | ciphertext (32) | tag
/// (16); version and id are authenticated together with the caller's aad.
inline constexpr std::uint8_t kWrapVersion = 1;
inline constexpr std::size_t kWrapHeaderBytes = 1 + sizeof(KeyId);

/// Version and id.
[[nodiscard]] core::Bytes wrap_header(const KeyId& id);
/// What is authenticated.
[[nodiscard]] core::Bytes wrap_aad(const KeyId& id, core::ByteView aad);

/// The two parts of a wrapped key; a view.
struct WrappedKey {
  KeyId root_id{};
  core::ByteView sealed;  ///< nonce | ciphertext | tag
};
/// Errors: kInternal "key.wrap_malformed" cut short, too long, or a version from the future.
[[nodiscard]] core::Result<WrappedKey> parse_wrapped(core::ByteView wrapped);

/// The root key in a file: 32 bytes. Who can read the file or the process's memory has it.
class FileRootKey final : public RootKey {
 public:
  explicit FileRootKey(const Key256& root);
  [[nodiscard]] core::Result<core::Bytes> wrap(const Key256& key, core::ByteView aad) override;
  [[nodiscard]] core::Result<Key256> unwrap(core::ByteView wrapped, core::ByteView aad) override;
  [[nodiscard]] const KeyId& key_id() const override { return key_id_; }

  /// What the first root key of an installation gives to derive the keys of purposes from. It tells
  /// nothing about the root key.
  [[nodiscard]] static Key256 derivation_secret(const Key256& root);
  [[nodiscard]] static KeyId id_of(const Key256& root);

 private:
  Key256 wrapping_key_;
  KeyId key_id_;
};

/// The key of one purpose out of the derivation secret.
[[nodiscard]] Key256 derive_key(const Key256& derivation_secret, std::string_view label);

/// Sixteen hexadecimal digits, as files and messages name a root key.
[[nodiscard]] std::string to_text(const KeyId& id);
[[nodiscard]] std::optional<KeyId> parse_key_id(std::string_view text);

}  // namespace crypto
