#include "privacy/informing/report.h"

#include <gtest/gtest.h>

namespace privacy {
namespace {

InformingReport report() {
  InformingReport made;
  made.topic = ConsentPurpose::kInformingHealth;
  made.channels = {InformingChannel::kSms, InformingChannel::kEmail};
  made.people = 9;
  made.other_channels = 1;
  for (const auto* language : {"ru", "en", "ru"}) {
    made.add(InformingChannel::kSms, InformingOutcome::kGoing, language);
  }
  made.add(InformingChannel::kSms, InformingOutcome::kBlocked, "ru");
  made.add(InformingChannel::kSms, InformingOutcome::kSent, "en");
  made.add(InformingChannel::kEmail, InformingOutcome::kNoContact, "ru");
  return made;
}

TEST(InformingReport, TellsInPlainWordsWhatWentAndWhatDidNot) {
  EXPECT_EQ(
      in_plain_words(report(), "en"),
      "People who agreed to \"health\": 9\n"
      "SMS: on its way 3 (en 1, ru 2)\n"
      "SMS, left out: got it before: 1\n"
      "SMS, left out: blocked their data or ask to stop: 1\n"
      "e-mail: on its way 0\n"
      "e-mail, left out: no number, or no confirmed e-mail: 1\n"
      "Left out, chose none of these channels: 1\n"
      "A running server sends what is on its way. Whoever withdraws before it leaves does not "
      "get it.\n");
}

TEST(InformingReport, OfADryRunSaysThatNothingWasSent) {
  auto dry = report();
  dry.dry_run = true;
  const auto words = in_plain_words(dry, "ru");
  EXPECT_TRUE(words.starts_with("Согласны на «health»: 9\nSMS: ушло бы 3 (en 1, ru 2)\n")) << words;
  EXPECT_TRUE(words.ends_with("Ничего не отправлено.\n")) << words;
}

TEST(InformingReport, IsTheSameAsJson) {
  EXPECT_EQ(codec::to_text(to_json(report())),
            R"({"topic":"health","dry_run":false,"people":9,"other_channels":1,"channels":{)"
            R"("sms":{"going":{"en":1,"ru":2},"left_out":{"sent_before":1,"blocked":1}},)"
            R"("email":{"going":{},"left_out":{"no_contact":1}}}})");
}

}  // namespace
}  // namespace privacy
