// Farewell: the last message to somebody whose account goes. It is sealed when they confirm,
// because when it is sent no key of theirs exists any more. Value type.
#pragma once

#include <string>
#include <string_view>

#include "core/result.h"
#include "core/secret.h"

namespace identity {

/// The outbox kind of these messages.
inline constexpr std::string_view kFarewellKind = "account.farewell";

struct Farewell {
  core::Secret<std::string> to;       ///< E.164
  core::Secret<std::string> receipt;  ///< ReceiptNumber::text
  std::string language;               ///< "ru" or "en"
};

/// The message as text to be sealed.
[[nodiscard]] core::Secret<std::string> encode_farewell(const Farewell& farewell);
/// Errors: kInternal "farewell.malformed".
[[nodiscard]] core::Result<Farewell> decode_farewell(const core::Secret<std::string>& text);
/// The place of a sealed message in the outbox, for the vault. @param dedup_key  the row's.
[[nodiscard]] std::string farewell_place(std::string_view dedup_key);

}  // namespace identity
