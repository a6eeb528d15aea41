#include "edges/smtp/mail_message.h"

#include <gtest/gtest.h>

#include "codec/base64url.h"

namespace edges::smtp {
namespace {

constexpr auto kAt = core::Instant::from_seconds(1'789'302'400);

MailMessage letter(std::string subject = "Код для почты", std::string text = "Код 12345678.\n") {
  return {.id = "0192-abc",
          .from = Mailbox::parse("noreply@beresta.example").value(),
          .from_name = "Береста",
          .to = core::Secret<Mailbox>(Mailbox::parse("alsu@mail.example").value()),
          .subject = std::move(subject),
          .text = core::Secret<std::string>(std::move(text)),
          .at = kAt};
}

std::string wire_of(const MailMessage& message) { return to_wire(message).value().reveal(); }

TEST(Mailbox, TakesWhatCanStandInAHeader) {
  for (const auto* text : {"a@b", "first.last+tag@mail.example", "o'neil@x.example"}) {
    EXPECT_TRUE(Mailbox::parse(text)) << text;
  }
}

TEST(Mailbox, RefusesWhatCouldEndAHeaderOrACommand) {
  for (const std::string text :
       {"", "@", "a@", "@b", "a b@c", "a@b\r\nBcc: x@y", "a@b\n", "a@b,c@d", "<a@b>", "a@b>",
        "a@@b", "a@b@c", "\"a\"@b", "почта@b.example", "a@b\t", "a@b;c", "(x)a@b"}) {
    EXPECT_FALSE(Mailbox::parse(text)) << text;
  }
  EXPECT_FALSE(Mailbox::parse(std::string("a@b\0c", 5)));
  EXPECT_FALSE(Mailbox::parse(std::string(250, 'a') + "@b.cd"));
  EXPECT_TRUE(Mailbox::parse(std::string(252, 'a') + "@b"));
}

TEST(MailWire, HasTheHeadersALetterNeeds) {
  const auto wire = wire_of(letter());
  EXPECT_NE(wire.find("Date: Sun, 13 Sep 2026 12:26:40 +0000\r\n"), std::string::npos);
  EXPECT_NE(wire.find("\r\n <noreply@beresta.example>\r\n"), std::string::npos);
  EXPECT_NE(wire.find("To: <alsu@mail.example>\r\n"), std::string::npos);
  EXPECT_NE(wire.find("Message-ID:\r\n <0192-abc@beresta.example>\r\n"), std::string::npos);
  EXPECT_NE(wire.find("Auto-Submitted: auto-generated\r\n"), std::string::npos);
}

TEST(MailWire, LetsNoTextBecomeAHeader) {
  const auto wire = wire_of(letter("Привет\r\nBcc: thief@evil.example\r\n\r\nтекст"));
  EXPECT_EQ(wire.find("thief"), std::string::npos);
  EXPECT_EQ(wire.find("\r\n\r\n"), wire.rfind("\r\n\r\n"));
}

TEST(MailWire, RefusesAnIdThatWouldEndItsHeader) {
  for (const std::string id : {"", "a b", "a\r\nBcc: x@y", "a>b", "a@b"}) {
    auto message = letter();
    message.id = id;
    EXPECT_FALSE(to_wire(message)) << id;
  }
}

TEST(MailWire, HasNoLineBeyond78CharactersAndNoDotAtItsBegin) {
  const auto wire =
      wire_of(letter(std::string(500, 'w') + "я", ".\n..\n" + std::string(5000, 'x')));
  std::size_t begin = 0;
  while (begin < wire.size()) {
    const auto end = wire.find("\r\n", begin);
    ASSERT_NE(end, std::string::npos);
    EXPECT_LE(end - begin, 78U);
    EXPECT_NE(wire[begin], '.');
    begin = end + 2;
  }
}

TEST(MailWire, CarriesTheTextWithCrlf) {
  const auto wire = wire_of(letter("x", "раз\nдва\r\n"));
  auto body = wire.substr(wire.find("\r\n\r\n") + 4);
  std::erase_if(body, [](char c) { return c == '\r' || c == '\n'; });
  EXPECT_EQ(core::as_text(codec::from_base64(body).value()), "раз\r\nдва\r\n");
}

TEST(EncodedWords, CutsNoCharacterInTwo) {
  std::string text;
  for (int i = 0; i < 100; ++i) text += "я";
  std::string decoded;
  const auto words = encoded_words(text);
  for (std::size_t at = 0; (at = words.find("=?UTF-8?B?", at)) != std::string::npos;) {
    const auto begin = at + 10;
    const auto end = words.find("?=", begin);
    EXPECT_LE(end + 2 - at, 75U);
    const auto bytes = codec::from_base64(words.substr(begin, end - begin)).value();
    EXPECT_EQ(bytes.size() % 2, 0U);
    decoded += core::as_text(bytes);
    at = end;
  }
  EXPECT_EQ(decoded, text);
  EXPECT_EQ(encoded_words(""),
            "=?UTF-8?B?"
            "?=");
}

TEST(Rfc5322Date, KnowsTheWeekday) {
  EXPECT_EQ(to_rfc5322_date(core::Instant::from_seconds(0)), "Thu, 1 Jan 1970 00:00:00 +0000");
  EXPECT_EQ(to_rfc5322_date(core::Instant::from_seconds(1'709'210'096)),
            "Thu, 29 Feb 2024 12:34:56 +0000");
}

}  // namespace
}  // namespace edges::smtp
