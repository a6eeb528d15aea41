// What a checker's verdict says to a person, in Russian and English, and its exit code. Pure
// functions.
#pragma once

#include <string>
#include <string_view>

#include "codec/json.h"
#include "wallet/digital_id_check.h"

namespace app {

enum class SpokenLanguage { kRussian, kEnglish };

/// By --lang if it is given ("ru", "en"), else by the value of LC_ALL or LANG: Russian where it
/// begins with "ru".
[[nodiscard]] SpokenLanguage spoken_language(std::string_view asked, std::string_view locale);

/// One or two sentences. Holds the person's name where the code told it.
[[nodiscard]] std::string say(const wallet::CheckResult& result, SpokenLanguage language);

/// The same as data; members that the code does not tell are left out.
[[nodiscard]] codec::Json to_json(const wallet::CheckResult& result);

/// 0 yes, 1 no, and those of commands.h.
[[nodiscard]] int exit_code_of(wallet::Verdict verdict);

}  // namespace app
