#include "crypto/keyring.h"

#include <sys/stat.h>

#include <algorithm>
#include <utility>

#include "core/assert.h"
#include "crypto/private_file.h"

namespace crypto {
namespace {

using core::ErrorCode;
using core::fail;

constexpr std::size_t kPinBytesMax = 256;
constexpr std::int64_t kNanosecondsInSecond = 1'000'000'000;

std::shared_ptr<RootKey> find_root(const std::vector<std::shared_ptr<RootKey>>& roots,
                                   const KeyId& id) {
  const auto found = std::find_if(roots.begin(), roots.end(),
                                  [&](const auto& root) { return root->key_id() == id; });
  return found == roots.end() ? nullptr : *found;
}

}  // namespace

core::Result<std::unique_ptr<RootKey>> RootKeySource::make(const KeyringText& text,
                                                           const KeyringEntry& entry) {
  if (entry.key) return std::make_unique<FileRootKey>(*entry.key);
  if (!text.token) {
    return fail(ErrorCode::kUnavailable, "key.token_missing",
                "the root key " + to_text(entry.id) + " is in a token, and the keyring names none");
  }
  TRY(auto token, open_token(*text.token));
  return std::make_unique<TokenRootKey>(std::move(token), entry.id);
}

core::Result<std::shared_ptr<Pkcs11Token>> RootKeySource::open_token(const TokenPlace& place) {
  if (token_ && opened_ == place) return token_;
  TRY(auto file, read_private_file(place.pin_file, kPinBytesMax));
  std::string pin = std::move(file).reveal();
  pin.erase(std::min(pin.find('\n'), pin.size()));
  TRY(token_, Pkcs11Token::open(
                  {place.module_path, place.label, core::Secret<std::string>(std::move(pin))}));
  opened_ = place;
  return token_;
}

core::Result<Key256> open_derivation_secret(const KeyringText& text, RootKey& current,
                                            const std::string& path) {
  if (text.first_secret) return text.first_secret->clone();
  auto secret = current.unwrap(text.derivation, core::as_bytes(kDerivationPlace));
  if (secret || secret.error().code == ErrorCode::kUnavailable) return secret;
  return fail(ErrorCode::kInternal, "key.derivation_damaged",
              path + ": the derivation line does not belong to the current root key");
}

core::Result<KeyringText> read_keyring(const std::string& path) {
  TRY(auto file, read_private_file(path, kKeyringBytesMax));
  std::string text = std::move(file).reveal();
  auto parsed = parse_keyring(text, path);
  core::wipe(text.data(), text.size());
  return parsed;
}

core::Result<std::unique_ptr<Keyring>> Keyring::open(const std::string& path) {
  RootKeySource source;
  TRY(auto loaded, load(path, source, {}));
  std::unique_ptr<Keyring> keyring(new Keyring(path, std::move(source), std::move(loaded.secret)));
  keyring->state_ = std::make_shared<const State>(std::move(loaded.state));
  return keyring;
}

core::Result<Keyring::Loaded> Keyring::load(const std::string& path, RootKeySource& source,
                                            const State& known) {
  State state;
  // Before reading: a change in between is found at the next look.
  state.mark = mark_of(path);
  TRY(auto text, read_keyring(path));
  for (const auto& entry : text.roots) {
    auto root = find_root(known.roots, entry.id);
    if (!root) {
      TRY(root, source.make(text, entry));
    }
    const auto at = entry.state == RootState::kCurrent ? state.roots.begin() : state.roots.end();
    state.roots.insert(at, std::move(root));
  }
  TRY(auto secret, open_derivation_secret(text, *state.roots.front(), path));
  state.retired = std::move(text.retired);
  // A read that began before a root key was retired may still need it, and key_id() is a reference.
  for (const auto& root : known.roots) {
    if (!find_root(state.roots, root->key_id())) state.roots.push_back(root);
  }
  return Loaded{std::move(state), std::move(secret)};
}

Keyring::FileMark Keyring::mark_of(const std::string& path) {
  struct stat status = {};
  if (::stat(path.c_str(), &status) != 0) return {};
  return {.inode = status.st_ino,
          .changed_ns = status.st_mtim.tv_sec * kNanosecondsInSecond + status.st_mtim.tv_nsec,
          .size = status.st_size};
}

std::shared_ptr<const Keyring::State> Keyring::state() const {
  const std::lock_guard lock(mutex_);
  return state_;
}

/// A file that cannot be read, or is another installation's, changes nothing: what is known goes on
/// working.
void Keyring::reload() {
  const std::lock_guard loading(loading_);
  const auto known = state();
  auto loaded = load(path_, source_, *known);
  if (!loaded) return;
  const auto ours = derivation_secret_.reveal();
  const auto theirs = loaded->secret.reveal();
  if (!std::equal(ours.begin(), ours.end(), theirs.begin(), theirs.end())) return;
  const std::lock_guard lock(mutex_);
  state_ = std::make_shared<const State>(std::move(loaded->state));
}

std::shared_ptr<RootKey> Keyring::find_or_reload(const KeyId& id) {
  if (auto root = find_root(state()->roots, id)) return root;
  reload();
  return find_root(state()->roots, id);
}

core::Result<core::Bytes> Keyring::wrap(const Key256& key, core::ByteView aad) {
  if (mark_of(path_) != state()->mark) reload();
  return state()->roots.front()->wrap(key, aad);
}

core::Result<Key256> Keyring::unwrap(core::ByteView wrapped, core::ByteView aad) {
  TRY(const auto parts, parse_wrapped(wrapped));
  if (const auto root = find_or_reload(parts.root_id)) return root->unwrap(wrapped, aad);
  const bool retired = what_of(parts.root_id) == RootKnowledge::kRetired;
  return fail(ErrorCode::kInternal, retired ? "key.root_retired" : "key.unknown_key_id",
              to_text(parts.root_id));
}

Key256 Keyring::derive(std::string_view label) const {
  return derive_key(derivation_secret_, label);
}

const KeyId& Keyring::key_id() const { return state()->roots.front()->key_id(); }

RootKnowledge Keyring::what_of(const KeyId& id) {
  const auto now = [&] {
    const auto known = state();
    const auto& retired = known->retired;
    // First: a root key retired while this process ran is still in its memory.
    if (std::find(retired.begin(), retired.end(), id) != retired.end()) {
      return RootKnowledge::kRetired;
    }
    return find_root(known->roots, id) ? RootKnowledge::kUsable : RootKnowledge::kUnknown;
  };
  if (const auto known = now(); known != RootKnowledge::kUnknown) return known;
  reload();
  return now();
}

}  // namespace crypto
