// Reading a TOML file of the operator's: bounded, with the place of each value for messages. The
// one wrapper of toml++; for config.cpp, jurisdiction.cpp and what they lean on. Pure but for the
// file.
#pragma once

#include <toml++/toml.h>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "app/config/config_problem.h"

namespace app {

inline constexpr std::size_t kTomlBytesMax = 1024UL * 1024;

/// A file's content, at most `bytes_max`. The error says in words why not, without the path.
[[nodiscard]] tl::expected<std::string, std::string> read_text_file(const std::string& path,
                                                                    std::size_t bytes_max);

/// The parsed file. Only the first fault of its syntax is found; problems name file, line, column.
[[nodiscard]] Checked<toml::table> parse_toml_file(const std::string& path);
/// The same for a text; `path` stands in messages.
[[nodiscard]] Checked<toml::table> parse_toml(std::string_view text, const std::string& path);

/// "path:12:8": where a node stands.
[[nodiscard]] std::string where_of(const std::string& path, const toml::node& node);

/// What a node is, in words: "the text \"80\"", "the number 80", "a list". Long texts are cut.
[[nodiscard]] std::string described(const toml::node& node);

/// The known name nearest to `name`, if it is near enough to be a slip of the keyboard.
template <typename Names>
[[nodiscard]] std::optional<std::string> find_nearest(std::string_view name, const Names& known);

/// Letters to insert, remove or replace to get from one text to the other.
[[nodiscard]] std::size_t edit_distance(std::string_view a, std::string_view b);

template <typename Names>
std::optional<std::string> find_nearest(std::string_view name, const Names& known) {
  std::optional<std::string> nearest;
  std::size_t distance_min = 3;
  for (const auto& candidate : known) {
    const std::size_t distance = edit_distance(name, candidate);
    if (distance >= distance_min) continue;
    distance_min = distance;
    nearest = std::string(candidate);
  }
  return nearest;
}

}  // namespace app
