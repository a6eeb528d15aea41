// The GSM 7-bit default alphabet with its extension table, as octets of seven bits: in SMPP each
// septet travels in an octet of its own. Pure functions.
#pragma once

#include <optional>
#include <string_view>

#include "core/bytes.h"

namespace edges::smpp {

inline constexpr std::uint8_t kGsm7Escape = 0x1B;

/// The text in septets, a character of the extension table being two (an escape and its code);
/// nullopt if a character is in neither table, or the text is not UTF-8.
[[nodiscard]] std::optional<core::Bytes> to_gsm7(std::string_view utf8);

}  // namespace edges::smpp
