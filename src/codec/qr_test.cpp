#include <algorithm>
#include <set>
#include <utility>

#include "codec/qr_image.h"
#include "codec/qr_symbol.h"
#include "codec/vectors_test.h"

namespace codec {
namespace {

std::vector<std::string> read_back(const QrSymbol& symbol, int scale) {
  const auto png = symbol.to_png(scale);
  EXPECT_TRUE(png);
  return read_qr(png.value_or(core::Bytes{})).value_or(std::vector<std::string>{});
}

TEST(QrSymbol, IsReadBackByAnotherLibrary) {
  const std::string text = "BRS1:" + std::string(500, '7') + "%69 VD92EX0";
  const auto symbol = QrSymbol::encode(text);
  ASSERT_TRUE(symbol);
  EXPECT_EQ(read_back(*symbol, 3), std::vector<std::string>{text});
}

TEST(QrSymbol, FillsVersion15AndNotOneCharacterMore) {
  const auto fits = QrSymbol::encode(std::string(kQrCharactersMax, 'A'));
  ASSERT_TRUE(fits);
  EXPECT_EQ(fits->size(), 77);
  EXPECT_EQ(read_back(*fits, 2).size(), 1U);
  EXPECT_EQ(outcome(QrSymbol::encode(std::string(kQrCharactersMax + 1, 'A'))), "qr.too_long");
  EXPECT_EQ(outcome(QrSymbol::encode(std::string(100'000, 'A'))), "qr.too_long");
}

TEST(QrSymbol, RefusesWhatTheAlphabetLacks) {
  for (const std::string text : {"a", "Ж", "A\n", "A_B", "#"}) {
    EXPECT_EQ(outcome(QrSymbol::encode(text)), "qr.not_alphanumeric") << text;
  }
  EXPECT_EQ(outcome(QrSymbol::encode(std::string("A\0B", 3))), "qr.not_alphanumeric");
}

TEST(QrSymbol, HasFinderPatternsAndLightGroundAround) {
  const auto symbol = QrSymbol::encode("BRS1:");
  ASSERT_TRUE(symbol);
  EXPECT_TRUE(symbol->module(0, 0));
  EXPECT_TRUE(symbol->module(symbol->size() - 1, 0));
  EXPECT_FALSE(symbol->module(symbol->size() - 1, symbol->size()));
  EXPECT_FALSE(symbol->module(-1, 0));
}

TEST(QrSymbol, RefusesScalesOutOfRange) {
  const auto symbol = QrSymbol::encode("BRS1:");
  EXPECT_EQ(outcome(symbol->to_png(0)), "qr.scale");
  EXPECT_EQ(outcome(symbol->to_png(-1)), "qr.scale");
  EXPECT_EQ(outcome(symbol->to_png(kQrPngScaleMax + 1)), "qr.scale");
}

/// The number after the next such letter; moves the position behind it.
int number_after(const std::string& text, char letter, std::size_t& at) {
  at = text.find(letter, at) + 1;
  return std::stoi(text.substr(at, 4));
}

/// The dark modules as the second path of the SVG draws them: "M4 4h7v1h-7z" for a run.
std::set<std::pair<int, int>> modules_of_svg(const std::string& svg) {
  std::set<std::pair<int, int>> modules;
  std::size_t at = svg.find("#000");
  while (svg.find('M', at) != std::string::npos) {
    const int x = number_after(svg, 'M', at);
    const int y = number_after(svg, ' ', at);
    const int run = number_after(svg, 'h', at);
    for (int i = 0; i < run; ++i) modules.insert({x - kQrQuietZone + i, y - kQrQuietZone});
  }
  return modules;
}

TEST(QrSymbol, DrawsEveryModuleInSvg) {
  const auto symbol = QrSymbol::encode("BRS1:HELLO");
  const auto modules = modules_of_svg(symbol->to_svg());
  for (int y = 0; y < symbol->size(); ++y) {
    for (int x = 0; x < symbol->size(); ++x) {
      EXPECT_EQ(modules.contains({x, y}), symbol->module(x, y)) << x << " " << y;
    }
  }
}

TEST(QrSymbol, DrawsTwoRowsInALineOfTheTerminal) {
  const auto symbol = QrSymbol::encode("BRS1:HELLO");
  const std::string text = symbol->to_terminal();
  const auto lines = std::count(text.begin(), text.end(), '\n');
  EXPECT_EQ(lines, (symbol->size() + 2 * kQrQuietZone + 1) / 2);
}

TEST(ReadQr, RefusesWhatIsNoPng) {
  EXPECT_EQ(outcome(read_qr({})), "qr.not_png");
  EXPECT_EQ(outcome(read_qr(core::as_bytes("GIF89a"))), "qr.not_png");
  EXPECT_EQ(outcome(read_qr(core::Bytes(kPngBytesMax + 1))), "qr.image_too_large");
}

TEST(ReadQr, RefusesADamagedPng) {
  const auto png = *QrSymbol::encode("BRS1:")->to_png(4);
  for (const std::size_t size : {8UL, 20UL, 33UL, png.size() / 2, png.size() - 13}) {
    EXPECT_EQ(outcome(read_qr(core::ByteView(png).first(size))), "qr.not_png") << size;
  }
}

TEST(ReadQr, RefusesAPictureAboveTheSideBeforeUnpackingIt) {
  const auto wide =
      hex("89504e470d0a1a0a0000000d494844520000100100000001080000000094885f9e0000001b4944415478daed"
          "c1010900000002a0fe9fae1fa1a6000000c0bf017352f1e13002f7300000000049454e44ae426082");
  EXPECT_EQ(outcome(read_qr(wide)), "qr.image_too_large");
  const auto huge =
      hex("89504e470d0a1a0a0000000d494844520000ffff0000ffff0800000000936e868c000000094944415478da63"
          "000000010001b10db6930000000049454e44ae426082");
  EXPECT_EQ(outcome(read_qr(huge)), "qr.image_too_large");
}

TEST(ReadQr, RefusesABlankPicture) {
  const auto blank =
      hex("89504e470d0a1a0a0000000d49484452000000400000004008000000008f022e02000000294944415478daed"
          "cc411100000c0220fb97d610fbed2000e951040281402010080402814020107c0f06a70bf0e2aaf00c320000"
          "000049454e44ae426082");
  EXPECT_EQ(outcome(read_qr(blank)), "qr.not_found");
}

}  // namespace
}  // namespace codec
