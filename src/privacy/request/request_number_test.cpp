#include "privacy/request/request_number.h"

#include <gtest/gtest.h>

#include <set>

namespace privacy {
namespace {

const core::Date kDay{2026, 11, 26};

RequestId id_of(std::uint8_t last) {
  core::UuidBytes bytes{};
  bytes.back() = last;
  return RequestId(bytes);
}

std::string reason_of(const core::Result<RequestNumber>& result) {
  return result ? "accepted " + result->text() : result.error().reason;
}

TEST(RequestNumber, FollowsFromTheRequestAndItsDay) {
  const auto number = RequestNumber::of(id_of(1), kDay);
  EXPECT_EQ(number, RequestNumber::of(id_of(1), kDay));
  EXPECT_NE(number, RequestNumber::of(id_of(2), kDay));
  EXPECT_NE(number, RequestNumber::of(id_of(1), {2026, 11, 27}));
  EXPECT_EQ(number.text().substr(0, 7), "261126-");
  EXPECT_EQ(number.text().size(), 14U);
}

TEST(RequestNumber, IsReadBackAsPeopleWriteIt) {
  for (int last = 0; last < 50; ++last) {
    const auto number = RequestNumber::of(id_of(static_cast<std::uint8_t>(last)), kDay);
    const auto text = number.text();
    const auto bare = text.substr(0, 6) + text.substr(7, 5) + text.substr(13);
    for (const auto& written : {text, "№ " + text, "№" + bare, bare, " " + bare + " "}) {
      const auto read = RequestNumber::parse(written);
      ASSERT_TRUE(read) << written;
      EXPECT_EQ(*read, number);
    }
  }
}

TEST(RequestNumber, NoticesEveryWrongDigit) {
  const auto right = RequestNumber::of(id_of(7), kDay).text();
  for (std::size_t at = 0; at < right.size(); ++at) {
    if (right[at] == '-') continue;
    for (char other = '0'; other <= '9'; ++other) {
      auto wrong = right;
      wrong[at] = other;
      EXPECT_EQ(RequestNumber::parse(wrong).has_value(), wrong == right) << wrong;
    }
  }
}

TEST(RequestNumber, RefusesOtherForms) {
  for (const auto* text :
       {"", "№", "261126", "261126-48151", "261126-48151-77", "261326-48151-7", "261100-00000-0",
        "26112б-48151-7", "+61126-48151-7", "018f3c2e-0000-7000-8000-000000000000"}) {
    EXPECT_EQ(reason_of(RequestNumber::parse(text)), "request.number") << text;
  }
  EXPECT_FALSE(RequestNumber::parse(std::string(10'000, '1')));
}

TEST(RequestNumber, SpreadsTheRequestsOfADay) {
  std::set<std::string> seen;
  for (int last = 0; last < 256; ++last) {
    seen.insert(RequestNumber::of(id_of(static_cast<std::uint8_t>(last)), kDay).text());
  }
  EXPECT_GE(seen.size(), 253U);
}

}  // namespace
}  // namespace privacy
