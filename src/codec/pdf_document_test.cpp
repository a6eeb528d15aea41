#include "codec/pdf_document.h"

#include <gtest/gtest.h>

namespace codec {
namespace {

PdfContent content(std::vector<PdfBlock> blocks) {
  return {.title = "Обращение",
          .author = "Береста",
          .made_at = core::Instant::from_seconds(1'790'000'000),
          .blocks = std::move(blocks),
          .footer = "{page} из {pages}"};
}

std::size_t pages_of(const std::string& pdf) {
  std::size_t pages = 0;
  for (auto at = pdf.find("/Type /Page %"); at != std::string::npos;
       at = pdf.find("/Type /Page %", at + 1)) {
    ++pages;
  }
  return pages;
}

TEST(PdfDocument, IsOnePageForFewWords) {
  const auto pdf = to_pdf(
      content({{PdfLook::kTitle, "Копия ваших данных"}, {PdfLook::kFact, "Галиева", "Фамилия"}}));
  ASSERT_TRUE(pdf) << pdf.error().detail;
  EXPECT_TRUE(pdf->starts_with("%PDF-1."));
  EXPECT_EQ(pages_of(*pdf), 1U);
  EXPECT_NE(pdf->find("DejaVu"), std::string::npos) << "the pinned typeface is embedded";
}

TEST(PdfDocument, GoesOnToTheNextPageByLines) {
  std::string text;
  for (int i = 0; i < 400; ++i) text += "строка " + std::to_string(i) + "\n";
  const auto pdf = to_pdf(content({{PdfLook::kText, text}}));
  ASSERT_TRUE(pdf);
  EXPECT_GE(pages_of(*pdf), 5U);
}

TEST(PdfDocument, RefusesWhatIsTooLong) {
  EXPECT_EQ(
      to_pdf(content({{PdfLook::kText, std::string(kPdfTextBytesMax + 1, 'x')}})).error().reason,
      "pdf.too_long");
  EXPECT_EQ(to_pdf(content({{PdfLook::kText, std::string(100'000, '\n')}})).error().reason,
            "pdf.too_long");
}

TEST(PdfDocument, RefusesAddressesThatCouldLeaveTheirQuotes) {
  for (const std::string uri : {"https://x' rect=[0 0 9 9]", "https://x\\", "https://x y", "\n"}) {
    EXPECT_EQ(to_pdf(content({{PdfLook::kLink, "x", {}, uri}})).error().reason, "pdf.link") << uri;
  }
  const auto good = to_pdf(content({{PdfLook::kLink, "x", {}, "https://id.example/a?b=c&d"}}));
  ASSERT_TRUE(good);
  EXPECT_NE(good->find("https://id.example/a?b=c&d"), std::string::npos);
}

TEST(PdfDocument, DrawsWordsOfAnyKindAndLeavesOutWhatIsNoLetter) {
  for (const std::string& text : {std::string("a\0b", 3), std::string("\xff\xfe"), std::string(),
                                  std::string("ӘІҢҒҮҰҚӨҺ ңөү \xe2\x80\xae ltr <b>%PDF</b>")}) {
    EXPECT_TRUE(to_pdf(content({{PdfLook::kText, text}})));
  }
}

}  // namespace
}  // namespace codec
