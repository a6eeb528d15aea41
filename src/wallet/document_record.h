// Reading what registries answer: one JSON form per kind, every number through its check digits,
// every date through the calendar. A registry is a stranger: what does not fit is refused as a
// whole. Pure functions, safe from any thread.
#pragma once

#include <string_view>

#include "core/result.h"
#include "wallet/types.h"

namespace wallet {

inline constexpr std::size_t kRegistryAnswerBytesMax = 256UL * 1024;
inline constexpr std::size_t kPortraitBytesMax = 64UL * 1024;

/// Reads a registry's answer.
/// Errors: kUnavailable "registry.malformed" not JSON, a member missing, a number or date that does
///   not hold, a portrait that is no PNG; the detail names the member, never its value.
[[nodiscard]] core::Result<DocumentRecord> parse_registry_answer(DocumentKind kind,
                                                                 std::string_view json_text);

/// The record without its portrait, as it is sealed in the vault.
[[nodiscard]] core::Secret<std::string> encode_record(const DocumentRecord& record);
/// Errors: kInternal "document.stored_malformed".
[[nodiscard]] core::Result<DocumentRecord> decode_record(const core::Secret<std::string>& text);

}  // namespace wallet
