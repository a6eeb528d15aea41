// An account's export on paper (docs/adr/0049): pages to print, to read aloud and to keep. Pure
// function; safe from any thread.
#pragma once

#include <string>
#include <string_view>

#include "codec/json.h"
#include "core/instant.h"
#include "core/result.h"
#include "http/language.h"

namespace api {

struct ExportPaper {
  std::string_view installation;  ///< its name, at the foot of each page
  http::Language language = http::Language::kRu;
  core::Instant made_at;
  int utc_offset_minutes = 0;  ///< of the region
};

/// @param all  what ExportService::make gave; pictures are left to the JSON.
/// Errors: those of codec::to_pdf.
[[nodiscard]] core::Result<std::string> export_pdf(const codec::JsonObject& all,
                                                   const ExportPaper& paper);

}  // namespace api
