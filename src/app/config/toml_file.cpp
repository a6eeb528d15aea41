#include "app/config/toml_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <memory>
#include <numeric>
#include <system_error>
#include <vector>

namespace app {
namespace {

constexpr std::size_t kShownBytesMax = 60;

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

std::string shortened(std::string_view text) {
  if (text.size() <= kShownBytesMax) return std::string(text);
  std::size_t end = kShownBytesMax;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return std::string(text.substr(0, end)) + "...";
}

}  // namespace

tl::expected<std::string, std::string> read_text_file(const std::string& path,
                                                      std::size_t bytes_max) {
  const std::unique_ptr<std::FILE, CloseFile> file(std::fopen(path.c_str(), "rbe"));
  if (!file) return tl::unexpected(std::generic_category().message(errno));
  std::string text(bytes_max + 1, '\0');
  text.resize(std::fread(text.data(), 1, text.size(), file.get()));
  if (std::ferror(file.get()) != 0) return tl::unexpected(std::string("it cannot be read"));
  if (text.size() > bytes_max) {
    return tl::unexpected(fmt::format("it is larger than {} KiB", bytes_max / 1024));
  }
  return text;
}

Checked<toml::table> parse_toml(std::string_view text, const std::string& path) {
  try {
    return toml::parse(text, path);
  } catch (const toml::parse_error& error) {
    const auto& at = error.source().begin;
    return tl::unexpected(ConfigProblems{
        {fmt::format("{}:{}:{}", path, at.line, at.column), std::string(error.description()),
         "TOML 1.0", "key = \"text\", key = 80, key = [\"a\", \"b\"], [section]"}});
  }
}

Checked<toml::table> parse_toml_file(const std::string& path) {
  const auto text = read_text_file(path, kTomlBytesMax);
  if (!text)
    return tl::unexpected(ConfigProblems{{path, text.error(), "a readable TOML file", ""}});
  return parse_toml(*text, path);
}

std::string where_of(const std::string& path, const toml::node& node) {
  const auto& at = node.source().begin;
  return at.line == 0 ? path : fmt::format("{}:{}:{}", path, at.line, at.column);
}

std::string described(const toml::node& node) {
  if (const auto* text = node.as_string())
    return fmt::format("the text \"{}\"", shortened(text->get()));
  if (const auto* number = node.as_integer()) return fmt::format("the number {}", number->get());
  if (const auto* number = node.as_floating_point()) {
    return fmt::format("the number {}", number->get());
  }
  if (const auto* yes = node.as_boolean()) return yes->get() ? "true" : "false";
  if (node.is_array()) return "a list";
  if (node.is_table()) return "a section";
  return "a date or time";
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t above = row[j];
      row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)});
      diagonal = above;
    }
  }
  return row[b.size()];
}

}  // namespace app
