// What the members of an account's export are called and what their signs mean, for the page that
// people read. What has no words stands as it is named. Pure functions; safe from any thread.
#pragma once

#include <string>
#include <string_view>

#include "privacy/request/letter_words.h"

namespace api {

/// Of ids, digests and levels that only a program needs: they stand in the JSON.
[[nodiscard]] bool is_for_programs(std::string_view member);
/// "Подтверждён" of "confirmed_at".
[[nodiscard]] std::string member_words(std::string_view member, const privacy::LetterWords& words);
/// "Вход с паролем" of signed_in_by "password" in the section "sessions".
[[nodiscard]] std::string value_words(std::string_view section, std::string_view member,
                                      std::string_view value, const privacy::LetterWords& words);

}  // namespace api
