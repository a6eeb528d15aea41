// TomlFields: the strict reader of one TOML table. It asks for each key by type and range, notes
// every fault with its place instead of stopping at the first, and finish() refuses what was never
// asked for. For files with structure (jurisdiction.cpp). Used on one thread; the table must
// outlive it.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/config/toml_file.h"

namespace app {

/// Where faults go, and the file's name in them.
struct FaultSink {
  std::string path;
  ConfigProblems problems;
};

/// A key and a good value for it, for messages.
struct Wanted {
  std::string_view key;
  std::string_view example;
};

class TomlFields {
 public:
  /// @param name  of the table in messages: "phone", "documents[2]"; empty = the file itself.
  TomlFields(const toml::table& table, std::string name, FaultSink& sink)
      : table_(table), name_(std::move(name)), sink_(sink) {}

  /// A fault makes a value empty; whoever asked goes on, since problem() keeps it.
  std::string text(Wanted wanted);
  std::string optional_text(Wanted wanted);
  std::int64_t integer(Wanted wanted, std::int64_t min, std::int64_t max);
  std::optional<std::int64_t> optional_integer(Wanted wanted, std::int64_t min, std::int64_t max);
  bool optional_boolean(Wanted wanted);
  std::vector<std::string> text_list(Wanted wanted);
  std::vector<std::int64_t> integer_list(Wanted wanted, std::int64_t min, std::int64_t max);
  /// A text that `parse` makes something of, or refuses by an empty optional.
  template <typename T>
  T parsed(Wanted wanted, std::string_view expected,
           const std::function<std::optional<T>(std::string_view)>& parse);

  /// A table inside this one; nullptr (and a fault, if required) when it is not there.
  const toml::table* table(Wanted wanted, bool required = true);
  /// An array of tables; at least one.
  std::vector<const toml::table*> tables(Wanted wanted);
  /// Every key of this table, as asked for: for tables whose keys are the author's.
  std::vector<std::string> all_keys();

  /// Notes a fault at the key's place, or at the table's if the key is not there.
  void refuse(Wanted wanted, std::string what, std::string_view expected);
  /// Refuses the keys that were never asked for.
  void finish();

  [[nodiscard]] std::string key_name(std::string_view key) const;

 private:
  const toml::node* find(Wanted wanted);
  const toml::node* require(Wanted wanted, std::string_view expected);
  void refuse_type(Wanted wanted, const toml::node& node, std::string_view expected);

  const toml::table& table_;
  std::string name_;
  FaultSink& sink_;
  std::vector<std::string> asked_;
};

template <typename T>
T TomlFields::parsed(Wanted wanted, std::string_view expected,
                     const std::function<std::optional<T>(std::string_view)>& parse) {
  const auto* node = require(wanted, expected);
  if (node == nullptr) return T{};
  const auto* value = node->as_string();
  auto result = value != nullptr ? parse(value->get()) : std::nullopt;
  if (!result) refuse_type(wanted, *node, expected);
  return result ? std::move(*result) : T{};
}

}  // namespace app
