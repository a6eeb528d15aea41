#include "edges/esia/member.h"

#include <algorithm>

#include "core/instant.h"

namespace edges::esia {
namespace {

constexpr std::size_t kIdDigitsMax = 19;

bool is_control(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x20 || byte == 0x7f;
}

}  // namespace

std::string text_member(const codec::JsonObject& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  if (value == nullptr || !value->is_string()) return {};
  const std::string_view text = value->as_string();
  if (text.size() > kMemberBytesMax || std::any_of(text.begin(), text.end(), is_control)) return {};
  return std::string(text);
}

std::string id_member(const codec::JsonObject& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  if (value == nullptr) return {};
  if (value->is_int64()) return value->as_int64() > 0 ? std::to_string(value->as_int64()) : "";
  auto text = text_member(object, name);
  const bool digits =
      !text.empty() && text.size() <= kIdDigitsMax &&
      std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
  return digits ? text : std::string();
}

std::string date_member(const codec::JsonObject& object, std::string_view name) {
  const auto text = text_member(object, name);
  constexpr std::size_t kLength = 10;  // dd.MM.yyyy
  if (text.size() != kLength || text[2] != '.' || text[5] != '.') return {};
  const auto date =
      core::Date::parse(text.substr(6) + "-" + text.substr(3, 2) + "-" + text.substr(0, 2));
  return date ? date->to_string() : std::string();
}

}  // namespace edges::esia
