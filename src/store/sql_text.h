// SQL text and stored text: what the drivers check and rewrite before an engine sees it. For the
// store room only; pure functions.
#pragma once

#include <string>
#include <string_view>

namespace store {

/// Rewrites `$n` to `?n`, leaving quoted text, quoted names and comments alone: SQLite numbers a
/// bare `$n` by first appearance, PostgreSQL by its number.
[[nodiscard]] std::string to_sqlite_parameters(std::string_view sql);

/// Whether both engines can hold it as TEXT: well-formed UTF-8 (no overlong form, no surrogate,
/// at most U+10FFFF) without U+0000.
[[nodiscard]] bool is_storable_text(std::string_view text);

}  // namespace store
