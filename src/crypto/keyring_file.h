// KeyringFile: changing the keyring file, one process at a time; every change is one step, so that
// servers which read it meanwhile find the old keyring or the new one. For the command line.
#pragma once

#include <string>

#include "core/rng.h"
#include "crypto/keyring.h"

namespace crypto {

class KeyringFile {
 public:
  /// Takes the lock of the file's folder, waiting for whoever has it, and reads the file.
  /// Errors: those of read_keyring; kInternal "key.not_written" the folder cannot be locked.
  [[nodiscard]] static core::Result<KeyringFile> open(const std::string& path);
  ~KeyringFile();
  KeyringFile(KeyringFile&& other) noexcept;
  KeyringFile& operator=(KeyringFile&&) = delete;
  KeyringFile(const KeyringFile&) = delete;
  KeyringFile& operator=(const KeyringFile&) = delete;

  [[nodiscard]] const KeyringText& text() const { return text_; }

  // Of all below, errors: those of replace_private_file and of the token.

  /// From now on root keys are made in this token; it is opened to see that it is there.
  /// Errors also: kInvalidInput "key.token_place" a part is empty or holds a space; kConflict
  ///   "key.next_elsewhere" the next root key has been made in the file already; "key.token_other"
  ///   root keys are in another token: leave that one first.
  [[nodiscard]] core::Status use_token(const TokenPlace& place);
  /// From now on root keys are made in the file. The token is named as long as a root key is there.
  /// Errors also: kConflict "key.next_elsewhere" the next root key has been made in the token.
  [[nodiscard]] core::Status use_file();
  /// A new root key, where root keys are made; not in the keyring yet.
  [[nodiscard]] core::Result<KeyringEntry> make_root(core::Rng& rng);
  /// Adds a root key that nothing is wrapped with yet.
  /// Errors also: kConflict "key.next_there" there is one already; "key.too_many_roots".
  [[nodiscard]] core::Status add_next(KeyringEntry entry);
  /// From now on the next root key wraps; the current one becomes an old one.
  /// Errors also: kConflict "key.no_next".
  [[nodiscard]] core::Status promote();
  /// Removes an old root key and keeps its name; in a token it is destroyed.
  /// Errors also: kConflict "key.root_in_use" it is no old one.
  [[nodiscard]] core::Status retire(const KeyId& id);

 private:
  KeyringFile(std::string path, int folder) : path_(std::move(path)), folder_(folder) {}
  [[nodiscard]] core::Status save();
  /// Whether the next root key, if one is waiting, is where root keys are to be made from now on.
  [[nodiscard]] bool is_next_there(bool in_token) const;
  /// Forgets a token that holds no root key and gets no further one.
  void leave_empty_token();

  std::string path_;
  RootKeySource source_;
  int folder_;  ///< locked
  KeyringText text_;
};

}  // namespace crypto
