#include "app/adapters/oidc_provider.h"

#include <gtest/gtest.h>

#include "audit/testing/databases.h"
#include "codec/jose.h"

namespace app {
namespace {

using codec::JsonArray;
using codec::JsonObject;
using world::kNow;
using world::reason_of;

constexpr std::string_view kIssuer = "https://idp.example";

/// A provider whose person is `claims`; any answer of the token endpoint may be put in its place.
class FakeProvider final : public http::HttpCaller {
 public:
  core::Result<http::ClientResponse> call(const http::ClientRequest& request) override {
    if (down) return core::fail(core::ErrorCode::kUnavailable, "client.unreachable");
    if (request.url.ends_with("/openid-configuration")) return json(metadata);
    if (request.url.ends_with("/jwks")) {
      return json({{"keys", JsonArray{codec::to_jwk(key.public_key(), "k1")}}});
    }
    if (request.url.ends_with("/token")) {
      return json({{"id_token", codec::make_jws_es256(claims, key, {.kid = "k1"})},
                   {"access_token", "access"},
                   {"token_type", "Bearer"}});
    }
    return core::fail(core::ErrorCode::kUnavailable, "client.unreachable");
  }

  world::SeededRng rng;
  crypto::P256PrivateKey key = crypto::P256PrivateKey::generate(rng);
  bool down = false;
  JsonObject claims{{"iss", kIssuer},        {"sub", "s-1"},
                    {"aud", "beresta"},      {"exp", kNow.seconds() + 300},
                    {"iat", kNow.seconds()}, {"trusted", true}};

 private:
  static http::ClientResponse json(const JsonObject& body) {
    return {200, {}, codec::to_text(body)};
  }
  JsonObject metadata{{"issuer", kIssuer},
                      {"authorization_endpoint", "https://idp.example/auth"},
                      {"token_endpoint", "https://idp.example/token"},
                      {"jwks_uri", "https://idp.example/jwks"},
                      {"code_challenge_methods_supported", JsonArray{"S256"}}};
};

class OidcProviderTest : public testing::Test {
 protected:
  core::Result<identity::ProvenIdentity> redeem(std::string_view error = {}) {
    const auto departure = provider_.begin("ru", kNow).value();
    if (!fake_.claims.contains("nonce")) fake_.claims["nonce"] = departure.nonce;
    return provider_.redeem({"code", departure.state, "", std::string(error)}, departure, kNow);
  }
  /// The attribute with this name as the claim would leave it; "" if it is not taken.
  std::string attribute(std::string_view claim, codec::Json value, std::string_view name) {
    fake_.claims[claim] = std::move(value);
    fake_.claims.erase("nonce");
    const auto proven = redeem().value();
    for (const auto& one : proven.attributes) {
      if (one.name == name) return one.value.reveal();
    }
    return {};
  }

  FakeProvider fake_;
  edges::oidc::RelyingParty party_{{.issuer = std::string(kIssuer),
                                    .client_id = "beresta",
                                    .client_secret = core::Secret<std::string>("secret"),
                                    .redirect_uri = "https://id.example/cb"},
                                   fake_,
                                   fake_.rng};
  OidcProvider provider_{party_, "trusted"};
};

TEST_F(OidcProviderTest, NamesAPersonByIssuerAndSubject) {
  const auto proven = redeem().value();
  EXPECT_EQ(proven.subject.reveal(), "https://idp.example|s-1");
  EXPECT_TRUE(proven.trusted);
  EXPECT_TRUE(proven.attributes.empty());
}

TEST_F(OidcProviderTest, TakesClaimsUnderTheVaultsNames) {
  EXPECT_EQ(attribute("given_name", "Алсу", "given_name"), "Алсу");
  EXPECT_EQ(attribute("birthdate", "1990-05-17", "birth_date"), "1990-05-17");
  EXPECT_EQ(attribute("gender", "female", "sex"), "F");
  EXPECT_EQ(attribute("gender", "male", "sex"), "M");
  EXPECT_EQ(attribute("snils", "112-233-445 95", "snils"), "11223344595");
  EXPECT_EQ(attribute("inn", "500100732259", "inn"), "500100732259");
}

TEST_F(OidcProviderTest, TakesNoClaimItDoesNotKnow) {
  EXPECT_EQ(attribute("phone_number", "+79175550199", "phone"), "");
  EXPECT_EQ(attribute("phone", "+79175550199", "phone"), "");
  EXPECT_EQ(attribute("birth_date", "1990-05-17", "birth_date"), "");
}

TEST_F(OidcProviderTest, DropsAClaimThatDoesNotHoldWhatItsNameSays) {
  EXPECT_EQ(attribute("snils", "112-233-445 96", "snils"), "");
  EXPECT_EQ(attribute("inn", "500100732250", "inn"), "");
  EXPECT_EQ(attribute("birthdate", "1990-02-30", "birth_date"), "");
  EXPECT_EQ(attribute("birthdate", "0000-05-17", "birth_date"), "");
  EXPECT_EQ(attribute("gender", "F", "sex"), "");
  EXPECT_EQ(attribute("gender", "Female", "sex"), "");
}

TEST_F(OidcProviderTest, DropsAClaimOfAnotherTypeOrWithoutEnd) {
  EXPECT_EQ(attribute("given_name", 7, "given_name"), "");
  EXPECT_EQ(attribute("given_name", nullptr, "given_name"), "");
  EXPECT_EQ(attribute("given_name", JsonObject{{"ru", "Алсу"}}, "given_name"), "");
  EXPECT_EQ(attribute("given_name", "", "given_name"), "");
  EXPECT_EQ(attribute("given_name", codec::Json(std::string(201, 'x')), "given_name"), "");
}

TEST_F(OidcProviderTest, TrustsNothingButTheWordTrue) {
  for (const codec::Json& value : {codec::Json("true"), codec::Json(1), codec::Json(nullptr),
                                   codec::Json(JsonArray{true}), codec::Json(false)}) {
    fake_.claims["trusted"] = value;
    fake_.claims.erase("nonce");
    EXPECT_FALSE(redeem().value().trusted) << codec::to_text(value);
  }
  fake_.claims.erase("trusted");
  fake_.claims.erase("nonce");
  EXPECT_FALSE(redeem().value().trusted) << "absent";
}

TEST_F(OidcProviderTest, SaysThatThePersonRefused) {
  EXPECT_EQ(reason_of(redeem("access_denied")), "provider.refused_by_person");
}

TEST_F(OidcProviderTest, RefusesATokenThatIsNotForThisSignIn) {
  fake_.claims["nonce"] = "another";
  EXPECT_EQ(reason_of(redeem()), "provider.refused_token");
  fake_.claims.erase("nonce");
  fake_.claims["aud"] = "another";
  EXPECT_EQ(reason_of(redeem()), "provider.refused_token");
}

TEST_F(OidcProviderTest, SaysThatTheProviderDoesNotAnswer) {
  fake_.down = true;
  EXPECT_EQ(reason_of(provider_.begin("ru", kNow)), "provider.unavailable");
}

}  // namespace
}  // namespace app
