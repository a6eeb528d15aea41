#include "crypto/root_key.h"

#include <algorithm>

#include "core/secret.h"
#include "crypto/aead.h"
#include "crypto/digest.h"
#include "crypto/system_rng.h"

namespace crypto {
namespace {

using core::Bytes;
using core::ErrorCode;

constexpr std::size_t kWrappedBytes = kWrapHeaderBytes + kSealOverheadBytes + Key256::kBytes;

Key256 expand(core::ByteView secret, std::string_view label) {
  Bytes bytes = hkdf_sha256(secret, {}, core::as_bytes(label), Key256::kBytes);
  Key256 key(std::span<const std::uint8_t, Key256::kBytes>(bytes.data(), Key256::kBytes));
  core::wipe(bytes.data(), bytes.size());
  return key;
}

}  // namespace

Bytes wrap_header(const KeyId& id) {
  // Reserved first: inserting into one byte makes GCC 12 see a copy out of bounds.
  Bytes header;
  header.reserve(1 + id.size());
  header.push_back(kWrapVersion);
  header.insert(header.end(), id.begin(), id.end());
  return header;
}

Bytes wrap_aad(const KeyId& id, core::ByteView aad) {
  Bytes bound = wrap_header(id);
  bound.insert(bound.end(), aad.begin(), aad.end());
  return bound;
}

core::Result<WrappedKey> parse_wrapped(core::ByteView wrapped) {
  if (wrapped.size() != kWrappedBytes || wrapped[0] != kWrapVersion) {
    return core::fail(ErrorCode::kInternal, "key.wrap_malformed");
  }
  WrappedKey parts;
  std::copy_n(wrapped.begin() + 1, parts.root_id.size(), parts.root_id.begin());
  parts.sealed = wrapped.subspan(kWrapHeaderBytes);
  return parts;
}

FileRootKey::FileRootKey(const Key256& root)
    : wrapping_key_(expand(root.reveal(), "beresta key wrap v1")), key_id_(id_of(root)) {}

Key256 FileRootKey::derivation_secret(const Key256& root) {
  return expand(root.reveal(), "beresta key derivation v1");
}

KeyId FileRootKey::id_of(const Key256& root) {
  const Bytes bytes =
      hkdf_sha256(root.reveal(), {}, core::as_bytes("beresta root key id v1"), sizeof(KeyId));
  KeyId id{};
  std::copy(bytes.begin(), bytes.end(), id.begin());
  return id;
}

// The nonce does not come from an injected Rng: a seeded one, or a copied state, would repeat it,
// and a repeated nonce gives the wrapped keys away.
core::Result<Bytes> FileRootKey::wrap(const Key256& key, core::ByteView aad) {
  Bytes wrapped = wrap_header(key_id_);
  SystemRng rng;
  const Bytes sealed = seal(wrapping_key_, wrap_aad(key_id_, aad), key.reveal(), rng);
  wrapped.insert(wrapped.end(), sealed.begin(), sealed.end());
  return wrapped;
}

core::Result<Key256> FileRootKey::unwrap(core::ByteView wrapped, core::ByteView aad) {
  TRY(const auto parts, parse_wrapped(wrapped));
  if (parts.root_id != key_id_) {
    return core::fail(ErrorCode::kInternal, "key.unknown_key_id", to_text(parts.root_id));
  }
  TRY(Bytes bytes, ::crypto::open(wrapping_key_, wrap_aad(key_id_, aad), parts.sealed));
  auto key = Key256::from_bytes(bytes);
  core::wipe(bytes.data(), bytes.size());
  return key;
}

Key256 derive_key(const Key256& derivation_secret, std::string_view label) {
  return expand(derivation_secret.reveal(), label);
}

std::string to_text(const KeyId& id) { return core::to_hex(id); }

std::optional<KeyId> parse_key_id(std::string_view text) {
  const auto bytes = core::from_hex(text);
  KeyId id{};
  if (!bytes || bytes->size() != id.size()) return std::nullopt;
  std::copy(bytes->begin(), bytes->end(), id.begin());
  return id;
}

}  // namespace crypto
