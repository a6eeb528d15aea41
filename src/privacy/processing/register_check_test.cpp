#include "privacy/processing/register_check.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "privacy/processing/code_facts.h"
#include "vault/purposes.h"

namespace privacy {
namespace {

const std::vector<std::string> kLanguages{"ru", "en"};
const LocalTexts kText{{"ru", "Текст"}, {"en", "Text"}};

/// A register that says exactly what the code can do.
ProcessingRegister true_register() {
  ProcessingRegister made;
  made.country = "ru";
  made.sources = {{"self", kText}};
  made.recipients = {{"citizen", kText}};
  made.terms = {{.name = "account", .text = kText, .days = 30}};
  for (const auto category : code_categories()) {
    made.categories.push_back({std::string(category), kText, kText, {"self"}, "account"});
  }
  for (const auto& known : code_purposes()) {
    ProcessingPurpose purpose;
    purpose.name = known.name;
    purpose.title = purpose.text = purpose.people = kText;
    for (const auto& category : made.categories) purpose.categories.push_back(category.name);
    purpose.recipients = {"citizen"};
    purpose.operations.assign(known.operations.begin(), known.operations.end());
    if (purpose.operations.empty()) purpose.operations = {vault::Operation::kStore};
    purpose.bases = {{"account.consent", "norm"}};
    purpose.term = "account";
    purpose.place = "ru";
    made.purposes.push_back(std::move(purpose));
  }
  return made;
}

/// What is wrong, one line each.
std::string faults(const ProcessingRegister& processing) {
  std::string lines;
  for (const auto& fault : faults_of(processing, kLanguages)) {
    lines += fault.entry + ": " + fault.what + "\n";
  }
  return lines;
}

bool has(const std::string& lines, std::string_view part) {
  return lines.find(part) != std::string::npos;
}

TEST(Register, ThatSaysWhatTheCodeDoesHasNoFault) { EXPECT_EQ(faults(true_register()), ""); }

TEST(Register, WithoutAnyPurposeOfTheCodeIsRefused) {
  for (std::size_t i = 0; i < code_purposes().size(); ++i) {
    auto processing = true_register();
    const auto name = processing.purposes[i].name;
    processing.purposes.erase(processing.purposes.begin() + static_cast<std::ptrdiff_t>(i));
    EXPECT_TRUE(has(faults(processing), "the purpose \"" + name + "\" of the code")) << name;
  }
}

TEST(Register, WithoutAnyCategoryOfTheCodeIsRefused) {
  for (std::size_t i = 0; i < code_categories().size(); ++i) {
    auto processing = true_register();
    const auto name = processing.categories[i].name;
    processing.categories.erase(processing.categories.begin() + static_cast<std::ptrdiff_t>(i));
    EXPECT_TRUE(has(faults(processing), "the category \"" + name + "\" of the code")) << name;
  }
}

TEST(Register, WithAPurposeTheCodeDoesNotKnowIsRefused) {
  auto processing = true_register();
  processing.purposes.push_back(processing.purposes.front());
  processing.purposes.back().name = "advertise";
  EXPECT_TRUE(has(faults(processing), "the code has no purpose \"advertise\""));
}

TEST(Register, WithACategoryTheCodeDoesNotKnowIsRefused) {
  auto processing = true_register();
  processing.categories.push_back(processing.categories.front());
  processing.categories.back().name = "fingerprints";
  processing.purposes.front().categories.push_back("fingerprints");
  EXPECT_TRUE(has(faults(processing), "the code has no category \"fingerprints\""));
}

TEST(Register, ThatNamesMoreOperationsThanTheVaultAllowsIsRefused) {
  auto processing = true_register();
  processing.purposes.front().operations.push_back(vault::Operation::kTransfer);
  EXPECT_TRUE(has(faults(processing), "the operations of \"show_to_citizen\""));
}

TEST(Register, ThatNamesFewerOperationsThanTheVaultAllowsIsRefused) {
  auto processing = true_register();
  processing.purposes.front().operations.pop_back();
  EXPECT_TRUE(has(faults(processing), "the operations of \"show_to_citizen\""));
}

TEST(Register, WithATextMissingInALanguageIsRefused) {
  auto processing = true_register();
  processing.purposes.back().people.erase("en");
  EXPECT_TRUE(has(faults(processing), "without the language en"));
}

TEST(Register, WithNamesThatLeadNowhereIsRefused) {
  auto processing = true_register();
  processing.purposes.front().recipients = {"neighbour"};
  processing.purposes.front().term = "for ever";
  processing.categories.front().sources = {"rumours"};
  const auto lines = faults(processing);
  EXPECT_TRUE(has(lines, "\"neighbour\", which is not among recipients"));
  EXPECT_TRUE(has(lines, "\"for ever\", which is not among terms"));
  EXPECT_TRUE(has(lines, "\"rumours\", which is not among sources"));
}

TEST(Register, WithDoubledOrUnusedEntriesIsRefused) {
  auto processing = true_register();
  processing.purposes.push_back(processing.purposes.front());
  processing.recipients.push_back({"nobody_names_me", kText});
  const auto lines = faults(processing);
  EXPECT_TRUE(has(lines, "purposes \"show_to_citizen\" stands twice"));
  EXPECT_TRUE(has(lines, "recipients.nobody_names_me is never used"));
}

TEST(Register, NeedsABasisAnOperationACategoryAndASource) {
  auto processing = true_register();
  auto& purpose = processing.purposes.back();
  purpose.bases.clear();
  purpose.operations.clear();
  purpose.categories.clear();
  processing.categories.front().sources.clear();
  const auto lines = faults(processing);
  EXPECT_TRUE(has(lines, "has no basis"));
  EXPECT_TRUE(has(lines, "has no operation"));
  EXPECT_TRUE(has(lines, "has no category"));
  EXPECT_TRUE(has(lines, "has no source"));
}

TEST(Register, WithATermWithoutDaysForWhatTheCodeErasesIsRefused) {
  auto processing = true_register();
  processing.terms.front().days.reset();
  const auto lines = faults(processing);
  EXPECT_TRUE(has(lines, "the code erases \"requests\" by its term"));
  EXPECT_TRUE(has(lines, "the code erases \"agreements\" by its term"));
}

TEST(Register, TellsSourcesAndPurposesOfItsEntries) {
  auto processing = true_register();
  processing.purposes.resize(2);
  processing.purposes[0].categories = {"profile", "documents"};
  processing.purposes[1].categories = {"profile"};
  EXPECT_EQ(processing.sources_of(processing.purposes[0]), std::vector<std::string>{"self"});
  EXPECT_EQ(processing.purposes_of("profile").size(), 2U);
  EXPECT_EQ(processing.purposes_of("documents").size(), 1U);
}

std::set<std::string> tables_of_people() {
  static const std::regex table(R"re(CREATE TABLE (\w+) \(([^;]*)\);)re");
  static const std::regex renamed(R"re(ALTER TABLE (\w+) RENAME TO (\w+))re");
  static const std::regex dropped(R"re(DROP TABLE (\w+))re");
  std::vector<std::filesystem::path> files;
  for (const auto& entry :
       std::filesystem::directory_iterator(std::string(BERESTA_SOURCE_DIR) + "/migrations")) {
    if (entry.path().extension() == ".sql") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  std::set<std::string> tables;
  for (const auto& file : files) {
    std::ostringstream text;
    text << std::ifstream(file).rdbuf();
    const auto sql = text.str();
    for (std::sregex_iterator at(sql.begin(), sql.end(), table), end; at != end; ++at) {
      if ((*at)[2].str().find("citizen_id ") != std::string::npos) tables.insert((*at)[1].str());
    }
    for (std::sregex_iterator at(sql.begin(), sql.end(), dropped), end; at != end; ++at) {
      tables.erase((*at)[1].str());
    }
    for (std::sregex_iterator at(sql.begin(), sql.end(), renamed), end; at != end; ++at) {
      if (tables.erase((*at)[1].str()) > 0) tables.insert((*at)[2].str());
    }
  }
  return tables;
}

TEST(Holdings, AreEveryTableOfTheSchemaWithACitizen) {
  std::set<std::string> held;
  for (const auto& holding : holdings()) held.emplace(holding.table);
  EXPECT_EQ(held, tables_of_people())
      << "a table of citizens must have its category in privacy/processing/code_facts.cpp";
}

TEST(Holdings, BelongToCategoriesOfTheCode) {
  const auto known = code_categories();
  for (const auto& holding : holdings()) {
    if (holding.category.empty()) continue;
    EXPECT_NE(std::find(known.begin(), known.end(), holding.category), known.end())
        << holding.table;
  }
}

}  // namespace
}  // namespace privacy
