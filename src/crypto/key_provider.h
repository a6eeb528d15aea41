// KeyProvider: the root key, which never leaves its implementation; it wraps the keys of citizens
// and derives the keys of purposes. A file serves one machine, a hardware token implements the same
// interface. Implementations must be safe to use from any thread.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "core/bytes.h"
#include "core/result.h"
#include "crypto/key256.h"

namespace crypto {

/// Names a root key without telling anything about it.
using KeyId = std::array<std::uint8_t, 8>;

class KeyProvider {
 public:
  KeyProvider() = default;
  virtual ~KeyProvider() = default;
  KeyProvider(const KeyProvider&) = delete;
  KeyProvider& operator=(const KeyProvider&) = delete;

  /// Encrypts a key under the root key. The result carries a version and key_id(), so that a later
  /// root key can tell which rows are still to be wrapped anew.
  /// @param aad  names the place of the wrapped key; unwrap must be given the same.
  /// Errors: kUnavailable "key.provider_unavailable" a hardware token does not answer.
  [[nodiscard]] virtual core::Result<core::Bytes> wrap(const Key256& key, core::ByteView aad) = 0;

  /// Errors: kInternal "key.wrap_malformed"   cut short, or a version from the future;
  ///         kInternal "key.unknown_key_id"   wrapped under another root key (detail names it);
  ///         kInternal "crypto.open_failed"   altered, or other aad;
  ///         kUnavailable "key.provider_unavailable" as above.
  [[nodiscard]] virtual core::Result<Key256> unwrap(core::ByteView wrapped, core::ByteView aad) = 0;

  /// The key of one purpose ("blind_index", "csrf", "challenge"): the same label always gives the
  /// same key, and no two labels' keys tell anything about each other or the root key.
  [[nodiscard]] virtual Key256 derive(std::string_view label) const = 0;

  /// The root key in use.
  [[nodiscard]] virtual const KeyId& key_id() const = 0;
};

}  // namespace crypto
