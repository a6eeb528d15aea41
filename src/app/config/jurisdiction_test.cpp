#include "app/config/jurisdiction.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include "app/config/calendar_config.h"
#include "app/test_folder.h"

namespace app {
namespace {

const std::string kFolder = BERESTA_SOURCE_DIR "/jurisdictions";

std::string russian_file() {
  std::ostringstream text;
  text << std::ifstream(kFolder + "/ru.toml").rdbuf();
  return text.str();
}

/// The faults of ru.toml after one replacement.
std::string faults_after(std::string_view old_text, std::string_view new_text) {
  const TestFolder folder;
  std::string text = russian_file();
  const auto at = text.find(old_text);
  EXPECT_NE(std::string::npos, at) << old_text;
  text.replace(at, old_text.size(), new_text);
  folder.write("ru.toml", text);
  const auto read = read_jurisdiction(folder.path(), "ru");
  return read ? "none" : to_text(read.error());
}

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

class EveryJurisdiction : public testing::TestWithParam<const char*> {};

TEST_P(EveryJurisdiction, IsReadWithoutFault) {
  const auto read = read_jurisdiction(kFolder, GetParam());
  ASSERT_TRUE(read) << to_text(read.error());
  EXPECT_EQ(GetParam(), read->code);
  EXPECT_FALSE(read->primary_identifier().kind.empty());
  EXPECT_NE(nullptr, read->find_document(wallet::DocumentKind::kPassport));
  EXPECT_TRUE(identity::PhoneNumber::parse(read->phone.example, read->phone.policy))
      << read->phone.example;
}

INSTANTIATE_TEST_SUITE_P(Jurisdiction, EveryJurisdiction, testing::Values("ru", "kz", "kg"));

TEST(Jurisdiction, HoldsWhatTheRussianFileSays) {
  const auto read = read_jurisdiction(kFolder, "ru");
  ASSERT_TRUE(read) << to_text(read.error());
  EXPECT_EQ((std::vector<std::string>{"ru", "en"}), read->languages);
  EXPECT_EQ(180, read->utc_offset_minutes);
  EXPECT_EQ("RUB", read->currency.code);
  EXPECT_EQ(5, read->phone.call_code_digits);
  EXPECT_EQ("snils", read->primary_identifier().kind);
  const auto* passport = read->find_document(wallet::DocumentKind::kPassport);
  ASSERT_NE(nullptr, passport);
  EXPECT_TRUE(has(passport->service, "/passport")) << passport->service;
  EXPECT_TRUE(passport->identity_document);
  ASSERT_FALSE(read->statuses.known.empty());
  EXPECT_EQ(wallet::Question::kPensioner, read->statuses.known.front());
  const auto& documents =
      read->functions.need(identity::Function::kDocuments, identity::Client::kMobile);
  EXPECT_EQ(identity::AssuranceLevel::kVerified, documents.level);
  ASSERT_EQ(1U, documents.attributes.size());
  EXPECT_EQ("snils", documents.attributes.front().name);
  const auto& deadline = read->deadlines.at("subject_request");
  EXPECT_EQ(DeadlineUnit::kWorkingDays, deadline.unit);
  EXPECT_EQ(10, deadline.count);
  EXPECT_EQ(5, deadline.extension_working_days);
}

TEST(Jurisdiction, HoldsTheKazakhFineUnitByYear) {
  const auto read = read_jurisdiction(kFolder, "kz");
  ASSERT_TRUE(read) << to_text(read.error());
  ASSERT_TRUE(read->fine_unit);
  EXPECT_EQ(432500, read->fine_unit->values_minor.at(2026));
}

TEST(Jurisdiction, TellsAnUnknownKeyWithItsLine) {
  const auto faults = faults_after("utc_offset =", "utc_ofset =");
  EXPECT_TRUE(has(faults, "locale.utc_offset is not set")) << faults;
  EXPECT_TRUE(has(faults, "nothing here is called locale.utc_ofset")) << faults;
  EXPECT_TRUE(has(faults, "perhaps utc_offset")) << faults;
  const std::string text = russian_file();
  const std::string before = text.substr(0, text.find("utc_offset ="));
  const auto line = std::count(before.begin(), before.end(), '\n') + 1;
  EXPECT_TRUE(has(faults, "ru.toml:" + std::to_string(line) + ":1: nothing here")) << faults;
}

TEST(Jurisdiction, RefusesValuesThatCannotBe) {
  EXPECT_TRUE(has(faults_after("\"+03:00\"", "\"+03:75\""), "locale.utc_offset is the text"));
  EXPECT_TRUE(has(faults_after("\"RUB\"", "\"rub\""), "locale.currency.code"));
  EXPECT_TRUE(has(faults_after("call_code_digits = 5", "call_code_digits = 50"),
                  "phone.call_code_digits is the number 50"));
  EXPECT_TRUE(has(faults_after("kind = \"snils\"", "kind = \"ssn\""), "identifiers[1].kind"));
  EXPECT_TRUE(has(faults_after("service = \"DEMO", "service = \"/DEMO?x"), "documents[1].service"));
  EXPECT_TRUE(has(faults_after("level = \"phone\"", "level = \"sure\""), "functions[1].level"));
  EXPECT_TRUE(has(faults_after("function = \"documents\"", "function = \"account\""),
                  "account for web stands twice"));
  EXPECT_TRUE(has(faults_after("function = \"documents\"",
                               "function = \"documents\"\nclients = [\"web\", \"app\"]"),
                  "holds app"));
  EXPECT_TRUE(
      has(faults_after("function = \"documents\"", "function = \"documents\"\nclients = [\"web\"]"),
          "leaves a function out"));
  EXPECT_TRUE(has(faults_after("{ name = \"snils\"", "{ name = \"shoe_size\""), "attributes.name"));
  EXPECT_TRUE(has(faults_after("days = 365", "days = 0"), "freshness[1].days"));
  EXPECT_TRUE(has(faults_after("\"02-23\"", "\"02-30\""), "02-30"));
}

TEST(Jurisdiction, WantsOnePrimaryNumberAndOneIdentityDocument) {
  EXPECT_TRUE(has(faults_after("primary = true", "primary = false"), "0 identifiers are primary"));
  EXPECT_TRUE(has(faults_after("identity_document = true", "identity_document = false"),
                  "0 documents are the identity document"));
}

int working_days_in(const core::WorkCalendar& calendar, int year) {
  return *calendar.count_working_days({year, 1, 1}, {year, 12, 31});
}

TEST(Jurisdiction, CountsTheRussianWorkingDaysAsTheMinistryDoes) {
  const auto calendar = *read_jurisdiction(kFolder, "ru")->calendar;
  EXPECT_EQ(247, working_days_in(calendar, 2025)) << "the production calendar of 2025";
  EXPECT_EQ(247, working_days_in(calendar, 2026)) << "the production calendar of 2026";
  EXPECT_TRUE(*calendar.is_working({2025, 11, 1})) << "a Saturday worked for a Monday off";
  EXPECT_FALSE(*calendar.is_working({2025, 11, 3}));
  EXPECT_EQ("2026-01-23", calendar.add_working_days({2025, 12, 31}, 10)->to_string())
      << "over the whole New Year";
}

TEST_P(EveryJurisdiction, CoversThreeYearsWithAUsualNumberOfWorkingDays) {
  const auto read = read_jurisdiction(kFolder, GetParam());
  ASSERT_TRUE(read) << to_text(read.error());
  const auto& calendar = *read->calendar;
  EXPECT_EQ((core::Date{2025, 1, 1}), calendar.first());
  EXPECT_EQ((core::Date{2027, 12, 31}), calendar.last());
  for (const int year : {2025, 2026, 2027}) {
    const int days = working_days_in(calendar, year);
    EXPECT_TRUE(days >= 240 && days <= 252) << year << ": " << days;
  }
}

TEST(Jurisdiction, RefusesACalendarThatCannotBe) {
  EXPECT_TRUE(has(faults_after("last_day = \"2027-12-31\"", "last_day = \"2024-12-31\""),
                  "before it begins"));
  EXPECT_TRUE(has(faults_after("\"2026-01-09\"", "\"2026-01-10\""), "is a day off anyway"));
  EXPECT_TRUE(has(faults_after("[\"2025-11-01\"]", "[\"2025-11-31\"]"), "holds 2025-11-31"));
  EXPECT_TRUE(has(faults_after("last_day = \"2027-12-31\"", ""), "calendar.last_day is not set"));
}

TEST(Jurisdiction, WarnsOfACalendarThatEndsSoon) {
  const auto calendar = *read_jurisdiction(kFolder, "ru")->calendar;
  const auto warning = [&](std::string_view at) {
    return calendar_warning(calendar, "ru.toml", core::from_rfc3339(at).value());
  };
  EXPECT_EQ("", warning("2027-10-02T20:59:59Z"));
  EXPECT_TRUE(has(warning("2027-10-02T21:00:00Z"), "calendar.last_day is 2027-12-31"));
  EXPECT_TRUE(has(warning("2027-12-31T21:00:00Z"), "calendar.last_day was 2027-12-31"));
}

TEST(Jurisdiction, WantsTheTermsThatRequestsAreAnsweredBy) {
  EXPECT_TRUE(has(faults_after("[deadlines.correction]", "[deadlines.other]"),
                  "deadlines.correction gives no term in days"));
  EXPECT_TRUE(has(faults_after("calendar_days = 30\nbasis = \"editions/agreement\"",
                               "hours = 700\nbasis = \"editions/agreement\""),
                  "deadlines.claim gives no term in days"));
}

TEST_P(EveryJurisdiction, CitesEachNormToEnglishReaders) {
  const auto read = read_jurisdiction(kFolder, GetParam());
  ASSERT_TRUE(read);
  for (const auto& [name, norm] : read->legal_bases) {
    const auto english = read->norms.in("en", norm);
    EXPECT_TRUE(std::all_of(english.begin(), english.end(), [](char c) { return c > 0; }))
        << name << ": " << english;
    EXPECT_EQ(norm, read->norms.in("ru", norm));
  }
  EXPECT_EQ("user agreement", read->norms.in("en", read->deadlines.at("claim").basis));
  EXPECT_EQ("пользовательское соглашение", read->norms.in("ru", "editions/agreement"));
  EXPECT_EQ("unknown", read->norms.in("en", "unknown"));
}

TEST(Jurisdiction, RefusesANormThatOneLanguageLacks) {
  EXPECT_TRUE(has(faults_after("basis = \"152-ФЗ, ст. 10.1\"", "basis = \"152-ФЗ, ст. 10.2\""),
                  "norms.en lacks \"152-ФЗ, ст. 10.2\""));
  EXPECT_TRUE(has(faults_after("basis = \"152-ФЗ, ст. 10.1\"", "basis = \"152-ФЗ, ст. 10.2\""),
                  "norms.en has \"152-ФЗ, ст. 10.1\""));
  EXPECT_TRUE(has(faults_after("[norms.ru]\n\"editions/agreement\"", "[norms.ru]\n\"editions/a\""),
                  "norms.ru lacks \"editions/agreement\""));
  EXPECT_TRUE(has(faults_after("[norms.en]", "[norms.de]"), "norms.en"));
}

TEST(Jurisdiction, RefusesADeadlineInTwoUnits) {
  EXPECT_TRUE(has(faults_after("hours = 24", "hours = 24\nworking_days = 1"), "has 2 terms"));
}

TEST(Jurisdiction, RefusesACodeThatLeadsOutOfTheFolder) {
  EXPECT_FALSE(read_jurisdiction(kFolder, "../ru"));
  EXPECT_FALSE(read_jurisdiction(kFolder, "RU"));
  EXPECT_FALSE(read_jurisdiction(kFolder, ""));
}

TEST(Jurisdiction, RefusesAFileOfAnotherCountry) {
  const TestFolder folder;
  folder.write("kg.toml", russian_file());
  const auto read = read_jurisdiction(folder.path(), "kg");
  ASSERT_FALSE(read);
  EXPECT_TRUE(has(to_text(read.error()), "code is \"ru\""));
}

TEST(Jurisdiction, TellsAFileThatIsNotThere) {
  const auto read = read_jurisdiction("/nonexistent", "ru");
  ASSERT_FALSE(read);
  EXPECT_EQ("/nonexistent/ru.toml", read.error().front().where);
}

TEST(Jurisdiction, NeedsARuleForEveryConsent) {
  EXPECT_TRUE(
      has(faults_after("purpose = \"party\"", "purpose = \"account\""), "account stands twice"));
  EXPECT_TRUE(
      has(faults_after("purpose = \"party\"", "purpose = \"account\""), "no rule for party"));
  EXPECT_TRUE(has(faults_after("purpose = \"informing_debts\"", "purpose = \"selling\""),
                  "no rule for informing_debts"));
  EXPECT_TRUE(has(faults_after("field = \"recipients\"", "field = \"motto\""), "motto"));
  EXPECT_TRUE(has(faults_after("purpose = \"registry_documents\"",
                               "days = 10\npurpose = \"registry_documents\""),
                  "none"))
      << "a term is allowed here";
  EXPECT_TRUE(has(faults_after("purpose = \"account\"", "days = 10\npurpose = \"account\""),
                  "the consent of the account has a term"));
}

}  // namespace
}  // namespace app
