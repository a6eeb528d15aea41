// Small readers of header field text: ASCII without regard to case, optional white space, lists.
// Internal to the HTTP room. Pure functions over views; nothing is copied.
#pragma once

#include <algorithm>
#include <string_view>

namespace http {

[[nodiscard]] constexpr char to_lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// Compares ASCII without regard to case.
[[nodiscard]] constexpr bool equal_no_case(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (to_lower(a[i]) != to_lower(b[i])) return false;
  }
  return true;
}

/// Cuts spaces and tabs off both ends.
[[nodiscard]] constexpr std::string_view trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

/// Takes the text up to the next separator off `rest` and returns it; `rest` ends up empty.
[[nodiscard]] constexpr std::string_view next_part(std::string_view& rest, char separator) {
  const auto at = rest.find(separator);
  const auto part = rest.substr(0, at);
  rest = at == std::string_view::npos ? std::string_view{} : rest.substr(at + 1);
  return part;
}

/// Whether a comma-separated field holds the token, without regard to case.
[[nodiscard]] constexpr bool list_has(std::string_view list, std::string_view token) {
  while (!list.empty()) {
    if (equal_no_case(trim(next_part(list, ',')), token)) return true;
  }
  return false;
}

/// A media type without its parameters: "application/json; charset=utf-8" -> "application/json".
[[nodiscard]] constexpr std::string_view media_type_of(std::string_view content_type) {
  return trim(next_part(content_type, ';'));
}

/// Whether a field value could be sent as it is: no control character but tab.
[[nodiscard]] constexpr bool is_field_value(std::string_view value) {
  return std::ranges::all_of(value, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte >= 0x20 || c == '\t') && byte != 0x7F;
  });
}

}  // namespace http
