#include "store/sql_text.h"

#include <cstddef>
#include <cstdint>

namespace store {
namespace {

constexpr std::string_view kForUpdate = " FOR UPDATE";

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// The first place after the quoted text, name or comment that starts at `from`; `from` itself if
/// none starts there. An unclosed one ends with the text.
std::size_t skip_quoted(std::string_view sql, std::size_t from) {
  const auto after = [&](std::string_view end, std::size_t opening) {
    const std::size_t found = sql.find(end, from + opening);
    return found == std::string_view::npos ? sql.size() : found + end.size();
  };
  const std::string_view rest = sql.substr(from);
  if (rest.starts_with('\'')) return after("'", 1);  // '' inside is two quoted texts in a row
  if (rest.starts_with('"')) return after("\"", 1);
  if (rest.starts_with("--")) return after("\n", 2);
  if (rest.starts_with("/*")) return after("*/", 2);
  return from;
}

struct Utf8Form {
  std::size_t length;
  std::uint32_t first_bits;
  std::uint32_t least;  ///< a smaller code point in this length is overlong
};

/// The form announced by the first byte; length 0 if no sequence starts so.
Utf8Form utf8_form(std::uint8_t first) {
  if (first < 0x80) return {1, first, 1};
  if (first >= 0xC2 && first < 0xE0) return {2, first & 0x1FU, 0x80};
  if (first >= 0xE0 && first < 0xF0) return {3, first & 0x0FU, 0x800};
  if (first >= 0xF0 && first < 0xF5) return {4, first & 0x07U, 0x10000};
  return {0, 0, 0};
}

/// Length of the well-formed character at the start of a non-empty text; 0 if there is none.
std::size_t leading_character(std::string_view text) {
  const Utf8Form form = utf8_form(static_cast<std::uint8_t>(text[0]));
  if (form.length == 0 || form.length > text.size()) return 0;
  std::uint32_t point = form.first_bits;
  for (std::size_t i = 1; i < form.length; ++i) {
    const auto byte = static_cast<std::uint8_t>(text[i]);
    if ((byte & 0xC0U) != 0x80) return 0;
    point = (point << 6U) | (byte & 0x3FU);
  }
  const bool surrogate = point >= 0xD800 && point <= 0xDFFF;
  return point < form.least || point > 0x10FFFF || surrogate ? 0 : form.length;
}

}  // namespace

std::string to_sqlite_text(std::string_view sql) {
  if (sql.ends_with(kForUpdate)) sql.remove_suffix(kForUpdate.size());
  std::string text;
  text.reserve(sql.size());
  for (std::size_t i = 0; i < sql.size();) {
    const std::size_t end = skip_quoted(sql, i);
    if (end != i) {
      text.append(sql.substr(i, end - i));
      i = end;
      continue;
    }
    const bool parameter = sql[i] == '$' && i + 1 < sql.size() && is_digit(sql[i + 1]);
    text.push_back(parameter ? '?' : sql[i]);
    ++i;
  }
  return text;
}

bool is_storable_text(std::string_view text) {
  while (!text.empty()) {
    const std::size_t length = leading_character(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

}  // namespace store
