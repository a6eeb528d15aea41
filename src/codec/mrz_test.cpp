#include "codec/mrz.h"

#include <algorithm>

#include "codec/vectors_test.h"

namespace codec {
namespace {

constexpr core::Date kToday{.year = 2026, .month = 11, .day = 22};
constexpr std::string_view kTd3 =
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\r\n"
    "L898902C36UTO7408122F1204159ZE184226B<<<<<10\r\n";

TEST(ParseMrz, ReadsAndRefusesTheVectors) {
  for (const auto& row : read_vectors("icao9303/mrz.txt", 2)) {
    std::string text = row[1];
    std::ranges::replace(text, '/', '\n');
    const auto mrz = Mrz::parse(text);
    const std::string got = mrz ? "ok" : mrz.error().reason + " " + mrz.error().detail;
    EXPECT_EQ(got, row[0]) << row[1];
  }
}

TEST(ParseMrz, ReadsEveryFieldOfAPassport) {
  const auto mrz = Mrz::parse(kTd3);
  ASSERT_TRUE(mrz);
  EXPECT_EQ(mrz->format, MrzFormat::kTd3);
  EXPECT_EQ(mrz->document_code, "P");
  EXPECT_EQ(mrz->issuing_state, "UTO");
  EXPECT_EQ(mrz->surname, "ERIKSSON");
  EXPECT_EQ(mrz->given_names, "ANNA MARIA");
  EXPECT_EQ(mrz->document_number, "L898902C3");
  EXPECT_EQ(mrz->nationality, "UTO");
  EXPECT_EQ(mrz->birth.as_birth(kToday), (core::Date{.year = 1974, .month = 8, .day = 12}));
  EXPECT_EQ(mrz->sex, MrzSex::kFemale);
  EXPECT_EQ(mrz->expiry.as_expiry(kToday), (core::Date{.year = 2012, .month = 4, .day = 15}));
  EXPECT_EQ(mrz->optional_data, "ZE184226B");
}

TEST(ParseMrz, ReadsANumberThatGoesOnInTheOptionalData) {
  const auto mrz = Mrz::parse(
      "I<UTOD23145890<7349<<<<<<<<<<<\n"
      "3407127M9507122UTO<<<<<<<<<<<2\n"
      "STEVENSON<<PETER<JOHN<<<<<<<<<\n");
  ASSERT_TRUE(mrz) << mrz.error().reason << mrz.error().detail;
  EXPECT_EQ(mrz->document_number, "D23145890734");
  EXPECT_EQ(mrz->optional_data, "");
  EXPECT_EQ(mrz->given_names, "PETER JOHN");
  EXPECT_EQ(mrz->sex, MrzSex::kMale);
}

TEST(ParseMrz, NoticesEveryMisreadCharacterOfTheSecondLine) {
  const std::size_t line = kTd3.find('\n') + 1;
  for (std::size_t i = 0; i < 44; ++i) {
    std::string text(kTd3);
    text[line + i] = text[line + i] == '8' ? '9' : '8';
    const bool checked = i < 10 || (i >= 13 && i != 20);  // neither nationality nor sex is covered
    if (checked) {
      EXPECT_FALSE(Mrz::parse(text)) << i;
    }
  }
}

TEST(MrzDate, ChoosesTheCentury) {
  const MrzDate date{.year_of_century = 26, .month = 11, .day = 22};
  EXPECT_EQ(date.as_birth(kToday), kToday);
  const MrzDate tomorrow{.year_of_century = 26, .month = 11, .day = 23};
  EXPECT_EQ(tomorrow.as_birth(kToday)->year, 1926);
  EXPECT_EQ(tomorrow.as_expiry(kToday)->year, 2026);
  EXPECT_EQ((MrzDate{.year_of_century = 75, .month = 1, .day = 1}.as_expiry(kToday)->year), 2075);
  EXPECT_EQ((MrzDate{.year_of_century = 76, .month = 1, .day = 1}.as_expiry(kToday)->year), 1976);
  const core::Date late{.year = 2098, .month = 1, .day = 1};
  EXPECT_EQ((MrzDate{.year_of_century = 5, .month = 1, .day = 1}.as_expiry(late)->year), 2105);
}

TEST(MrzDate, IsNoDayWhenUnknownOrImpossible) {
  EXPECT_FALSE((MrzDate{.year_of_century = 80, .month = {}, .day = {}}.as_birth(kToday)));
  EXPECT_FALSE((MrzDate{.year_of_century = 81, .month = 2, .day = 29}.as_birth(kToday)));
  EXPECT_FALSE((MrzDate{.year_of_century = 30, .month = 4, .day = 31}.as_expiry(kToday)));
}

}  // namespace
}  // namespace codec
