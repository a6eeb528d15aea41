// Keyring: the root keys of an installation, out of one file: one wraps, the others open what they
// wrapped before. It reads the file again when a key names a root key it does not know, and before
// it wraps when the file has changed: so a root key is rotated without a restart and without a read
// that fails (docs/adr/0044). The keys of purposes stay the same whatever root key is in use. Safe
// from any thread.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "crypto/key_provider.h"
#include "crypto/keyring_text.h"
#include "crypto/pkcs11_token.h"

namespace crypto {

/// Makes the root keys that a keyring names, and keeps its token open. Safe from any thread but for
/// open_token and make at one time, which the keyring sees to.
class RootKeySource {
 public:
  /// Errors: kUnavailable "key.token_missing" it is in a token and the keyring names none; those of
  ///         open_token.
  [[nodiscard]] core::Result<std::unique_ptr<RootKey>> make(const KeyringText& text,
                                                            const KeyringEntry& entry);
  /// Errors: those of Pkcs11Token::open, and of read_private_file for the PIN.
  [[nodiscard]] core::Result<std::shared_ptr<Pkcs11Token>> open_token(const TokenPlace& place);

 private:
  TokenPlace opened_;
  std::shared_ptr<Pkcs11Token> token_;
};

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
  /// Reads the file; opens its token if it names one.
  /// Errors: those of read_keyring and RootKeySource;
  ///         kInternal "key.derivation_damaged" the derivation secret is not of the current root
  ///         key.
  [[nodiscard]] static core::Result<std::unique_ptr<Keyring>> open(const std::string& path);

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

  Keyring(std::string path, RootKeySource source, Key256 secret)
      : path_(std::move(path)), source_(std::move(source)), derivation_secret_(std::move(secret)) {}

  struct Loaded {
    State state;
    Key256 secret;
  };
  [[nodiscard]] static core::Result<Loaded> load(const std::string& path, RootKeySource& source,
                                                 const State& known);
  [[nodiscard]] static FileMark mark_of(const std::string& path);
  [[nodiscard]] std::shared_ptr<const State> state() const;
  void reload();
  [[nodiscard]] std::shared_ptr<RootKey> find_or_reload(const KeyId& id);

  std::string path_;
  RootKeySource source_;  ///< guarded by loading_
  Key256 derivation_secret_;
  mutable std::mutex mutex_;  ///< guards state_
  std::shared_ptr<const State> state_;
  std::mutex loading_;
};

}  // namespace crypto
