// Requests on paper: the letter with a request, its steps and its answer, and the copy of
// somebody's data as pages to read. Each leads to the page of the signed evidence, which proves
// more than any paper. Pure functions over what was read through the vault already.
#pragma once

#include <string>
#include <string_view>

#include "codec/json.h"
#include "codec/pdf_document.h"
#include "privacy/request/letter_words.h"
#include "privacy/request/request_rules.h"
#include "privacy/request/types.h"

namespace privacy {

struct LetterParts {
  const RequestFile& file;
  const RequestRules& rules;
  std::string_view installation;  ///< its name
  std::string_view language;      ///< "ru" or "en"
  std::string page_url;           ///< of the request in the cabinet, where the evidence is taken
  core::Instant now;
  int utc_offset_minutes = 0;                ///< of the region
  const ProviderNames* providers = nullptr;  ///< may be null
};

/// The request with every step, the words of both sides, and where to complain.
[[nodiscard]] codec::PdfContent request_letter(const LetterParts& parts);

/// The copy that belongs to the request.
/// @param copy  what DataCopyService::make gave.
[[nodiscard]] codec::PdfContent copy_letter(const LetterParts& parts,
                                            const codec::JsonObject& copy);

}  // namespace privacy
