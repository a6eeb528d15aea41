// What texts and numbers of several sections have to look like. For the schema of the configuration
// only; constants.
#pragma once

#include "app/config/config_schema.h"
#include "wallet/trust_list.h"

namespace app {

inline constexpr Range kTimeoutMs{10, 600'000};

inline const TextRule kWord{"a text of 1 to 255 characters without spaces", is_word};
inline const TextRule kTitle{"a text of 1 to 120 bytes without line breaks",
                             [](std::string_view text) {
                               return !text.empty() && is_printable(text) &&
                                      text.size() <= wallet::TrustList::kIssuerNameBytesMax;
                             }};
inline const TextRule kWebAddress{"an address that begins with http:// or https://",
                                  is_web_address};
inline const TextRule kOptionalWebAddress{
    "an address that begins with http:// or https://, or nothing",
    [](std::string_view text) { return text.empty() || is_web_address(text); }};

}  // namespace app
