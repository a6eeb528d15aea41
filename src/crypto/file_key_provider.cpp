#include "crypto/file_key_provider.h"

#include <algorithm>
#include <array>

#include "core/secret.h"
#include "crypto/aead.h"
#include "crypto/digest.h"
#include "crypto/private_file.h"
#include "crypto/system_rng.h"

namespace crypto {
namespace {

using core::ErrorCode;

constexpr std::uint8_t kWrapVersion = 1;
constexpr std::size_t kWrapHeaderBytes = 1 + sizeof(KeyId);
constexpr std::size_t kWrappedBytes = kWrapHeaderBytes + kSealOverheadBytes + Key256::kBytes;
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

Key256 expand(core::ByteView secret, std::string_view label) {
  Bytes bytes = hkdf_sha256(secret, {}, core::as_bytes(label), Key256::kBytes);
  Key256 key(std::span<const std::uint8_t, Key256::kBytes>(bytes.data(), Key256::kBytes));
  core::wipe(bytes.data(), bytes.size());
  return key;
}

KeyId id_of(const Key256& root) {
  const Bytes bytes =
      hkdf_sha256(root.reveal(), {}, core::as_bytes("beresta root key id v1"), sizeof(KeyId));
  KeyId id{};
  std::copy(bytes.begin(), bytes.end(), id.begin());
  return id;
}

// Version and key id are authenticated together with what the caller names.
Bytes bound_aad(core::ByteView header, core::ByteView aad) {
  Bytes bound = core::to_bytes(header);
  bound.insert(bound.end(), aad.begin(), aad.end());
  return bound;
}

}  // namespace

FileKeyProvider::FileKeyProvider(const Key256& root)
    : wrapping_key_(expand(root.reveal(), "beresta key wrap v1")),
      deriving_key_(expand(root.reveal(), "beresta key derivation v1")),
      key_id_(id_of(root)) {}

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

// The nonce does not come from an injected Rng: a seeded one, or a copied state, would repeat it,
// and a repeated nonce gives the wrapped keys away.
core::Result<core::Bytes> FileKeyProvider::wrap(const Key256& key, core::ByteView aad) {
  Bytes wrapped{kWrapVersion};
  wrapped.insert(wrapped.end(), key_id_.begin(), key_id_.end());
  SystemRng rng;
  const Bytes sealed = seal(wrapping_key_, bound_aad(wrapped, aad), key.reveal(), rng);
  wrapped.insert(wrapped.end(), sealed.begin(), sealed.end());
  return wrapped;
}

core::Result<Key256> FileKeyProvider::unwrap(core::ByteView wrapped, core::ByteView aad) {
  if (wrapped.size() != kWrappedBytes || wrapped[0] != kWrapVersion) {
    return core::fail(ErrorCode::kInternal, "key.wrap_malformed");
  }
  const core::ByteView header = wrapped.first(kWrapHeaderBytes);
  const core::ByteView id = header.subspan(1);
  if (!std::equal(id.begin(), id.end(), key_id_.begin())) {
    return core::fail(ErrorCode::kInternal, "key.unknown_key_id", core::to_hex(id));
  }
  TRY(core::Bytes bytes,
      ::crypto::open(wrapping_key_, bound_aad(header, aad), wrapped.subspan(kWrapHeaderBytes)));
  auto key = Key256::from_bytes(bytes);
  core::wipe(bytes.data(), bytes.size());
  return key;
}

Key256 FileKeyProvider::derive(std::string_view label) const {
  return expand(deriving_key_.reveal(), label);
}

}  // namespace crypto
