#include "identity/password/password.h"

#include <gtest/gtest.h>

#include "audit/testing/databases.h"

namespace identity {
namespace {

using world::reason_of;

std::string judge(std::string_view text, std::string_view own_number = "+79175550142") {
  return reason_of(check_new_password(Password(std::string(text)), own_number));
}

TEST(NewPassword, MayBeAnyEightCharacters) {
  EXPECT_EQ(judge("kq7!vz2m"), "ok");
  EXPECT_EQ(judge("берестою"), "ok");
  EXPECT_EQ(judge("four plain words here"), "ok");
}

TEST(NewPassword, IsCountedInCharactersNotInBytes) {
  EXPECT_EQ(judge("берест"), "password.too_short") << "six letters, twelve bytes";
  EXPECT_EQ(judge("короткo"), "password.too_short");
  EXPECT_EQ(judge(""), "password.too_short");
}

TEST(NewPassword, IsAtMostTwoHundredAndFiftySixBytes) {
  std::string text = "a b";
  while (text.size() < kPasswordBytesMax) text += static_cast<char>('a' + text.size() % 20);
  EXPECT_EQ(judge(text), "ok");
  EXPECT_EQ(judge(text + "x"), "password.too_long");
}

TEST(NewPassword, IsNotACommonOneInAnyCase) {
  EXPECT_EQ(judge("password"), "password.common");
  EXPECT_EQ(judge("PassWord"), "password.common");
}

TEST(NewPassword, IsNotOneOfThousandsThatPeopleChoose) {
  for (const auto* text :
       {"trustno1", "qwertyuiop", "Кристина", "пароль123", "gfhjkm123", "iloveyou"}) {
    EXPECT_EQ(judge(text), "password.common") << text;
  }
}

TEST(NewPassword, IsNotTheNameOfTheServiceWithDigits) {
  for (const auto* text : {"beresta2026", "Береста!1", "2026БЕРЕСТА", "gosuslugi"}) {
    EXPECT_EQ(judge(text), "password.common") << text;
  }
  EXPECT_EQ(judge("береста и чернила"), "ok");
}

TEST(NewPassword, IsOneWhicheverKeyboardSpeltIt) {
  EXPECT_EQ(judge("\uFF50\uFF41\uFF53\uFF53\uFF57\uFF4F\uFF52\uFF44"), "password.common")
      << "full-width letters";
  EXPECT_EQ(judge("йййй"), "password.too_short")
      << "four letters, also when each is written as two";
}

TEST(PasswordHasher, TakesComposedAndDecomposedLettersForOne) {
  world::SeededRng rng;
  PasswordHasher hasher(1, rng);
  const auto phc = hasher.hash(Password("чай \u0439\u0451\u0439 чай")).value();
  EXPECT_TRUE(
      hasher
          .verify(Password("ча\u0438\u0306 \u0438\u0306\u0435\u0308\u0438\u0306 ча\u0438\u0306"),
                  phc)
          .value());
  EXPECT_FALSE(hasher.verify(Password("чаи иеи чаи"), phc).value());
}

TEST(NewPassword, IsNotOneRepeatedOrRunningSequence) {
  for (const auto* text : {"aaaaaaaa", "12345678", "87654321", "abcdefgh", "HGFEDCBA"}) {
    EXPECT_EQ(judge(text), "password.common") << text;
  }
}

TEST(NewPassword, IsNotTheOwnNumberHoweverWritten) {
  EXPECT_EQ(judge("79175550142"), "password.common");
  EXPECT_EQ(judge("89175550142"), "password.common");
  EXPECT_EQ(judge("9175550142"), "password.common");
}

TEST(NewPassword, MayBeSomebodyElsesNumber) { EXPECT_EQ(judge("9603214477"), "ok"); }

TEST(PasswordHasher, VerifiesWhatItHashed) {
  world::SeededRng rng;
  PasswordHasher hasher(1, rng);
  const auto phc = hasher.hash(Password("береста и чернила")).value();
  EXPECT_TRUE(phc.starts_with("$argon2id$v=19$m=19456,t=2,p=1$")) << phc;
  EXPECT_TRUE(hasher.verify(Password("береста и чернила"), phc).value());
  EXPECT_FALSE(hasher.verify(Password("береста и чернило"), phc).value());
}

TEST(PasswordHasher, SaysNoWhereNobodyHasAPassword) {
  world::SeededRng rng;
  PasswordHasher hasher(1, rng);
  EXPECT_FALSE(hasher.verify(Password("anything at all"), "").value());
}

TEST(PasswordHasher, ReportsAStoredHashThatIsNone) {
  world::SeededRng rng;
  PasswordHasher hasher(1, rng);
  EXPECT_EQ(reason_of(hasher.verify(Password("x"), "plain")), "password.hash_malformed");
  EXPECT_EQ(reason_of(hasher.verify(Password("x"), "plain")), "password.hash_malformed")
      << "the turn was given back";
}

}  // namespace
}  // namespace identity
