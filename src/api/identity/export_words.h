// What an account's export calls its parts for a reader, on a page and on paper alike. Constants
// and pure functions; safe from any thread.
#pragma once

#include <span>
#include <string_view>

#include "http/language.h"

namespace api {

/// A picture or a key in base64 is of no use to a reader.
inline constexpr std::size_t kExportTextShownMax = 400;

/// A member of the export that stands under a heading of its own.
struct ExportSection {
  std::string_view name, ru, en;

  [[nodiscard]] std::string_view heading(http::Language language) const {
    return language == http::Language::kEn ? en : ru;
  }
};
/// In the order people read them.
[[nodiscard]] std::span<const ExportSection> export_sections();
[[nodiscard]] std::string_view export_title(http::Language language);
/// What a member is called; one that has no word stands as it is named.
[[nodiscard]] std::string_view export_word(std::string_view name, http::Language language);

}  // namespace api
