// An account's export as a page that can be read, printed and kept: one file, no script, no links.
// Pure function; safe from any thread.
#pragma once

#include <string>

#include "codec/json.h"
#include "http/language.h"

namespace api {

/// @param all  what ExportService::make gave. Every text is escaped; pictures are left to the JSON.
[[nodiscard]] std::string export_html(const codec::JsonObject& all, http::Language language);

}  // namespace api
