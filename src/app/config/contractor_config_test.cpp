#include "app/config/contractor_config.h"

#include <gtest/gtest.h>

#include "app/test_folder.h"

namespace app {
namespace {

constexpr std::string_view kGood =
    "[[contractors]]\nid = \"sms\"\nname = { ru = \"Связь\", en = \"Line\" }\n"
    "duty = { ru = \"Доставить\", en = \"Deliver\" }\ndata = { ru = \"Номер\", en = \"Number\" }\n"
    "basis = { ru = \"Договор\", en = \"Contract\" }\nsince = \"2026-11-01\"\n";

/// The faults of the good file after one replacement.
std::string faults_after(std::string_view old_text, std::string_view new_text) {
  const TestFolder folder;
  std::string text(kGood);
  text.replace(text.find(old_text), old_text.size(), new_text);
  folder.write("contractors.toml", text);
  const auto read = read_contractors(contractors_path(folder.path()), {"ru", "en"});
  return read ? "none" : to_text(read.error());
}

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

TEST(Contractors, OfTheRepositoryAreReadWithoutFault) {
  const auto read =
      read_contractors(contractors_path(BERESTA_SOURCE_DIR "/editions"), {"ru", "en"});
  ASSERT_TRUE(read) << to_text(read.error());
  ASSERT_FALSE(read->empty());
  EXPECT_FALSE(read->front().duty.find("en")->second.empty());
}

TEST(Contractors, AreNoneWithoutAFile) {
  const TestFolder folder;
  const auto read = read_contractors(contractors_path(folder.path()), {"ru", "en"});
  ASSERT_TRUE(read);
  EXPECT_TRUE(read->empty());
}

TEST(Contractors, AreRefusedWithoutADutyABasisOrALanguage) {
  EXPECT_EQ(faults_after("2026-11-01", "2026-11-02"), "none");
  EXPECT_TRUE(has(faults_after("duty =", "chores ="), "duty"));
  EXPECT_TRUE(has(faults_after("basis = { ru = \"Договор\", ", "basis = { "), "ru"));
  EXPECT_TRUE(has(faults_after("2026-11-01", "some day"), "since"));
  EXPECT_TRUE(has(faults_after("since", "[[contractors]]\nid = \"sms\"\nsince"), "twice"));
}

}  // namespace
}  // namespace app
