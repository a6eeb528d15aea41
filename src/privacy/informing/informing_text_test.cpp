#include "privacy/informing/informing_text.h"

#include <gtest/gtest.h>

#include <set>

namespace privacy {
namespace {

constexpr auto kDebts = ConsentPurpose::kInformingDebts;
const InformingSender kSender{"Береста", "https://id.example/consents"};

std::string made(std::string_view raw) {
  const auto text = InformingText::make(kDebts, "ru", raw);
  return text ? text->text() : text.error().reason;
}

TEST(InformingTopics, AreTheConsentsWithChannels) {
  ASSERT_EQ(informing_topics().size(), 4U);
  for (const auto topic : informing_topics()) {
    EXPECT_EQ(*parse_topic(topic_name_of(topic)), topic);
    for (const auto channel : kInformingChannels) {
      const auto& parts = parts_of(topic);
      EXPECT_EQ(std::count(parts.begin(), parts.end(), name_of(channel)), 1);
    }
  }
}

TEST(InformingTopics, OfNoConsentAreRefusedWithThoseThatAre) {
  for (const auto* name :
       {"", "account", "registry_documents", "informing_debts", "Debts", "sale"}) {
    const auto topic = parse_topic(name);
    ASSERT_FALSE(topic) << name;
    EXPECT_EQ(topic.error().reason, "informing.topic_unknown");
    EXPECT_EQ(topic.error().detail, "debts, health, projects, surveys");
  }
}

TEST(InformingText, IsTakenWithoutWhatStandsAroundIt) {
  EXPECT_EQ(made("  Заплатите до 1 декабря.\r\nБез пени.\n\n"),
            "Заплатите до 1 декабря.\nБез пени.");
}

TEST(InformingText, RefusesWhatIsNoMessage) {
  EXPECT_EQ(made(""), "informing.text_empty");
  EXPECT_EQ(made(" \r\n\t "), "informing.text_empty");
  EXPECT_EQ(made(std::string(InformingText::kBytesMax, 'a')),
            std::string(InformingText::kBytesMax, 'a'));
  EXPECT_EQ(made(std::string(InformingText::kBytesMax + 1, 'a')), "informing.text_too_long");
  EXPECT_EQ(made(std::string(1U << 20U, ' ')), "informing.text_too_long");
  EXPECT_EQ(made("\xD0"), "informing.text_malformed");
  EXPECT_EQ(made("a\x1B[0mb"), "informing.text_malformed");
  EXPECT_EQ(made(std::string_view("a\0b", 3)), "informing.text_malformed");
  EXPECT_EQ(made("a\tb"), "informing.text_malformed");
}

TEST(InformingText, HasANameOfItsOwnByTopicLanguageAndWords) {
  std::set<core::Bytes> names;
  for (const auto topic : informing_topics()) {
    for (const auto* language : {"ru", "en"}) {
      for (const auto* words : {"Раз", "Два"}) {
        const auto text = *InformingText::make(topic, language, words);
        EXPECT_TRUE(names.insert(text.digest()).second);
        EXPECT_EQ(text.digest().size(), 32U);
        // Kept and read again it is the same message.
        EXPECT_EQ(InformingText(topic, language, text.text()).digest(), text.digest());
      }
    }
  }
  EXPECT_EQ(InformingText::make(kDebts, "ru", " Раз\n")->digest(),
            InformingText::make(kDebts, "ru", "Раз")->digest());
}

TEST(InformingText, SaysHowToRefuse) {
  const auto ru = *InformingText::make(kDebts, "ru", "Есть долг.");
  EXPECT_EQ(ru.as_sms(kSender), "Береста: Есть долг.\nОтказаться: https://id.example/consents");
  EXPECT_EQ(ru.as_letter(kSender).subject, "Береста: сообщение о долгах");
  EXPECT_EQ(
      ru.as_letter(kSender).text,
      "Есть долг.\n\nВы получили это, потому что согласились на сообщения о долгах. Отказаться "
      "можно в любой день: https://id.example/consents\n");
  for (const auto topic : informing_topics()) {
    const auto en = *InformingText::make(topic, "en", "A word.");
    EXPECT_TRUE(en.as_sms(kSender).ends_with("To refuse: https://id.example/consents"));
    EXPECT_TRUE(en.as_letter(kSender).text.ends_with(kSender.consents_url + "\n"));
  }
}

TEST(InformingText, IsTheFirstForALanguageWithoutOne) {
  const std::vector<InformingText> texts{*InformingText::make(kDebts, "ru", "Раз"),
                                         *InformingText::make(kDebts, "en", "One")};
  EXPECT_EQ(text_in(texts, "en").text(), "One");
  EXPECT_EQ(text_in(texts, "kk").text(), "Раз");
}

}  // namespace
}  // namespace privacy
