// SQL text and stored text: what the drivers check and rewrite before an engine sees it. For the
// store room only; pure functions.
#pragma once

#include <string>
#include <string_view>

namespace store {

/// Rewrites `$n` to `?n`, leaving quoted text, quoted names and comments alone: SQLite numbers a
/// bare `$n` by first appearance, PostgreSQL by its number. A closing FOR UPDATE is left out:
/// SQLite has no row locks and needs none, since its write units run one after another.
[[nodiscard]] std::string to_sqlite_text(std::string_view sql);

/// Whether both engines can hold it as TEXT: well-formed UTF-8 (no overlong form, no surrogate,
/// at most U+10FFFF) without U+0000.
[[nodiscard]] bool is_storable_text(std::string_view text);

}  // namespace store
