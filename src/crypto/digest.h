// SHA-256, HMAC-SHA-256, HKDF and the comparison that does not leak by its time. Pure functions for
// every room from codec upwards; safe to call from any thread (each thread keeps its own context).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>

#include "core/bytes.h"

namespace crypto {

using core::Bytes;
using core::ByteView;

using Digest256 = std::array<std::uint8_t, 32>;

/// Longest output of hkdf_sha256, in bytes (RFC 5869, section 2.3: 255 blocks).
inline constexpr std::size_t kHkdfBytesMax = 255 * sizeof(Digest256);

/// SHA-256 of one run of bytes.
[[nodiscard]] Digest256 sha256(ByteView bytes);
/// SHA-256 of the parts one after another, without joining them in memory. Nothing separates the
/// parts: a caller whose parts vary in length must frame them (see mac.h).
[[nodiscard]] Digest256 sha256(std::initializer_list<ByteView> parts);
[[nodiscard]] Digest256 sha256(std::span<const ByteView> parts);

/// HMAC-SHA-256 with a key of any length (RFC 2104).
[[nodiscard]] Digest256 hmac_sha256(ByteView key, ByteView message);
/// The same over the parts one after another; nothing separates them either.
[[nodiscard]] Digest256 hmac_sha256(ByteView key, std::initializer_list<ByteView> parts);
[[nodiscard]] Digest256 hmac_sha256(ByteView key, std::span<const ByteView> parts);

/// HKDF with SHA-256, extract and expand (RFC 5869).
/// @param salt  may be empty.
/// @param size  bytes wanted, at most kHkdfBytesMax; more is a broken invariant and aborts.
[[nodiscard]] Bytes hkdf_sha256(ByteView ikm, ByteView salt, ByteView info, std::size_t size);

/// True if both have the same length and bytes. The time depends on the length only.
[[nodiscard]] bool equal_constant_time(ByteView a, ByteView b);

}  // namespace crypto
