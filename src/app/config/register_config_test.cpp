#include "app/config/register_config.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "app/test_folder.h"

namespace app {
namespace {

const std::string kFile = BERESTA_SOURCE_DIR "/processing/register.toml";
const std::vector<std::string> kLanguages{"ru", "en"};

Jurisdiction jurisdiction(const char* code = "ru") {
  auto read = read_jurisdiction(BERESTA_SOURCE_DIR "/jurisdictions", code);
  EXPECT_TRUE(read) << to_text(read.error());
  return read ? std::move(*read) : Jurisdiction();
}

std::string shipped() {
  std::ostringstream text;
  text << std::ifstream(kFile).rdbuf();
  return text.str();
}

/// The faults of the shipped file after one replacement.
std::string faults_after(std::string_view old_text, std::string_view new_text) {
  auto text = shipped();
  // Below the description of the format.
  const auto at = text.find(old_text, text.find("\n[[sources]]"));
  EXPECT_NE(std::string::npos, at) << old_text;
  text.replace(at, old_text.size(), new_text);
  const auto read = parse_register(text, "register.toml", jurisdiction(), kLanguages);
  return read ? "none" : to_text(read.error());
}

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

class ShippedRegister : public testing::TestWithParam<const char*> {};
INSTANTIATE_TEST_SUITE_P(Of, ShippedRegister, testing::Values("ru", "kz", "kg"));

TEST_P(ShippedRegister, AgreesWithCodeAndLaw) {
  const auto law = jurisdiction(GetParam());
  const auto read = parse_register(shipped(), kFile, law, law.languages);
  ASSERT_TRUE(read) << to_text(read.error());
  EXPECT_EQ(read->country, GetParam());
  for (const auto& purpose : read->purposes) EXPECT_EQ(purpose.place, GetParam());
  const auto* kept = privacy::find_named(read->terms, "agreements");
  ASSERT_NE(kept, nullptr);
  EXPECT_EQ(kept->days, law.deadlines.at("consent_record_retention").count);
}

TEST(RegisterFile, LiesBesideTheJurisdictionsUnlessSet) {
  InstallationSettings settings;
  settings.jurisdictions_dir = "/usr/share/beresta/jurisdictions/";
  EXPECT_EQ(register_path(settings), "/usr/share/beresta/processing/register.toml");
  settings.processing_file = "/etc/beresta/register.toml";
  EXPECT_EQ(register_path(settings), "/etc/beresta/register.toml");
}

TEST(RegisterFile, ThatLosesAPurposeIsRefusedByName) {
  const auto text = shipped();
  const auto begin = text.find("[[purposes]]\nname = \"notify_citizen\"");
  ASSERT_NE(begin, std::string::npos);
  const auto end = text.find("[[purposes]]", begin + 1);
  const auto faults = faults_after(text.substr(begin, end - begin), "");
  EXPECT_TRUE(has(faults, "the purpose \"notify_citizen\" of the code is not in the register"))
      << faults;
}

TEST(RegisterFile, NamesThePlaceOfADisagreement) {
  const auto faults = faults_after("name = \"notify_citizen\"", "name = \"advertise\"");
  EXPECT_TRUE(has(faults, "the code has no purpose \"advertise\"")) << faults;
  EXPECT_TRUE(has(faults, "register.toml:")) << faults;
}

TEST(RegisterFile, NamesABasisTheJurisdictionDoesNotHave) {
  EXPECT_TRUE(has(faults_after("\"documents.consent\"", "\"documents.habit\""),
                  "\"documents.habit\", which jurisdictions/ru.toml does not have"));
}

TEST(RegisterFile, NamesATermTheJurisdictionDoesNotHave) {
  EXPECT_TRUE(has(faults_after("deadline = \"consent_record_retention\"", "deadline = \"ages\""),
                  "no such term in days"));
  // A term of working days is no term of keeping.
  EXPECT_TRUE(
      has(faults_after("deadline = \"consent_record_retention\"", "deadline = \"correction\""),
          "no such term in days"));
}

TEST(RegisterFile, NamesAnOperationThatIsNone) {
  EXPECT_TRUE(has(faults_after("\"extract\"", "\"sell\""), "no operation of the law"));
}

TEST(RegisterFile, HasUnknownKeysAndValuesRefused) {
  EXPECT_TRUE(has(faults_after("place = \"home\"", "place = \"Russia\""), "is \"Russia\""));
  EXPECT_TRUE(has(faults_after("after = \"destroy\"", "after = \"sell\""), "is \"sell\""));
  EXPECT_TRUE(has(faults_after("place = \"home\"", "place = \"home\"\nsecret = true"),
                  "nothing here is called"));
}

TEST(RegisterFile, MayNameAnotherCountryForAPurpose) {
  EXPECT_EQ(faults_after("place = \"home\"", "place = \"kz\""), "none");
}

TEST(RegisterFile, ThatIsMissingOrNoTomlIsRefused) {
  Config config;
  config.installation.processing_file = "/nowhere/register.toml";
  const auto read = read_register(config, jurisdiction());
  ASSERT_FALSE(read);
  EXPECT_TRUE(has(to_text(read.error()), "/nowhere/register.toml"));
  EXPECT_FALSE(parse_register("purposes = ", "register.toml", jurisdiction(), kLanguages));
  EXPECT_FALSE(parse_register("", "register.toml", jurisdiction(), kLanguages));
}

}  // namespace
}  // namespace app
