// Authenticated encryption with AES-256-GCM: the only form in which personal data and keys rest.
// The additional data names the place (table, column, citizen), so that a ciphertext moved to
// another row does not open. Pure functions, safe to call from any thread.
#pragma once

#include <cstddef>

#include "core/bytes.h"
#include "core/result.h"
#include "core/rng.h"
#include "crypto/key256.h"

namespace crypto {

inline constexpr std::size_t kSealNonceBytes = 12;
inline constexpr std::size_t kSealTagBytes = 16;
/// What seal adds to the plaintext, in bytes.
inline constexpr std::size_t kSealOverheadBytes = kSealNonceBytes + kSealTagBytes;
/// Longest plaintext, and longest additional data, in bytes.
inline constexpr std::size_t kSealBytesMax = std::size_t{1} << 30;

/// Encrypts and authenticates: nonce (12) | ciphertext | tag (16).
/// The nonce is random, so one key must seal fewer than 2^32 messages (NIST SP 800-38D, 8.3); the
/// key per citizen and category keeps far below. Longer input than kSealBytesMax aborts.
[[nodiscard]] core::Bytes seal(const Key256& key, core::ByteView aad, core::ByteView plaintext,
                               core::Rng& rng);

/// Opens what seal made with the same key and additional data.
/// Errors: kInternal "crypto.open_failed" wrong key, other additional data, altered, cut short or
///         too long; which of them is not said.
[[nodiscard]] core::Result<core::Bytes> open(const Key256& key, core::ByteView aad,
                                             core::ByteView sealed);

}  // namespace crypto
