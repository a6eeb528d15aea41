#include "edges/esia/token.h"

#include <gtest/gtest.h>

#include <functional>

#include "edges/esia/test_esia.h"

namespace edges::esia {
namespace {

using codec::JsonArray;
using codec::JsonObject;
using testing::header_of;
using testing::id_claims;
using testing::kNow;
using testing::token;

constexpr std::string_view kGostAlg = "GOST3410_2012_256";

class Token : public ::testing::Test {
 protected:
  std::string reason_of(const std::string& text, std::int64_t now = kNow) {
    const auto result = verify_id_token(text, expected_, core::Instant::from_seconds(now));
    return result ? "ok" : result.error().reason;
  }
  std::string reason_with(const std::function<void(JsonObject&)>& change) {
    auto claims = id_claims();
    change(claims);
    return reason_of(token(header_of("id", kGostAlg), claims, "gost"));
  }
  std::vector<crypto::Certificate> certificates_{testing::certificate("gost")};
  TokenExpectation expected_{testing::kIssuer, "TESTSYS", certificates_};
};

TEST_F(Token, OfGostSaysWhoItIs) {
  const auto verified = verify_id_token(token(header_of("id", kGostAlg), id_claims(), "gost"),
                                        expected_, core::Instant::from_seconds(kNow));
  ASSERT_TRUE(verified) << verified.error().reason;
  EXPECT_EQ(verified->oid, "1000300007");
  EXPECT_EQ(verified->session, "aa");
  EXPECT_TRUE(verified->trusted);
  EXPECT_EQ(verified->level, AccountLevel::kConfirmed);
}

TEST_F(Token, OfRsaNeedsACertificateOfRsa) {
  const auto text = token(header_of("id", "RS256"), id_claims(), "rsa");
  EXPECT_EQ(reason_of(text), "esia.token_algorithm");
  certificates_.push_back(testing::certificate("rsa"));
  EXPECT_EQ(reason_of(text), "ok");
  EXPECT_EQ(reason_of(token(header_of("id", kGostAlg), id_claims(), "gost")), "ok");
}

TEST_F(Token, OfAnotherKeyIsRefusedUntilItsCertificateIsListed) {
  const auto text = token(header_of("id", kGostAlg), id_claims(), "next_gost");
  EXPECT_EQ(reason_of(text), "esia.token_signature");
  certificates_.push_back(testing::certificate("next_gost"));
  EXPECT_EQ(reason_of(text), "ok");
}

TEST_F(Token, NamesNoAlgorithmOfItsOwn) {
  for (const auto* alg : {"none", "HS256", "RS256", "ES256", "gost3410_2012_256", ""}) {
    EXPECT_EQ(reason_of(token(header_of("id", alg), id_claims(), "gost")), "esia.token_algorithm");
  }
  auto header = header_of("id", kGostAlg);
  header.erase("alg");
  EXPECT_EQ(reason_of(token(header, id_claims(), "gost")), "esia.token_algorithm");
  header = header_of("id", kGostAlg);
  header["crit"] = JsonArray{"exp"};
  EXPECT_EQ(reason_of(token(header, id_claims(), "gost")), "esia.token_malformed");
}

TEST_F(Token, OfAnotherKindOrWithoutOne) {
  EXPECT_EQ(reason_of(token(header_of("access", kGostAlg), id_claims(), "gost")),
            "esia.token_kind");
  auto header = header_of("id", kGostAlg);
  header.erase("sbt");
  EXPECT_EQ(reason_of(token(header, id_claims(), "gost")), "ok");
}

TEST_F(Token, IsBrokenAnywhere) {
  const auto good = token(header_of("id", kGostAlg), id_claims(), "gost");
  const auto first = good.find('.');
  const auto last = good.rfind('.');
  EXPECT_EQ(reason_of(good.substr(0, last)), "esia.token_malformed");
  EXPECT_EQ(reason_of(good.substr(0, last + 1)), "esia.token_signature");
  EXPECT_EQ(reason_of(good + "."), "esia.token_malformed");
  EXPECT_EQ(reason_of(good + "="), "esia.token_malformed");
  EXPECT_EQ(reason_of(good + "A"), "esia.token_signature");
  EXPECT_EQ(reason_of(good + "AAAA"), "esia.token_signature");
  EXPECT_EQ(reason_of(""), "esia.token_malformed");
  EXPECT_EQ(reason_of(".."), "esia.token_malformed");
  EXPECT_EQ(reason_of(std::string(kTokenBytesMax + 1, 'a')), "esia.token_malformed");
  auto other = id_claims();
  other["sub"] = "1000300008";
  EXPECT_EQ(reason_of(good.substr(0, first + 1) + testing::encode(other) + good.substr(last)),
            "esia.token_signature");
}

TEST_F(Token, OfAnotherIssuerOrForAnotherSystem) {
  EXPECT_EQ(reason_with([](auto& claims) { claims["iss"] = "http://esia.example"; }),
            "esia.token_issuer");
  EXPECT_EQ(reason_with([](auto& claims) { claims.erase("iss"); }), "esia.token_issuer");
  for (const auto& aud : std::initializer_list<codec::Json>{
           "OTHER", JsonArray{"OTHER"}, JsonArray{}, 7, nullptr, JsonObject{}}) {
    EXPECT_EQ(reason_with([&](auto& claims) { claims["aud"] = aud; }), "esia.token_audience");
  }
  EXPECT_EQ(reason_with([](auto& claims) { claims.erase("aud"); }), "esia.token_audience");
  EXPECT_EQ(reason_with([](auto& claims) { claims["aud"] = JsonArray{"OTHER", "TESTSYS"}; }), "ok");
}

TEST_F(Token, LivesBetweenItsTimesAndAMinuteMore) {
  const auto text = token(header_of("id", kGostAlg), id_claims(), "gost");
  EXPECT_EQ(reason_of(text, kNow + 3660), "ok");
  EXPECT_EQ(reason_of(text, kNow + 3661), "esia.token_expired");
  EXPECT_EQ(reason_of(text, kNow - 60), "ok");
  EXPECT_EQ(reason_of(text, kNow - 61), "esia.token_not_yet_valid");
  EXPECT_EQ(reason_with([](auto& claims) { claims.erase("exp"); }), "esia.token_malformed");
  EXPECT_EQ(reason_with([](auto& claims) { claims["exp"] = "soon"; }), "esia.token_malformed");
  EXPECT_EQ(reason_with([](auto& claims) { claims["exp"] = -1; }), "esia.token_malformed");
  EXPECT_EQ(reason_with([](auto& claims) { claims["nbf"] = nullptr; }), "esia.token_malformed");
}

TEST_F(Token, IsCheckedInTheDocumentedOrder) {
  // All wrong at once: the first check in the order decides.
  const auto break_all = [](JsonObject& claims) {
    claims["iss"] = "http://other/";
    claims["aud"] = "OTHER";
    claims["exp"] = 1;
  };
  auto claims = id_claims();
  break_all(claims);
  const auto header = header_of("id", kGostAlg);
  EXPECT_EQ(reason_of(token(header, claims, "next_gost")), "esia.token_signature");
  EXPECT_EQ(reason_of(token(header, claims, "gost")), "esia.token_issuer");
  claims["iss"] = testing::kIssuer;
  EXPECT_EQ(reason_of(token(header, claims, "gost")), "esia.token_audience");
  claims["aud"] = "TESTSYS";
  EXPECT_EQ(reason_of(token(header, claims, "gost")), "esia.token_expired");
}

TEST_F(Token, IsAboutOnePerson) {
  for (const auto& sub :
       std::initializer_list<codec::Json>{"", "0", "01", "-5", "abc", "10000000000000000000", 0, -1,
                                          1.5, true, nullptr, JsonArray{"1000300007"}}) {
    EXPECT_EQ(reason_with([&](auto& claims) { claims["sub"] = sub; }), "esia.token_malformed");
  }
  EXPECT_EQ(reason_with([](auto& claims) { claims["sub"] = 1000300007; }), "ok");
  EXPECT_EQ(reason_with([](auto& claims) { claims["sub"] = "1000300008"; }), "esia.token_subject");
  EXPECT_EQ(reason_with([](auto& claims) { claims["urn:esia:sbj"] = "PR"; }),
            "esia.token_malformed");
}

TEST_F(Token, WithoutIsTruIsOfAnUnverifiedPerson) {
  for (const auto& is_tru : std::initializer_list<codec::Json>{false, "true", 1, nullptr}) {
    auto claims = id_claims();
    claims["urn:esia:sbj"].as_object()["urn:esia:sbj:is_tru"] = is_tru;
    const auto verified = verify_id_token(token(header_of("id", kGostAlg), claims, "gost"),
                                          expected_, core::Instant::from_seconds(kNow));
    ASSERT_TRUE(verified);
    EXPECT_FALSE(verified->trusted);
  }
  auto claims = id_claims();
  claims.erase("urn:esia:sbj");
  const auto verified = verify_id_token(token(header_of("id", kGostAlg), claims, "gost"), expected_,
                                        core::Instant::from_seconds(kNow));
  ASSERT_TRUE(verified);
  EXPECT_FALSE(verified->trusted);
}

TEST_F(Token, OfAccessIsForThisSystemAndAboutAPerson) {
  const auto reason = [&](const JsonObject& claims, std::string_view sbt = "access") {
    const auto result = verify_access_token(token(header_of(sbt, kGostAlg), claims, "gost"),
                                            expected_, core::Instant::from_seconds(kNow));
    return result ? "ok" : result.error().reason;
  };
  EXPECT_EQ(reason(testing::access_claims()), "ok");
  EXPECT_EQ(reason(testing::access_claims(), "id"), "esia.token_kind");
  auto claims = testing::access_claims();
  claims["client_id"] = "OTHER";
  EXPECT_EQ(reason(claims), "esia.token_audience");
  claims = testing::access_claims();
  claims.erase("urn:esia:sbj_id");
  EXPECT_EQ(reason(claims), "esia.token_malformed");
}

}  // namespace
}  // namespace edges::esia
