#include "crypto/file_key_provider.h"

#include "core/secret.h"
#include "crypto/private_file.h"

namespace crypto {
namespace {

using core::ErrorCode;

constexpr std::size_t kFileBytes = 2 * Key256::kBytes + 1;  // hexadecimal digits and a newline

core::Result<Key256> parse_text(std::string_view text, const std::string& path) {
  const auto malformed = core::fail(ErrorCode::kInternal, "key.malformed",
                                    path + " must hold 64 hexadecimal digits and a newline");
  if (text.size() != kFileBytes || text.back() != '\n') return malformed;
  auto bytes = core::from_hex(text.substr(0, kFileBytes - 1));
  if (!bytes) return malformed;
  auto key = Key256::from_bytes(*bytes);
  core::wipe(bytes->data(), bytes->size());
  return key;
}

}  // namespace

FileKeyProvider::FileKeyProvider(const Key256& root)
    : root_(root), derivation_secret_(FileRootKey::derivation_secret(root)) {}

core::Result<std::unique_ptr<KeyProvider>> FileKeyProvider::open(const std::string& path) {
  TRY(auto file, read_private_file(path, kFileBytes));
  std::string text = std::move(file).reveal();
  const auto root = parse_text(text, path);
  core::wipe(text.data(), text.size());
  if (!root) return core::fail(root.error());
  return std::make_unique<FileKeyProvider>(*root);
}

core::Status FileKeyProvider::create(const std::string& path, core::Rng& rng) {
  std::string text = core::to_hex(Key256::generate(rng).reveal()) + "\n";
  auto created = create_private_file(path, text);
  core::wipe(text.data(), text.size());
  return created;
}

core::Result<core::Bytes> FileKeyProvider::wrap(const Key256& key, core::ByteView aad) {
  return root_.wrap(key, aad);
}

core::Result<Key256> FileKeyProvider::unwrap(core::ByteView wrapped, core::ByteView aad) {
  return root_.unwrap(wrapped, aad);
}

Key256 FileKeyProvider::derive(std::string_view label) const {
  return derive_key(derivation_secret_, label);
}

}  // namespace crypto
