// What the parts, members and signs of an account's export are called for a reader, on a page and
// on paper alike. What has no words stands as it is named. Pure functions; safe from any thread.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "codec/json.h"
#include "http/language.h"
#include "privacy/request/letter_words.h"

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
/// The export without ids, digests and levels that only a program needs, with names in the reader's
/// language in the place of what they name ("source" by "source_name"), and with the person's own
/// numbers in full.
[[nodiscard]] codec::JsonObject for_reader(codec::JsonObject all, http::Language language);
/// "Подтверждён" of "confirmed_at".
[[nodiscard]] std::string member_words(std::string_view member, const privacy::LetterWords& words);
/// "Вход с паролем" of signed_in_by "password" in the section "sessions".
[[nodiscard]] std::string value_words(std::string_view section, std::string_view member,
                                      std::string_view value, const privacy::LetterWords& words);

}  // namespace api
