#include "app/config/toml_fields.h"

#include <fmt/format.h>

#include <algorithm>

namespace app {
namespace {

constexpr std::string_view kText = "a text";
constexpr std::string_view kTexts = "a list of texts";
constexpr std::string_view kSection = "a section";
constexpr std::string_view kSections = "one or more sections in double brackets";

std::string range_text(std::int64_t min, std::int64_t max) {
  return fmt::format("a whole number from {} to {}", min, max);
}

}  // namespace

std::string TomlFields::key_name(std::string_view key) const {
  return name_.empty() ? std::string(key) : fmt::format("{}.{}", name_, key);
}

const toml::node* TomlFields::find(Wanted wanted) {
  asked_.emplace_back(wanted.key);
  return table_.get(wanted.key);
}

const toml::node* TomlFields::require(Wanted wanted, std::string_view expected) {
  const auto* node = find(wanted);
  if (node == nullptr) refuse(wanted, fmt::format("{} is not set", key_name(wanted.key)), expected);
  return node;
}

void TomlFields::refuse(Wanted wanted, std::string what, std::string_view expected) {
  const auto* node = table_.get(wanted.key);
  sink_.problems.push_back(
      {where_of(sink_.path, node != nullptr ? *node : static_cast<const toml::node&>(table_)),
       std::move(what), std::string(expected), std::string(wanted.example)});
}

void TomlFields::refuse_type(Wanted wanted, const toml::node& node, std::string_view expected) {
  refuse(wanted, fmt::format("{} is {}", key_name(wanted.key), described(node)), expected);
}

std::string TomlFields::text(Wanted wanted) {
  return parsed<std::string>(wanted, "a text that is not empty", [](std::string_view text) {
    return text.empty() ? std::nullopt : std::optional(std::string(text));
  });
}

std::string TomlFields::optional_text(Wanted wanted) {
  const auto* node = find(wanted);
  if (node == nullptr) return {};
  if (const auto* value = node->as_string()) return value->get();
  refuse_type(wanted, *node, kText);
  return {};
}

std::optional<std::int64_t> TomlFields::optional_integer(Wanted wanted, std::int64_t min,
                                                         std::int64_t max) {
  const auto* node = find(wanted);
  if (node == nullptr) return std::nullopt;
  const auto* value = node->as_integer();
  if (value != nullptr && value->get() >= min && value->get() <= max) return value->get();
  refuse_type(wanted, *node, range_text(min, max));
  return std::nullopt;
}

std::int64_t TomlFields::integer(Wanted wanted, std::int64_t min, std::int64_t max) {
  if (table_.get(wanted.key) == nullptr) {
    asked_.emplace_back(wanted.key);
    refuse(wanted, fmt::format("{} is not set", key_name(wanted.key)), range_text(min, max));
    return min;
  }
  return optional_integer(wanted, min, max).value_or(min);
}

bool TomlFields::optional_boolean(Wanted wanted) {
  const auto* node = find(wanted);
  if (node == nullptr) return false;
  if (const auto* value = node->as_boolean()) return value->get();
  refuse_type(wanted, *node, "true or false");
  return false;
}

std::vector<std::string> TomlFields::text_list(Wanted wanted) {
  const auto* node = require(wanted, kTexts);
  if (node == nullptr) return {};
  std::vector<std::string> items;
  const auto* list = node->as_array();
  bool good = list != nullptr;
  for (std::size_t i = 0; good && i < list->size(); ++i) {
    const auto* item = list->get(i)->as_string();
    good = item != nullptr;
    if (good) items.push_back(item->get());
  }
  if (!good) refuse_type(wanted, *node, kTexts);
  return good ? items : std::vector<std::string>();
}

std::vector<std::int64_t> TomlFields::integer_list(Wanted wanted, std::int64_t min,
                                                   std::int64_t max) {
  const auto* node = require(wanted, "a list of numbers");
  if (node == nullptr) return {};
  std::vector<std::int64_t> items;
  const auto* list = node->as_array();
  bool good = list != nullptr;
  for (std::size_t i = 0; good && i < list->size(); ++i) {
    const auto* item = list->get(i)->as_integer();
    good = item != nullptr && item->get() >= min && item->get() <= max;
    if (good) items.push_back(item->get());
  }
  if (!good) refuse_type(wanted, *node, fmt::format("a list of numbers from {} to {}", min, max));
  return good ? items : std::vector<std::int64_t>();
}

const toml::table* TomlFields::table(Wanted wanted, bool required) {
  const auto* node = required ? require(wanted, kSection) : find(wanted);
  if (node == nullptr) return nullptr;
  if (!node->is_table()) refuse_type(wanted, *node, kSection);
  return node->as_table();
}

std::vector<const toml::table*> TomlFields::tables(Wanted wanted) {
  const auto* node = require(wanted, kSections);
  if (node == nullptr) return {};
  std::vector<const toml::table*> items;
  if (const auto* list = node->as_array()) {
    for (const auto& item : *list) {
      if (item.is_table()) items.push_back(item.as_table());
    }
    if (items.size() == list->size() && !items.empty()) return items;
  }
  refuse_type(wanted, *node, kSections);
  return {};
}

std::vector<std::string> TomlFields::all_keys() {
  std::vector<std::string> keys;
  for (const auto& [key, node] : table_) keys.emplace_back(key.str());
  asked_.insert(asked_.end(), keys.begin(), keys.end());
  return keys;
}

void TomlFields::finish() {
  for (const auto& [key, node] : table_) {
    if (std::find(asked_.begin(), asked_.end(), key.str()) != asked_.end()) continue;
    const auto nearest = find_nearest(key.str(), asked_);
    const auto& at = key.source().begin;
    sink_.problems.push_back(
        {fmt::format("{}:{}:{}", sink_.path, at.line, at.column),
         fmt::format("nothing here is called {}", key_name(key.str())),
         nearest ? fmt::format("perhaps {}", *nearest)
                 : "a key of the format, which stands at the top of the package's file",
         ""});
  }
}

}  // namespace app
