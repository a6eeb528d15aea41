// UTF-8 to UTF-16, which SMS call UCS-2. For this edge only; a pure function, safe from any thread.
// Telephones expect characters beyond the basic plane as surrogate pairs.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace edges::smpp {

/// Characters beyond the basic plane become surrogate pairs, as telephones expect them in "UCS-2";
/// nullopt if the text is not UTF-8.
[[nodiscard]] std::optional<std::u16string> to_utf16(std::string_view utf8);

}  // namespace edges::smpp
