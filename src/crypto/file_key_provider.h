// FileKeyProvider: one root key in a file that only the server's user may read: 64 hexadecimal
// digits and a newline, as an installation begins. Once it has been rotated the file is a keyring
// (crypto/keyring.h), which reads this form too.
#pragma once

#include <memory>
#include <string>

#include "core/result.h"
#include "core/rng.h"
#include "crypto/key_provider.h"
#include "crypto/root_key.h"

namespace crypto {

class FileKeyProvider final : public KeyProvider {
 public:
  /// Reads the root key.
  /// Errors: kNotFound "key.file_missing"          no such file;
  ///         kInternal "key.not_regular_file"      a link, folder, device or pipe;
  ///         kInternal "key.not_owned"             belongs to another user;
  ///         kInternal "key.permissions_too_open"  group or others may do anything with it (detail:
  ///                                               mode and path);
  ///         kInternal "key.malformed"             not exactly 64 hexadecimal digits and a newline,
  ///                                               as after a write that was cut short;
  ///         kInternal "key.unreadable"            any other failure of the file system.
  [[nodiscard]] static core::Result<std::unique_ptr<KeyProvider>> open(const std::string& path);

  /// Makes a new root key in a new file of mode 0600 and returns when file and folder are on disk.
  /// Errors: kConflict "key.file_exists"    something is there already; it is left as it is;
  ///         kInternal "key.not_written"    the file system refused (detail says why); nothing is
  ///                                        left behind.
  [[nodiscard]] static core::Status create(const std::string& path, core::Rng& rng);

  explicit FileKeyProvider(const Key256& root);
  [[nodiscard]] core::Result<core::Bytes> wrap(const Key256& key, core::ByteView aad) override;
  [[nodiscard]] core::Result<Key256> unwrap(core::ByteView wrapped, core::ByteView aad) override;
  [[nodiscard]] Key256 derive(std::string_view label) const override;
  [[nodiscard]] const KeyId& key_id() const override { return root_.key_id(); }

 private:
  FileRootKey root_;
  Key256 derivation_secret_;
};

}  // namespace crypto
