// base64url and base64 (RFC 4648), strict: one byte string has exactly one accepted text, so a
// token or digest cannot be written in two ways. Pure functions, safe from any thread.
#pragma once

#include <string>
#include <string_view>

#include "core/bytes.h"

namespace codec {

/// Writes base64url without padding. Source: RFC 4648, section 5.
[[nodiscard]] std::string to_base64url(core::ByteView bytes);

/// Reads base64url without padding.
/// Errors: kInvalidInput "base64url.malformed" a character outside A-Za-z0-9-_ (padding and
///         whitespace too), an impossible length, or trailing bits that are not zero.
[[nodiscard]] core::Result<core::Bytes> from_base64url(std::string_view text);

/// Writes base64 with padding. Source: RFC 4648, section 4.
[[nodiscard]] std::string to_base64(core::ByteView bytes);

/// Reads base64 with its padding, as portraits and X.509 certificates come in JSON.
/// Errors: kInvalidInput "base64.malformed" a character outside A-Za-z0-9+/, missing or extra
///         padding, line breaks, or trailing bits that are not zero.
[[nodiscard]] core::Result<core::Bytes> from_base64(std::string_view text);

}  // namespace codec
