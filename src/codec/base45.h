// base45 (RFC 9285): the bytes of a QR code in its alphanumeric alphabet. Strict: a byte string has
// exactly one accepted text. Pure functions, safe from any thread.
#pragma once

#include <string>
#include <string_view>

#include "core/bytes.h"

namespace codec {

/// Writes base45: three characters for two bytes, two for a last odd byte.
/// Source: RFC 9285, section 4.
[[nodiscard]] std::string to_base45(core::ByteView bytes);

/// Reads base45.
/// Errors: kInvalidInput "base45.malformed" a character outside the alphabet (lower case too), an
///         impossible length, or a group above 65535 (above 255 for the last two characters).
[[nodiscard]] core::Result<core::Bytes> from_base45(std::string_view text);

}  // namespace codec
