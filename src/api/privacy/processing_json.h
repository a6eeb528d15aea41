// Entries of the register of processing as the HTTP interface shows them, for the public page and
// for a person's own. Pure functions; safe from any thread.
#pragma once

#include "codec/json.h"
#include "privacy/processing/types.h"

namespace api {

/// {"ru": ..., "en": ...}
[[nodiscard]] codec::JsonObject to_json(const privacy::LocalTexts& texts);
[[nodiscard]] codec::JsonObject to_json(const privacy::RetentionTerm& term);
[[nodiscard]] codec::JsonObject to_json(const privacy::LegalBasis& basis);
[[nodiscard]] codec::JsonArray to_json(const std::vector<std::string>& names);
[[nodiscard]] codec::JsonObject to_json(const privacy::DataCategory& category);
/// @param processing  where the purpose stands.
[[nodiscard]] codec::JsonObject to_json(const privacy::ProcessingPurpose& purpose,
                                        const privacy::ProcessingRegister& processing);

}  // namespace api
