// The languages texts are kept in, and how one is chosen for a request: the `lang` parameter, then
// the `lang` cookie, then Accept-Language, then Russian. Value types.
#pragma once

#include <optional>
#include <string_view>

namespace http {

enum class Language { kRu, kEn };

/// "ru" or "en", as in Content-Language and in the catalogues.
[[nodiscard]] std::string_view tag_of(Language language);

/// Reads a language tag, also with a region ("en-GB"), in any case; empty for other languages.
[[nodiscard]] std::optional<Language> find_language(std::string_view tag);

/// The best known language of an Accept-Language field by its q values (RFC 9110); empty if none
/// of ours is acceptable. Malformed members are passed over.
[[nodiscard]] std::optional<Language> negotiate_language(std::string_view accept_language);

}  // namespace http
