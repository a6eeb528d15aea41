// PDF documents for people: A4 pages of headings, texts, facts and links, shaped by Pango in a
// pinned typeface, with page numbers. The only user of Cairo and Pango. Texts come from people and
// are drawn, never interpreted. Functions are safe from any thread.
#pragma once

#include <string>
#include <vector>

#include "core/instant.h"
#include "core/result.h"

namespace codec {

inline constexpr std::size_t kPdfTextBytesMax = 1024UL * 1024;
inline constexpr std::size_t kPdfPagesMax = 400;

enum class PdfLook { kTitle, kHeading, kText, kSmall, kFact, kLink };

struct PdfBlock {
  PdfLook look = PdfLook::kText;
  std::string text;
  std::string name = {};  ///< of a fact
  std::string uri = {};   ///< of a link: printable ASCII without quotes and backslashes
};

struct PdfContent {
  std::string title;
  std::string author;
  core::Instant made_at;
  std::vector<PdfBlock> blocks;
  /// At the foot of each page; "{page}" and "{pages}" stand for numbers.
  std::string footer;
};

/// Lays the blocks out and gives the file's bytes.
/// Errors: kInvalidInput "pdf.too_long"   more text or pages than the limits;
///         kInvalidInput "pdf.link"       an address that could leave its quotes;
///         kInternal "pdf.failed"         the library refused (detail says why).
[[nodiscard]] core::Result<std::string> to_pdf(const PdfContent& content);

}  // namespace codec
