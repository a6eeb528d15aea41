#include "crypto/keyring_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <utility>

#include "crypto/private_file.h"

namespace crypto {
namespace {

using core::ErrorCode;
using core::fail;

/// The folder is locked, not the file: the file is replaced. -1 if that cannot be.
int lock_folder_of(const std::string& path) {
  const auto folder = std::filesystem::path(path).parent_path();
  const int fd = ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return -1;
  while (::flock(fd, LOCK_EX) != 0) {
    if (errno == EINTR) continue;
    ::close(fd);
    return -1;
  }
  return fd;
}

KeyringEntry* find(KeyringText& text, RootState state) {
  const auto found = std::find_if(text.roots.begin(), text.roots.end(),
                                  [&](const auto& entry) { return entry.state == state; });
  return found == text.roots.end() ? nullptr : &*found;
}

}  // namespace

core::Result<KeyringFile> KeyringFile::open(const std::string& path) {
  const int folder = lock_folder_of(path);
  if (folder < 0) return fail(ErrorCode::kInternal, "key.not_written", path + ": no lock");
  KeyringFile file(path, folder);
  TRY(file.text_, read_keyring(path));
  return file;
}

KeyringFile::~KeyringFile() {
  if (folder_ >= 0) ::close(folder_);
}

KeyringFile::KeyringFile(KeyringFile&& other) noexcept
    : path_(std::move(other.path_)),
      source_(std::move(other.source_)),
      folder_(std::exchange(other.folder_, -1)),
      text_(std::move(other.text_)) {}

/// A file of the first form has no wrapped derivation secret yet.
core::Status KeyringFile::save() {
  if (text_.first_secret && text_.derivation.empty()) {
    TRY(const auto current, source_.make(text_, *text_.find(RootState::kCurrent)));
    TRY(text_.derivation, current->wrap(*text_.first_secret, core::as_bytes(kDerivationPlace)));
  }
  auto text = format_keyring(text_);
  std::string bytes = std::move(text).reveal();
  auto saved = replace_private_file(path_, bytes);
  core::wipe(bytes.data(), bytes.size());
  if (saved) text_.first_secret.reset();
  return saved;
}

core::Status KeyringFile::use_token(const TokenPlace& place) {
  for (const auto* part : {&place.label, &place.module_path, &place.pin_file}) {
    const bool one_word = !part->empty() && part->find_first_of(" \t\r\n") == std::string::npos;
    if (!one_word) return fail(ErrorCode::kInvalidInput, "key.token_place", *part);
  }
  if (!is_next_there(true)) return fail(ErrorCode::kConflict, "key.next_elsewhere");
  leave_empty_token();
  const bool another = text_.token && text_.token->label != place.label;
  if (another && text_.holds_token_roots()) return fail(ErrorCode::kConflict, "key.token_other");
  TRY(const auto token, source_.open_token(place));
  text_.token = place;
  text_.makes_in_token = true;
  return save();
}

core::Status KeyringFile::use_file() {
  if (!is_next_there(false)) return fail(ErrorCode::kConflict, "key.next_elsewhere");
  text_.makes_in_token = false;
  leave_empty_token();
  return save();
}

bool KeyringFile::is_next_there(bool in_token) const {
  const auto* next = text_.find(RootState::kNext);
  return next == nullptr || next->key.has_value() != in_token;
}

void KeyringFile::leave_empty_token() {
  if (!text_.makes_in_token && !text_.holds_token_roots()) text_.token.reset();
}

core::Result<KeyringEntry> KeyringFile::make_root(core::Rng& rng) {
  if (!text_.makes_in_token) {
    auto key = Key256::generate(rng);
    const auto id = FileRootKey::id_of(key);
    return KeyringEntry{RootState::kNext, id, std::move(key)};
  }
  TRY(const auto token, source_.open_token(*text_.token));
  TRY(const auto id, token->make_key());
  return KeyringEntry{RootState::kNext, id, std::nullopt};
}

core::Status KeyringFile::add_next(KeyringEntry entry) {
  if (text_.find(RootState::kNext) != nullptr) return fail(ErrorCode::kConflict, "key.next_there");
  if (text_.roots.size() == kRootsMax) return fail(ErrorCode::kConflict, "key.too_many_roots");
  entry.state = RootState::kNext;
  text_.roots.push_back(std::move(entry));
  return save();
}

core::Status KeyringFile::promote() {
  auto* next = find(text_, RootState::kNext);
  auto* current = find(text_, RootState::kCurrent);
  if (next == nullptr || current == nullptr) return fail(ErrorCode::kConflict, "key.no_next");
  TRY(const auto old_root, source_.make(text_, *current));
  TRY(const auto new_root, source_.make(text_, *next));
  TRY(const auto secret, open_derivation_secret(text_, *old_root, path_));
  TRY(text_.derivation, new_root->wrap(secret, core::as_bytes(kDerivationPlace)));
  current->state = RootState::kOld;
  next->state = RootState::kCurrent;
  return save();
}

core::Status KeyringFile::retire(const KeyId& id) {
  const auto found = std::find_if(text_.roots.begin(), text_.roots.end(), [&](const auto& entry) {
    return entry.id == id && entry.state == RootState::kOld;
  });
  if (found == text_.roots.end()) return fail(ErrorCode::kConflict, "key.root_in_use", to_text(id));
  const auto token_place = found->key ? std::nullopt : text_.token;
  text_.roots.erase(found);
  leave_empty_token();
  // Of very many the newest: a name is kept for a better message, nothing hangs on it.
  if (text_.retired.size() == kRetiredMax) text_.retired.erase(text_.retired.begin());
  text_.retired.push_back(id);
  TRY_VOID(save());
  if (!token_place) return {};
  TRY(const auto token, source_.open_token(*token_place));
  return token->destroy_key(id);
}

}  // namespace crypto
