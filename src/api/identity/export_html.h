// An account's export as a page that can be read, printed and kept: one file, no script, no links.
// Pure function; safe from any thread.
#pragma once

#include <string>

#include "codec/json.h"
#include "http/language.h"

namespace api {

/// Who reads it.
struct ExportView {
  http::Language language = http::Language::kRu;
  int utc_offset_minutes = 0;  ///< of the region
};

/// In words, by the region's clock. Every text is escaped; pictures, and ids that only programs
/// need, are left to the JSON.
/// @param all  what ExportService::make gave.
[[nodiscard]] std::string export_html(const codec::JsonObject& all, const ExportView& view);

}  // namespace api
