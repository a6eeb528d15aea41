#include "identity/phone_number.h"

#include <gtest/gtest.h>

namespace identity {
namespace {

const PhonePolicy kRussia{"RU", {"RU", "KZ", "KG"}};

std::string reason(std::string_view text) {
  const auto parsed = PhoneNumber::parse(text, kRussia);
  return parsed ? "accepted" : parsed.error().reason;
}

TEST(PhoneNumber, ReadsTheWaysPeopleWriteOneNumber) {
  for (const auto* text : {"+7 917 555-01-42", "8 (917) 555 01 42", "89175550142", "917 555 01 42",
                           "7 917 555 01 42", "+7(917)5550142", "８ 917 555 01 42"}) {
    const auto number = PhoneNumber::parse(text, kRussia);
    ASSERT_TRUE(number) << text << ": " << number.error().reason;
    EXPECT_EQ(number->e164(), "+79175550142") << text;
  }
}

TEST(PhoneNumber, RefusesNonsense) {
  for (const auto* text :
       {"", " ", "abc", "+", "12", "+7917555014", "+791755501422222", "0", "112",
        "+7 917 555-01-42 ext. 5", "'; DROP TABLE citizen; --", "+999123456789"}) {
    EXPECT_EQ(reason(text), "phone.malformed") << text;
  }
  EXPECT_EQ(reason(std::string(10'000, '7')), "phone.malformed");
  EXPECT_EQ(reason(std::string("8917\0"
                               "5550142",
                               12)),
            "phone.malformed");
}

TEST(PhoneNumber, RefusesNumbersThatCostTheCaller) {
  EXPECT_EQ(reason("8 809 123 45 67"), "phone.premium_rate");
}

TEST(PhoneNumber, RefusesLinesThatCannotTakeACode) {
  EXPECT_EQ(reason("8 800 200 02 00"), "phone.not_mobile");
  EXPECT_EQ(reason("+7 843 264 72 00"), "phone.not_mobile");
}

TEST(PhoneNumber, TellsACountryThatIsNotServed) {
  EXPECT_EQ(reason("+49 1512 3456789"), "phone.region_not_served");
  EXPECT_EQ(reason("+996 700 123456"), "accepted");
}

TEST(PhoneNumber, MasksTheMiddle) {
  const auto number = PhoneNumber::parse("89175550142", kRussia);
  EXPECT_EQ(number->masked(), "+7 917 •••-••-42");
}

TEST(PhoneNumber, RefusesAColumnThatIsNoNumber) {
  EXPECT_FALSE(PhoneNumber::from_e164("79175550142"));
  EXPECT_FALSE(PhoneNumber::from_e164("+7917abc0142"));
}

}  // namespace
}  // namespace identity
