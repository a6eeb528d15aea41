#include <gtest/gtest.h>

#include "http/client_address.h"
#include "http/cookies.h"
#include "http/language.h"
#include "http/limits.h"
#include "http/method.h"
#include "http/parameters.h"
#include "http/text.h"

namespace http {
namespace {

std::string reason_of(std::string_view query) {
  const auto parsed = Parameters::parse(query);
  return parsed ? "" : parsed.error().reason;
}

TEST(Parameters, DecodesPercentAndPlus) {
  const auto parsed = Parameters::parse("a=1+2&%D0%B9=%2B&empty=&bare");
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->find("a"), "1 2");
  EXPECT_EQ(parsed->find("й"), "+");
  EXPECT_EQ(parsed->find("empty"), "");
  EXPECT_EQ(parsed->find("bare"), "");
  EXPECT_FALSE(parsed->find("absent"));
}

TEST(Parameters, RefusesOneNameTwice) {
  EXPECT_EQ(reason_of("a=1&a=1"), "http.parameter_doubled");
  EXPECT_EQ(reason_of("a=1&%61=2"), "http.parameter_doubled");
}

TEST(Parameters, RefusesWhatDoesNotDecode) {
  for (const auto* query : {"a=%", "a=%4", "a=%zz", "%00=1", "a=%C0%80", "a=%ED%A0%80", "a=%FF"}) {
    EXPECT_EQ(reason_of(query), "http.parameter_malformed") << query;
  }
}

TEST(Parameters, RefusesTooMany) {
  std::string query;
  for (std::size_t i = 0; i <= kParametersMax; ++i) query += "p" + std::to_string(i) + "=1&";
  EXPECT_EQ(reason_of(query), "http.too_many_parameters");
}

TEST(PercentEncode, IsUndoneByDecode) {
  const std::string text = "a b/ы?&=%~-";
  EXPECT_EQ(percent_encode(text), "a%20b%2F%D1%8B%3F%26%3D%25~-");
  EXPECT_EQ(*percent_decode(percent_encode(text), true), text);
}

TEST(Cookies, FindsOneAndRefusesADoubledName) {
  EXPECT_EQ(find_cookie("a=1; b=2;c=3", "b"), "2");
  EXPECT_EQ(find_cookie("a=1; b=x=y", "b"), "x=y");
  EXPECT_FALSE(find_cookie("a=1; b=2; b=3", "b"));
  EXPECT_FALSE(find_cookie("ab=1", "a"));
  EXPECT_FALSE(find_cookie("", "a"));
}

TEST(SetCookie, IsAlwaysSecureAndWithoutDomain) {
  EXPECT_EQ(to_field({.name = "__Host-s", .value = "abc", .max_age_s = 60}),
            "__Host-s=abc; Path=/; Secure; Max-Age=60; HttpOnly; SameSite=Strict");
  EXPECT_EQ(
      to_field({.name = "lang", .value = "en", .http_only = false, .strict_same_site = false}),
      "lang=en; Path=/; Secure; SameSite=Lax");
}

TEST(SetCookieDeathTest, AbortsOnAValueThatWouldOpenAnAttribute) {
  EXPECT_DEATH((void)to_field({.name = "a", .value = "1; Domain=evil"}), "is_cookie_text");
}

TEST(Language, FollowsWeightsAndPassesOverNonsense) {
  EXPECT_EQ(negotiate_language("en-GB,en;q=0.9,ru;q=0.8"), Language::kEn);
  EXPECT_EQ(negotiate_language("de, en;q=0.3, ru;q=0.7"), Language::kRu);
  EXPECT_EQ(negotiate_language("en;q=0, ru;q=0.001"), Language::kRu);
  EXPECT_EQ(negotiate_language("en;q=9, ru;q=0.5"), Language::kRu);
  EXPECT_FALSE(negotiate_language("de,fr;q=0.5"));
  EXPECT_FALSE(negotiate_language(""));
  EXPECT_FALSE(negotiate_language("en;q=0"));
}

TEST(ClientAddress, CountsNetworksNotHosts) {
  EXPECT_EQ(ClientAddress::parse("203.0.113.77")->prefix(), "203.0.113.0/24");
  EXPECT_EQ(ClientAddress::parse("2001:db8:1:2:3:4:5:6")->prefix(), "2001:db8:1:2::/64");
  EXPECT_EQ(ClientAddress::parse("::ffff:203.0.113.77")->prefix(), "203.0.113.0/24");
  EXPECT_EQ(ClientAddress::parse("203.0.113.1")->prefix_key(),
            ClientAddress::parse("203.0.113.254")->prefix_key());
  EXPECT_NE(ClientAddress::parse("203.0.113.1")->prefix_key(),
            ClientAddress::parse("203.0.114.1")->prefix_key());
}

TEST(ClientAddress, RefusesWhatIsNotOneAddress) {
  using std::string_view_literals::operator""sv;
  for (const auto text :
       {"", "1.2.3", "1.2.3.4:80", "[::1", "example.org", "::1%eth0", "256.1.1.1"}) {
    EXPECT_FALSE(ClientAddress::parse(text)) << text;
  }
  EXPECT_FALSE(ClientAddress::parse("1.2.3.4\0evil"sv));
}

TEST(AddressBlock, RefusesLengthsOutOfRange) {
  for (const auto* text : {"10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "10.0.0.0/8x", "::/129"}) {
    EXPECT_FALSE(AddressBlock::parse(text)) << text;
  }
  EXPECT_TRUE(AddressBlock::parse("10.0.0.0/9")->contains(*ClientAddress::parse("10.127.0.1")));
  EXPECT_FALSE(AddressBlock::parse("10.0.0.0/9")->contains(*ClientAddress::parse("10.128.0.1")));
  EXPECT_FALSE(AddressBlock::parse("0.0.0.0/0")->contains(*ClientAddress::parse("::1")));
}

class ClientBehind : public testing::Test {
 protected:
  std::string seen(std::string_view peer, std::string_view forwarded_for) {
    return client_behind(*ClientAddress::parse(peer), forwarded_for, trusted_).to_string();
  }
  std::vector<AddressBlock> trusted_{*AddressBlock::parse("10.0.0.0/8")};
};

TEST_F(ClientBehind, BelievesOnlyTrustedProxies) {
  EXPECT_EQ(seen("198.51.100.1", "203.0.113.5"), "198.51.100.1");
  EXPECT_EQ(seen("10.0.0.1", "203.0.113.5"), "203.0.113.5");
}

TEST_F(ClientBehind, TakesTheLastHopThatIsNotOurs) {
  EXPECT_EQ(seen("10.0.0.1", "1.1.1.1, 203.0.113.5, 10.0.0.2"), "203.0.113.5");
}

TEST_F(ClientBehind, StopsAtWhatIsNotAnAddress) {
  EXPECT_EQ(seen("10.0.0.1", "203.0.113.5, unknown"), "10.0.0.1");
  EXPECT_EQ(seen("10.0.0.1", ""), "10.0.0.1");
}

TEST(Method, IsCaseSensitive) {
  EXPECT_EQ(find_method("GET"), Method::kGet);
  EXPECT_FALSE(find_method("get"));
  EXPECT_FALSE(find_method("TRACE"));
}

TEST(Text, ListsAreReadWithoutRegardToCase) {
  EXPECT_TRUE(list_has("a , Close", "close"));
  EXPECT_FALSE(list_has("closed", "close"));
  EXPECT_EQ(media_type_of("application/json ; charset=utf-8"), "application/json");
  EXPECT_FALSE(is_field_value("a\r\nSet-Cookie: b"));
}

}  // namespace
}  // namespace http
