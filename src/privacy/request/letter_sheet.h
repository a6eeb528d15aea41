// What every sheet of paper begins and ends with, and the pieces it is made of. For request_letter
// and copy_letter; pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "privacy/request/request_letter.h"

namespace privacy {

using PdfBlocks = std::vector<codec::PdfBlock>;

/// With the title, whose clock it is, and the number of the request at the foot of each page.
[[nodiscard]] codec::PdfContent make_sheet(const LetterParts& parts, const LetterWords& words);
void add_heading(PdfBlocks& blocks, std::string_view text);
void add_fact(PdfBlocks& blocks, std::string_view name, std::string text);
/// A text, and below it the way to the page of the request.
void add_proof(PdfBlocks& blocks, std::string_view text, const LetterParts& parts,
               const LetterWords& words);

}  // namespace privacy
