#include "privacy/request/letter_words.h"

#include <gtest/gtest.h>

namespace privacy {
namespace {

TEST(LetterWords, SayATermAsPeopleDo) {
  const LetterWords ru("ru", 180);
  EXPECT_EQ(ru.days(1), "1 день");
  EXPECT_EQ(ru.days(3), "3 дня");
  EXPECT_EQ(ru.days(11), "11 дней");
  EXPECT_EQ(ru.days(30), "30 дней");
  EXPECT_EQ(ru.days(121), "121 день");
  EXPECT_EQ(ru.days(1095), "3 года");
  EXPECT_EQ(ru.days(1825), "5 лет");
  const LetterWords en("en", 180);
  EXPECT_EQ(en.days(1), "1 day");
  EXPECT_EQ(en.days(365), "1 year");
  EXPECT_EQ(en.days(1095), "3 years");
}

TEST(LetterWords, NameWhoLookedWithoutTheirAccount) {
  const LetterWords ru("ru", 180);
  EXPECT_EQ(ru.actor("staff:data_protection_officer:018f"), "Сотрудник по защите данных");
  EXPECT_EQ(ru.actor("platform:notices"), "Сайт: уведомления");
  EXPECT_EQ(ru.actor("platform:something_new"), "Сам сайт");
  EXPECT_EQ(ru.actor("party:clinic"), "clinic");
}

TEST(LetterWords, LeaveWhatHasNoWordsAsItIsNamed) {
  const LetterWords ru("ru", 180);
  EXPECT_EQ(ru.look("a_new_purpose"), "a_new_purpose");
  EXPECT_EQ(ru.consent("account"), "Обработка данных для кабинета");
}

}  // namespace
}  // namespace privacy
