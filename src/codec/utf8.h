// UTF-8 validity, for formats whose library does not check it, and for text that is about to be
// written into CBOR. Pure function, safe from any thread.
#pragma once

#include <string_view>

namespace codec {

/// True when the text is well-formed UTF-8: no overlong form, no surrogate, nothing above U+10FFFF.
/// Source: RFC 3629, section 4.
[[nodiscard]] bool is_utf8(std::string_view text);

}  // namespace codec
