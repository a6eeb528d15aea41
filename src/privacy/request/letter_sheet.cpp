#include "privacy/request/letter_sheet.h"

namespace privacy {

using codec::PdfContent;
using codec::PdfLook;

PdfContent make_sheet(const LetterParts& parts, const LetterWords& words) {
  auto title = words.kind(name_of(parts.file.request.kind));
  PdfContent content;
  content.author = std::string(parts.installation);
  content.made_at = parts.now;
  content.footer = std::string(parts.installation) + " · " +
                   parts.rules.number_of(parts.file.request).text() + " · " +
                   std::string(words.pick("страница {page} из {pages}", "page {page} of {pages}"));
  content.blocks.push_back({PdfLook::kTitle, title});
  content.blocks.push_back(
      {PdfLook::kSmall,
       std::string(words.pick("Время на этих страницах местное: ", "Times are local: ")) +
           words.time().zone()});
  content.title = std::move(title);
  return content;
}

void add_heading(PdfBlocks& blocks, std::string_view text) {
  blocks.push_back({PdfLook::kHeading, std::string(text)});
}

void add_fact(PdfBlocks& blocks, std::string_view name, std::string text) {
  blocks.push_back({PdfLook::kFact, std::move(text), std::string(name)});
}

void add_proof(PdfBlocks& blocks, std::string_view text, const LetterParts& parts,
               const LetterWords& words) {
  add_heading(blocks, words.pick("Чем это доказать", "Proof"));
  blocks.push_back({PdfLook::kText, std::string(text)});
  blocks.push_back({PdfLook::kLink, parts.page_url, {}, parts.page_url});
}

}  // namespace privacy
