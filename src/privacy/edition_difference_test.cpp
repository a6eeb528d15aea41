#include "privacy/edition_difference.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace privacy {
namespace {

constexpr std::string_view kBefore =
    "A contract between you and the operator.\n\n"
    "# 1. Messages\n\n"
    "The portal calls or writes to your number when this is needed.\n\n"
    "- by SMS;\n"
    "- by a letter.\n\n"
    "# 2. How to leave\n\n"
    "You can end the contract at any time.\n\n"
    "The contract also ends if the portal is closed.\n";

/// "changed 1. Messages: old -> new", one line each.
std::string lines(std::string_view before, std::string_view after) {
  std::string text;
  for (const auto& change : difference(before, after)) {
    text += std::string(name_of(change.act)) + " [" + change.section + "] " + change.before +
            " -> " + change.after + "\n";
  }
  return text;
}

std::string with(std::string_view old_text, std::string_view new_text) {
  std::string text(kBefore);
  const auto at = text.find(old_text);
  EXPECT_NE(at, std::string::npos) << old_text;
  return text.replace(at, old_text.size(), new_text);
}

TEST(Difference, OfOneTextIsNothing) { EXPECT_EQ(lines(kBefore, kBefore), ""); }

TEST(Difference, NamesAChangedClauseWithItsSection) {
  EXPECT_EQ(
      lines(kBefore, with("when this is needed.", "when this is needed, and never at night.")),
      "changed [1. Messages] The portal calls or writes to your number when this is needed. -> "
      "The portal calls or writes to your number when this is needed, and never at night.\n");
}

TEST(Difference, NamesAnAddedAndARemovedItem) {
  EXPECT_EQ(lines(kBefore, with("- by SMS;\n", "- by SMS;\n- by a push message in the app;\n")),
            "added [1. Messages]  -> by a push message in the app;\n");
  EXPECT_EQ(lines(kBefore, with("- by a letter.\n", "")),
            "removed [1. Messages] by a letter. -> \n");
}

TEST(Difference, OfClausesWithNothingInCommonIsRemovedAndAdded) {
  EXPECT_EQ(
      lines(kBefore, with("You can end the contract at any time.", "Write us first, please!")),
      "added [2. How to leave]  -> Write us first, please!\n"
      "removed [2. How to leave] You can end the contract at any time. -> \n");
}

TEST(Difference, DoesNotCountWhatMovedOrIsOnlyMarkup) {
  EXPECT_EQ(lines("- one;\n- two.\n", "- two.\n- one;\n"), "");
  EXPECT_EQ(lines("The **operator** answers.\n", "The operator answers.\n"), "");
  EXPECT_EQ(lines("One line\nand another.\n", "One line and another.\n"), "");
}

TEST(Difference, NamesARenumberedHeadingAlone) {
  EXPECT_EQ(lines(kBefore, with("# 2. How to leave", "# 3. How to leave")),
            "changed [3. How to leave] 2. How to leave -> 3. How to leave\n");
}

TEST(Difference, OfRemovedSectionsStandsAtTheEnd) {
  const std::string after(kBefore.substr(0, kBefore.find("# 2.")));
  EXPECT_EQ(lines(kBefore, after),
            "removed [2. How to leave] 2. How to leave -> \n"
            "removed [2. How to leave] You can end the contract at any time. -> \n"
            "removed [2. How to leave] The contract also ends if the portal is closed. -> \n");
}

TEST(Difference, CountsADoubledClauseOnce) {
  EXPECT_EQ(lines("Same.\n", "Same.\n\nSame.\n"), "added []  -> Same.\n");
}

TEST(Difference, FromAndToNothing) {
  EXPECT_EQ(lines("", "New.\n"), "added []  -> New.\n");
  EXPECT_EQ(lines("Old.\n", ""), "removed [] Old. -> \n");
  EXPECT_EQ(lines("", ""), "");
}

TEST(Difference, OfARealDocumentWithItselfIsNothingAndOfTwoLongOnesEnds) {
  std::ostringstream text;
  text << std::ifstream(std::string(BERESTA_SOURCE_DIR) + "/editions/agreement/1.ru.md").rdbuf();
  ASSERT_GT(text.str().size(), 1000U);
  EXPECT_EQ(lines(text.str(), text.str()), "");
  std::string one, other;
  for (int i = 0; i < 3000; ++i) {
    one += "alpha " + std::to_string(i) + "\n\n";
    other += "beta b" + std::to_string(i) + "\n\n";
  }
  EXPECT_EQ(difference(one, other).size(), 6000U);
}

}  // namespace
}  // namespace privacy
