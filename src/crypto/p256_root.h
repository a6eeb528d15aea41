// The second coordinate of a compressed P-256 point; only for p256.cpp. Works on public data, so
// nothing here takes care to hide its values. Pure function, safe to call from any thread.
#pragma once

#include <array>
#include <cstdint>
#include <span>

namespace crypto {

using P256Coordinate = std::array<std::uint8_t, 32>;  ///< big-endian

/// The y of this parity with y^2 = x^3 - 3x + b modulo p, if x belongs to a point of the curve;
/// otherwise a meaningless number. The caller must check that (x, y) is on the curve.
[[nodiscard]] P256Coordinate p256_root(std::span<const std::uint8_t, 32> x, bool odd);

}  // namespace crypto
