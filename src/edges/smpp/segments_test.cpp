#include "edges/smpp/segments.h"

#include <gtest/gtest.h>

#include <string>

#include "edges/smpp/gsm7.h"

namespace edges::smpp {
namespace {

std::string repeat(std::string_view text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

/// "coding:sizes of the parts in octets"
std::string shape(std::string_view text) {
  const auto segmented = segment(text, 0xAB);
  if (!segmented) return segmented.error().detail;
  std::string words = std::to_string(segmented->data_coding) + ":";
  for (const auto& part : segmented->parts) words += " " + std::to_string(part.octets.size());
  return words;
}

TEST(Gsm7, KnowsItsAlphabet) {
  EXPECT_EQ(to_gsm7("@£$"), (core::Bytes{0x00, 0x01, 0x02}));
  EXPECT_EQ(to_gsm7("Az09 Ü?"), (core::Bytes{0x41, 0x7A, 0x30, 0x39, 0x20, 0x5E, 0x3F}));
  EXPECT_EQ(to_gsm7("Δ_Φàñ¡¿§"), (core::Bytes{0x10, 0x11, 0x12, 0x7F, 0x7D, 0x40, 0x60, 0x5F}));
  EXPECT_EQ(to_gsm7("\n\r"), (core::Bytes{0x0A, 0x0D}));
}

TEST(Gsm7, PaysTwoForTheExtensionTable) {
  EXPECT_EQ(to_gsm7("^{}\\[~]|€\f"),
            (core::Bytes{0x1B, 0x14, 0x1B, 0x28, 0x1B, 0x29, 0x1B, 0x2F, 0x1B, 0x3C,
                         0x1B, 0x3D, 0x1B, 0x3E, 0x1B, 0x40, 0x1B, 0x65, 0x1B, 0x0A}));
}

TEST(Gsm7, RefusesWhatItHasNot) {
  for (const auto* text : {"код", "`", "ç", "\x1B", "\xEF\xBF\xBF", "😀", "\t", "\xC3"}) {
    EXPECT_FALSE(to_gsm7(text)) << text;
  }
}

TEST(Segment, PutsAsMuchAsFitsIntoOnePart) {
  EXPECT_EQ(shape("code 123456"), "0: 11");
  EXPECT_EQ(shape(std::string(160, 'a')), "0: 160");
  EXPECT_EQ(shape(std::string(161, 'a')), "0: 159 14");
  EXPECT_EQ(shape(std::string(306, 'a')), "0: 159 159");
  EXPECT_EQ(shape(std::string(307, 'a')), "0: 159 159 7");
  EXPECT_EQ(shape(repeat("я", 70)), "8: 140");
  EXPECT_EQ(shape(repeat("я", 71)), "8: 140 14");
  EXPECT_EQ(shape(repeat("я", 134)), "8: 140 140");
  EXPECT_EQ(shape(repeat("я", 135)), "8: 140 140 8");
}

TEST(Segment, CountsTheExtensionTableTwice) {
  EXPECT_EQ(shape(repeat("€", 80)), "0: 160");
  EXPECT_EQ(shape(repeat("€", 81)), "0: 158 16") << "153 is odd: the escape moves on with its code";
  EXPECT_EQ(shape(std::string(152, 'a') + "€" + std::string(7, 'b')), "0: 158 15");
}

TEST(Segment, TearsNoCharacterApart) {
  const auto text = repeat("я", 66) + "😀" + repeat("я", 10);
  const auto segmented = segment(text, 1).value();
  ASSERT_EQ(segmented.parts.size(), 2U);
  EXPECT_EQ(segmented.parts[0].octets.size(), 6U + 132U) << "the pair goes into the second part";
  EXPECT_EQ(segmented.parts[1].octets[6], 0xD8);
}

TEST(Segment, NumbersThePartsOfALongText) {
  const auto segmented = segment(std::string(400, 'a'), 0xAB).value();
  ASSERT_EQ(segmented.parts.size(), 3U);
  std::uint8_t number = 0;
  for (const auto& part : segmented.parts) {
    EXPECT_TRUE(part.has_header);
    EXPECT_EQ(core::to_hex(core::ByteView(part.octets).first(6)),
              "050003ab030" + std::to_string(++number));
  }
}

TEST(Segment, LeavesAShortTextWithoutHeader) {
  const auto segmented = segment("Береста: ваш код 481516", 1).value();
  EXPECT_FALSE(segmented.parts[0].has_header);
  EXPECT_EQ(core::to_hex(core::ByteView(segmented.parts[0].octets).first(4)), "04110435");
}

TEST(Segment, RefusesNothingAndTooMuch) {
  EXPECT_EQ(shape(""), "empty");
  EXPECT_EQ(shape("\xFF\xFE"), "not UTF-8");
  EXPECT_EQ(shape(std::string(1530, 'a')).substr(0, 6), "0: 159");
  EXPECT_EQ(shape(std::string(1531, 'a')), "too many parts");
}

}  // namespace
}  // namespace edges::smpp
