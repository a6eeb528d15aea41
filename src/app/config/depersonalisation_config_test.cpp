#include "app/config/depersonalisation_config.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace app {
namespace {

const std::string kFile = BERESTA_SOURCE_DIR "/processing/depersonalisation.toml";

std::string shipped() {
  std::ostringstream text;
  text << std::ifstream(kFile).rdbuf();
  return text.str();
}

/// The faults of the shipped file after one replacement below the description of the format.
std::string faults_after(std::string_view old_text, std::string_view new_text) {
  auto text = shipped();
  const auto at = text.find(old_text, text.find("\npeople_min"));
  EXPECT_NE(at, std::string::npos) << old_text;
  text.replace(at, old_text.size(), new_text);
  const auto read = parse_depersonalisation(text, "rules.toml", "ru");
  return read ? "none" : to_text(read.error());
}

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

class ShippedRules : public testing::TestWithParam<const char*> {};
INSTANTIATE_TEST_SUITE_P(Of, ShippedRules, testing::Values("ru", "kz", "kg"));

TEST_P(ShippedRules, AreWholeForEachCountry) {
  const auto read = parse_depersonalisation(shipped(), kFile, GetParam());
  ASSERT_TRUE(read) << to_text(read.error());
  EXPECT_GE(read->people_min, 5);
  EXPECT_EQ(read->birth_years.front(), 1);
  EXPECT_GE(read->regions.size(), 7U);
  for (const auto& region : read->regions) {
    const auto chain = privacy::hierarchy_of("region", *read).chain(region.name);
    EXPECT_EQ(chain[1], region.district);
    EXPECT_EQ(privacy::region_of("100000, " + region.name + ", г. Имярек", read->regions),
              region.name);
  }
}

TEST(DepersonalisationRules, RefuseAKThatHidesNobody) {
  EXPECT_EQ(faults_after("people_min = 5", "people_min = 3"), "none");
  EXPECT_TRUE(has(faults_after("people_min = 5", "people_min = 2"), "people_min"));
  EXPECT_TRUE(has(faults_after("people_min = 5", ""), "people_min"));
}

TEST(DepersonalisationRules, RefuseSpansThatDoNotNest) {
  for (const auto* widths : {"[1, 5, 7]", "[5, 1]", "[1, 1]", "[0]", "\"5\""}) {
    EXPECT_TRUE(has(faults_after("[1, 5, 10, 20]", widths), "birth_years")) << widths;
  }
  EXPECT_EQ(faults_after("[1, 5, 10, 20]", "[]"), "none") << "then it is never told";
}

TEST(DepersonalisationRules, RefuseARegionThatStandsTwiceAndUnknownKeys) {
  EXPECT_TRUE(has(faults_after("\"Адыгея\"", "\"Москва\""), "Москва"));
  EXPECT_TRUE(has(faults_after("people_min = 5", "people_min = 5\nnoise = 1"), "noise"));
  EXPECT_FALSE(parse_depersonalisation("people_min = ", "rules.toml", "ru"));
}

}  // namespace
}  // namespace app
