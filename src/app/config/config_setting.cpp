#include "app/config/config_setting.h"

#include <fmt/format.h>

#include <charconv>
#include <filesystem>

namespace app {
namespace {

constexpr std::size_t kShownBytesMax = 60;

const RawScalar* scalar_of(const RawSetting& raw) { return std::get_if<RawScalar>(&raw.value); }

template <typename T>
std::optional<T> number_from(std::string_view text) {
  T value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// "a, b" -> {"a", "b"}: how lists are written in the environment and in flags.
std::vector<std::string> split_list(std::string_view text) {
  std::vector<std::string> items;
  while (!text.empty()) {
    const auto comma = text.find(',');
    std::string_view item = text.substr(0, comma);
    text = comma == std::string_view::npos ? std::string_view() : text.substr(comma + 1);
    while (item.starts_with(' ')) item.remove_prefix(1);
    while (item.ends_with(' ')) item.remove_suffix(1);
    if (!item.empty()) items.emplace_back(item);
  }
  return items;
}

std::string described(const RawScalar& scalar) {
  if (const auto* number = std::get_if<std::int64_t>(&scalar)) {
    return fmt::format("the number {}", *number);
  }
  if (const auto* number = std::get_if<double>(&scalar))
    return fmt::format("the number {}", *number);
  if (const auto* yes = std::get_if<bool>(&scalar)) return *yes ? "true" : "false";
  const auto& text = std::get<std::string>(scalar);
  return text.size() <= kShownBytesMax ? fmt::format("\"{}\"", text)
                                       : fmt::format("a text of {} bytes", text.size());
}

}  // namespace

std::optional<std::int64_t> as_integer(const RawSetting& raw) {
  const auto* scalar = scalar_of(raw);
  if (scalar == nullptr) return std::nullopt;
  if (raw.is_text) return number_from<std::int64_t>(std::get<std::string>(*scalar));
  const auto* number = std::get_if<std::int64_t>(scalar);
  return number != nullptr ? std::optional(*number) : std::nullopt;
}

std::optional<double> as_decimal(const RawSetting& raw) {
  const auto* scalar = scalar_of(raw);
  if (scalar == nullptr) return std::nullopt;
  if (raw.is_text) return number_from<double>(std::get<std::string>(*scalar));
  if (const auto* number = std::get_if<double>(scalar)) return *number;
  const auto* whole = std::get_if<std::int64_t>(scalar);
  return whole != nullptr ? std::optional(static_cast<double>(*whole)) : std::nullopt;
}

std::optional<std::string> as_text(const RawSetting& raw) {
  const auto* scalar = scalar_of(raw);
  const auto* text = scalar != nullptr ? std::get_if<std::string>(scalar) : nullptr;
  return text != nullptr ? std::optional(*text) : std::nullopt;
}

std::optional<std::vector<std::string>> as_text_list(const RawSetting& raw) {
  if (raw.is_text) {
    const auto text = as_text(raw);
    return text ? std::optional(split_list(*text)) : std::nullopt;
  }
  const auto* list = std::get_if<RawList>(&raw.value);
  if (list == nullptr) return std::nullopt;
  std::vector<std::string> items;
  for (const auto& item : *list) {
    const auto* text = std::get_if<std::string>(&item);
    if (text == nullptr) return std::nullopt;
    items.push_back(*text);
  }
  return items;
}

std::optional<std::vector<int>> as_integer_list(const RawSetting& raw, Range range) {
  std::vector<std::optional<std::int64_t>> found;
  if (raw.is_text) {
    for (const auto& item : split_list(as_text(raw).value_or(""))) {
      found.push_back(number_from<std::int64_t>(item));
    }
  } else if (const auto* list = std::get_if<RawList>(&raw.value)) {
    for (const auto& item : *list) {
      const auto* number = std::get_if<std::int64_t>(&item);
      found.push_back(number != nullptr ? std::optional(*number) : std::nullopt);
    }
  } else {
    return std::nullopt;
  }
  std::vector<int> numbers;
  for (const auto& number : found) {
    if (!number || *number < range.min || *number > range.max) return std::nullopt;
    numbers.push_back(static_cast<int>(*number));
  }
  return numbers;
}

std::optional<std::map<std::string, std::string>> as_text_table(const RawSetting& raw) {
  std::map<std::string, std::string> table;
  if (raw.is_text) {
    for (const auto& item : split_list(as_text(raw).value_or(""))) {
      const auto equals = item.find('=');
      if (equals == std::string::npos) return std::nullopt;
      table.insert_or_assign(item.substr(0, equals), item.substr(equals + 1));
    }
    return table;
  }
  const auto* rows = std::get_if<RawTable>(&raw.value);
  if (rows == nullptr) return std::nullopt;
  for (const auto& [name, value] : *rows) {
    const auto* text = std::get_if<std::string>(&value);
    if (text == nullptr) return std::nullopt;
    table.insert_or_assign(name, *text);
  }
  return table;
}

std::string described(const RawSetting& raw) {
  if (const auto* scalar = scalar_of(raw)) return described(*scalar);
  if (const auto* list = std::get_if<RawList>(&raw.value)) {
    std::string items;
    for (const auto& item : *list) items += (items.empty() ? "" : ", ") + described(item);
    return items.size() <= 3 * kShownBytesMax ? "[" + items + "]" : "a list";
  }
  return "a section";
}

bool is_printable(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) >= 0x20 && c != '\x7f'; });
}

bool is_word(std::string_view text) {
  return !text.empty() && text.size() <= 255 && is_printable(text) &&
         text.find(' ') == std::string_view::npos;
}

std::string toml_text(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    if (static_cast<unsigned char>(c) < 0x20 || c == '\x7f') {
      quoted += fmt::format("\\u{:04X}", static_cast<unsigned char>(c));
    } else {
      quoted += c;
    }
  }
  return quoted + "\"";
}

std::string toml_list(const std::vector<std::string>& items) {
  std::string list;
  for (const auto& item : items) list += (list.empty() ? "" : ", ") + toml_text(item);
  return "[" + list + "]";
}

std::string expected_integer(Range range) {
  return fmt::format("a whole number from {} to {}", range.min, range.max);
}

std::string resolved(const std::string& path, const std::string& folder) {
  if (path.empty() || std::filesystem::path(path).is_absolute()) return path;
  return (std::filesystem::path(folder) / path).lexically_normal().string();
}

}  // namespace app
