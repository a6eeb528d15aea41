// Reads QR codes back from a picture: for tests and the command line, not for request handlers (a
// large picture takes tens of milliseconds). Pure function, safe from any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "core/bytes.h"

namespace codec {

inline constexpr std::size_t kPngBytesMax = 8UL * 1024 * 1024;
inline constexpr std::uint32_t kPngSideMax = 4096;
inline constexpr std::uint8_t kQrSymbolsMax = 8;

/// The texts of the QR codes in a PNG, at least one, at most kQrSymbolsMax.
/// Errors: kInvalidInput "qr.not_png" no PNG, or a damaged one; "qr.image_too_large" above
///         kPngBytesMax or kPngSideMax; "qr.not_found" no readable code.
[[nodiscard]] core::Result<std::vector<std::string>> read_qr(core::ByteView png);

}  // namespace codec
