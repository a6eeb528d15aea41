#include "identity/account/email_address.h"

#include <gtest/gtest.h>

namespace identity {
namespace {

TEST(EmailAddress, KeepsTheNameAndLowersTheDomain) {
  const auto address = EmailAddress::parse("  Alsu.G+x@Mail.EXAMPLE ").value();
  EXPECT_EQ(address.text(), "Alsu.G+x@mail.example");
  EXPECT_EQ(address.normalised(), "alsu.g+x@mail.example");
  EXPECT_EQ(address.masked(), "A···@mail.example");
}

TEST(EmailAddress, TakesTheLongestParts) {
  const auto label = std::string(63, 'd');
  EXPECT_TRUE(EmailAddress::parse(std::string(64, 'a') + "@" + label + ".cd"));
  EXPECT_TRUE(EmailAddress::parse("!#$%&'*+-/=?^_`{|}~@b.cd"));
  EXPECT_TRUE(EmailAddress::parse("a@xn--80a.xn--p1ai"));
}

TEST(EmailAddress, RefusesWhatCouldBreakOutOfALetter) {
  for (const std::string& text : {std::string(),
                                  std::string("@"),
                                  std::string("a@"),
                                  std::string("@b.cd"),
                                  std::string("a@b"),
                                  std::string("a@b..cd"),
                                  std::string("a..b@c.de"),
                                  std::string(".a@b.cd"),
                                  std::string("a.@b.cd"),
                                  std::string("a@.b.cd"),
                                  std::string("a@b.cd."),
                                  std::string("a@-b.cd"),
                                  std::string("a@b-.cd"),
                                  std::string("a b@c.de"),
                                  std::string("a@b.cd\r\nBcc: x@y.zz"),
                                  std::string("a@b.cd\n"),
                                  std::string("a\t@b.cd"),
                                  std::string("\"a\"@b.cd"),
                                  std::string("a@[127.0.0.1]"),
                                  std::string("a@b.cd,e@f.gh"),
                                  std::string("<a@b.cd>"),
                                  std::string("a@b@c.de"),
                                  std::string("почта@b.cd"),
                                  std::string("a@почта.рф"),
                                  std::string("a@b.c\0d", 7),
                                  std::string(65, 'a') + "@b.cd",
                                  "a@" + std::string(64, 'b') + ".cd",
                                  "a@b." + std::string(260, 'c')}) {
    EXPECT_EQ(EmailAddress::parse(text).error().reason, "email.malformed") << text;
  }
}

}  // namespace
}  // namespace identity
