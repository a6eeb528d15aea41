// Keyring: the root keys of an installation, out of one file: one wraps, the others open what they
// wrapped before. It reads the file again when a key names a root key it does not know, and before
// it wraps when the file has changed: so a root key is rotated without a restart and without a read
// that fails (docs/adr/0044). The keys of purposes stay the same whatever root key is in use. Safe
// from any thread.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "crypto/key_provider.h"
#include "crypto/keyring_text.h"

namespace crypto {

/// The root key of this name in the token. Errors: those of Pkcs11Token.
using FindTokenKey = std::function<core::Result<std::unique_ptr<RootKey>>(const KeyId&)>;

/// The root key of an entry. Errors: kUnavailable "key.token_missing" it is in a token and
/// `find_in_token` is empty; those of `find_in_token`.
[[nodiscard]] core::Result<std::unique_ptr<RootKey>> make_root_key(
    const KeyringEntry& entry, const FindTokenKey& find_in_token);
/// The derivation secret. @param current  the current root key.
/// Errors: kInternal "key.derivation_damaged"; kUnavailable of a token.
[[nodiscard]] core::Result<Key256> open_derivation_secret(const KeyringText& text, RootKey& current,
                                                          const std::string& path);
/// Reads and parses. Errors: those of read_private_file and parse_keyring.
[[nodiscard]] core::Result<KeyringText> read_keyring(const std::string& path);

/// What the keyring has to say about a root key's name.
enum class RootKnowledge { kUsable, kRetired, kUnknown };

class Keyring final : public KeyProvider {
 public:
  /// Reads the file; makes sure that every root key in it opens.
  /// @param find_in_token  empty: a keyring that names a token is refused.
  /// Errors: those of read_private_file; kInternal "key.malformed" (crypto/keyring_text.h);
  ///         kInternal "key.derivation_damaged" the derivation secret is not of the current root
  ///         key; kUnavailable "key.token_missing" the keyring names a token and none is set;
  ///         those of `find_in_token`.
  [[nodiscard]] static core::Result<std::unique_ptr<Keyring>> open(const std::string& path,
                                                                   FindTokenKey find_in_token = {});

  /// Errors also: none but those of KeyProvider.
  [[nodiscard]] core::Result<core::Bytes> wrap(const Key256& key, core::ByteView aad) override;
  /// Errors also: kInternal "key.root_retired" wrapped by a root key that has been retired.
  [[nodiscard]] core::Result<Key256> unwrap(core::ByteView wrapped, core::ByteView aad) override;
  [[nodiscard]] Key256 derive(std::string_view label) const override;
  /// Valid as long as the keyring: root keys once known are not forgotten before it goes.
  [[nodiscard]] const KeyId& key_id() const override;

  /// Reads the file again if it does not know the name.
  [[nodiscard]] RootKnowledge what_of(const KeyId& id);

 private:
  /// Whether the file is still the one that was read.
  struct FileMark {
    std::uint64_t inode = 0;
    std::int64_t changed_ns = 0;
    std::int64_t size = 0;
    bool operator==(const FileMark&) const = default;
  };
  struct State {
    std::vector<std::shared_ptr<RootKey>> roots;  ///< the first one wraps
    std::vector<KeyId> retired;
    FileMark mark;
  };

  Keyring(std::string path, FindTokenKey find_in_token, Key256 secret)
      : path_(std::move(path)),
        find_in_token_(std::move(find_in_token)),
        derivation_secret_(std::move(secret)) {}

  struct Loaded {
    State state;
    Key256 secret;
  };
  [[nodiscard]] static core::Result<Loaded> load(const std::string& path,
                                                 const FindTokenKey& find_in_token,
                                                 const State& known);
  [[nodiscard]] static FileMark mark_of(const std::string& path);
  [[nodiscard]] std::shared_ptr<const State> state() const;
  void reload();
  [[nodiscard]] std::shared_ptr<RootKey> find_or_reload(const KeyId& id);

  std::string path_;
  FindTokenKey find_in_token_;
  Key256 derivation_secret_;
  mutable std::mutex mutex_;  ///< guards state_
  std::shared_ptr<const State> state_;
  std::mutex loading_;
};

}  // namespace crypto
