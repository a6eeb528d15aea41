#include "openid/client/client_assertion.h"

#include <gtest/gtest.h>

#include "openid/testing/openid_world.h"
#include "openid/token/token.h"

namespace openid {
namespace {

using codec::Json;
using codec::JsonArray;
using codec::JsonObject;

const auto kNow = core::Instant::from_seconds(1'800'000'000);
constexpr std::string_view kAddress = "https://shop.example/keys";

std::string part(std::string_view text) { return codec::to_base64url(core::as_bytes(text)); }

/// Signs whatever it is told to, under whatever header.
class Signer {
 public:
  explicit Signer(std::string kid = "k") : kid_(std::move(kid)) {}
  [[nodiscard]] std::string sign(std::string_view header, std::string_view claims) const {
    const auto text = part(header) + "." + part(claims);
    return text + "." + codec::to_base64url(key_.sign(core::as_bytes(text)));
  }
  [[nodiscard]] std::string sign(std::string_view claims) const {
    return sign(R"({"alg":"ES256","kid":")" + kid_ + "\"}", claims);
  }
  [[nodiscard]] std::string set() const {
    return codec::to_text(JsonObject{{"keys", JsonArray{codec::to_jwk(key_.public_key(), kid_)}}});
  }
  [[nodiscard]] codec::JwkSet keys() const { return codec::JwkSet::parse(set()).value(); }
  [[nodiscard]] std::string raw_point() const {
    return std::string(core::as_text(key_.public_key().uncompressed()));
  }

 private:
  world::SeededRng rng_;
  std::string kid_;
  crypto::P256PrivateKey key_ = crypto::P256PrivateKey::generate(rng_);
};

std::string claims(const JsonObject& changes = {}) {
  JsonObject json{{"iss", "shop"},         {"sub", "shop"},
                  {"aud", world::kIssuer}, {"exp", kNow.seconds() + 60},
                  {"iat", kNow.seconds()}, {"jti", "1"}};
  for (const auto& [name, value] : changes) json[name] = value;
  return codec::to_text(json);
}

std::string reason_of(const core::Result<core::Bytes>& verified) {
  constexpr std::string_view kFamily = "oauth.invalid_client.assertion_";
  if (verified) return "";
  EXPECT_TRUE(verified.error().reason.starts_with(kFamily));
  return verified.error().reason.substr(kFamily.size());
}

std::string judge(std::string_view assertion, const Signer& signer) {
  return reason_of(verify_client_assertion(assertion, signer.keys(), "shop", world::kIssuer, kNow));
}

struct Said {
  std::string_view name;
  JsonObject changes;
  std::string_view reason;
};
class AssertionClaims : public testing::TestWithParam<Said> {};

TEST_P(AssertionClaims, AreHeldAgainstTheParty) {
  const Signer signer;
  EXPECT_EQ(judge(signer.sign(claims(GetParam().changes)), signer), GetParam().reason);
}
const auto kSeconds = kNow.seconds();
INSTANTIATE_TEST_SUITE_P(
    , AssertionClaims,
    testing::Values(
        Said{"good", {}, ""}, Said{"nbf_slightly_ahead", {{"nbf", kSeconds + 30}}, ""},
        Said{"just_expired", {{"exp", kSeconds - 29}}, ""},
        Said{"expired", {{"exp", kSeconds - 30}}, "expired"},
        Said{"no_exp", {{"exp", nullptr}}, "expired"},
        Said{"exp_as_text", {{"exp", "1900000000"}}, "expired"},
        Said{"exp_overflows", {{"exp", INT64_MAX}}, "expired"},
        Said{"too_long", {{"exp", kSeconds + 3601}}, "too_long"},
        Said{"nbf_ahead", {{"nbf", kSeconds + 31}}, "from_the_future"},
        Said{"iat_ahead", {{"iat", kSeconds + 31}}, "from_the_future"},
        Said{"iat_as_text", {{"iat", "now"}}, "from_the_future"},
        Said{"another_issuer", {{"iss", "other"}}, "issuer"},
        Said{"another_subject", {{"sub", "other"}}, "issuer"},
        Said{"no_subject", {{"sub", nullptr}}, "issuer"},
        Said{"endpoint_as_audience", {{"aud", "https://id.example/oauth/token"}}, "audience"},
        Said{"audience_with_slash", {{"aud", "https://id.example/"}}, "audience"},
        Said{"audience_list", {{"aud", JsonArray{world::kIssuer}}}, "audience"},
        Said{"no_jti", {{"jti", ""}}, "jti"},
        Said{"long_jti", {{"jti", std::string(257, 'j')}}, "jti"}),
    [](const auto& one) { return std::string(one.param.name); });

struct Headed {
  std::string_view name;
  std::string_view header;
  std::string_view reason;
};
class AssertionHeader : public testing::TestWithParam<Headed> {};

TEST_P(AssertionHeader, ChoosesNeitherAlgorithmNorKeyAtWill) {
  const Signer signer;
  EXPECT_EQ(judge(signer.sign(GetParam().header, claims()), signer), GetParam().reason);
}
INSTANTIATE_TEST_SUITE_P(
    , AssertionHeader,
    testing::Values(Headed{"no_kid", R"({"alg":"ES256"})", ""},
                    Headed{"none", R"({"alg":"none"})", "algorithm"},
                    Headed{"None", R"({"alg":"None"})", "algorithm"},
                    Headed{"hs256", R"({"alg":"HS256","kid":"k"})", "algorithm"},
                    Headed{"es512", R"({"alg":"ES512","kid":"k"})", "algorithm"},
                    Headed{"rs256_with_ec_key", R"({"alg":"RS256","kid":"k"})", "key_unknown"},
                    Headed{"kid_path", R"({"alg":"ES256","kid":"../../k"})", "key_unknown"},
                    Headed{"kid_sql", R"({"alg":"ES256","kid":"k' OR '1'='1"})", "key_unknown"},
                    Headed{"kid_empty", R"({"alg":"ES256","kid":""})", "key_unknown"},
                    Headed{"kid_number", R"({"alg":"ES256","kid":1})", "malformed"},
                    Headed{"doubled_alg", R"({"alg":"none","alg":"ES256","kid":"k"})",
                           "duplicate_key"},
                    Headed{"crit", R"({"alg":"ES256","kid":"k","crit":["exp"]})", "critical"},
                    Headed{"b64", R"({"alg":"ES256","kid":"k","b64":false})", "critical"}),
    [](const auto& one) { return std::string(one.param.name); });

TEST(ClientAssertion, WithoutASignatureIsNone) {
  const Signer signer;
  const auto text = part(R"({"alg":"ES256","kid":"k"})") + "." + part(claims()) + ".";
  EXPECT_EQ(judge(text, signer), "signature");
  EXPECT_EQ(judge(part(R"({"alg":"none"})") + "." + part(claims()) + ".", signer), "algorithm");
}

TEST(ClientAssertion, IsNotAMacUnderThePublicKey) {
  const Signer signer;
  const auto text = part(R"({"alg":"HS256","kid":"k"})") + "." + part(claims());
  const auto point = signer.raw_point();
  const auto mac = crypto::hmac_sha256(core::as_bytes(point), core::as_bytes(text));
  EXPECT_EQ(judge(text + "." + codec::to_base64url(mac), signer), "algorithm");
}

TEST(ClientAssertion, OfAnotherKeyIsRefused) {
  const Signer signer;
  world::SeededRng rng;
  static_cast<void>(core::random_bytes(rng, 64));  // the signer began at the same place
  const auto other = crypto::P256PrivateKey::generate(rng);
  const auto set =
      codec::JwkSet::parse(
          codec::to_text(JsonObject{{"keys", JsonArray{codec::to_jwk(other.public_key(), "k")}}}))
          .value();
  EXPECT_EQ(
      reason_of(verify_client_assertion(signer.sign(claims()), set, "shop", world::kIssuer, kNow)),
      "signature");
}

TEST(ClientAssertion, WithADoubledClaimIsRefused) {
  const Signer signer;
  const auto doubled = R"({"iss":"other","iss":"shop","sub":"shop","aud":"https://id.example",)"
                       R"("exp":1800000060,"jti":"1"})";
  EXPECT_EQ(judge(signer.sign(doubled), signer), "duplicate_key");
}

TEST(ClientAssertion, IsUsedUpUnderOneKeyByPartyAndJti) {
  const Signer signer;
  const auto once = [&](const JsonObject& changes) {
    return verify_client_assertion(signer.sign(claims(changes)), signer.keys(), "shop",
                                   world::kIssuer, kNow)
        .value();
  };
  EXPECT_EQ(once({}), once({{"iat", kSeconds - 1}}));
  EXPECT_NE(once({}), once({{"jti", "2"}}));
  EXPECT_GT(expiry_of(once({})), kNow) << "remembered as long as it could be shown";
}

// The keys behind an address.
class FetchedKeys : public testing::Test {
 protected:
  FetchedKeys() {
    party_.client_id = "shop";
    party_.jwks_uri = kAddress;
  }
  [[nodiscard]] std::string kid(core::Duration later, bool newer = false) {
    const auto at = kNow + later;
    const auto set = newer ? keys_.newer(party_, at) : keys_.of(party_, at);
    return set ? (*set)->keys.front().kid : set.error().reason;
  }

  RelyingParty party_;
  world::HandDocuments documents_;
  PartyKeys keys_{documents_};
};

TEST_F(FetchedKeys, AreKeptForAWhile) {
  documents_.pages[std::string(kAddress)] = Signer("one").set();
  EXPECT_EQ(kid(core::Duration(0)), "one");
  documents_.pages[std::string(kAddress)] = Signer("two").set();
  EXPECT_EQ(kid(std::chrono::seconds(299)), "one");
  EXPECT_EQ(documents_.asked, 1);
  EXPECT_EQ(kid(std::chrono::seconds(301)), "two");
}

TEST_F(FetchedKeys, AreFetchedAgainForAnUnknownKeyButNotAtEveryCall) {
  documents_.pages[std::string(kAddress)] = Signer("one").set();
  EXPECT_EQ(kid(core::Duration(0)), "one");
  documents_.pages[std::string(kAddress)] = Signer("two").set();
  EXPECT_EQ(kid(std::chrono::seconds(29), true), "one");
  EXPECT_EQ(kid(std::chrono::seconds(31), true), "two");
  EXPECT_EQ(kid(std::chrono::seconds(32), true), "two");
  EXPECT_EQ(documents_.asked, 2);
}

TEST_F(FetchedKeys, StayInUseWhenTheAddressFails) {
  documents_.pages[std::string(kAddress)] = Signer("one").set();
  EXPECT_EQ(kid(core::Duration(0)), "one");
  for (const auto* page : {"", "{\"keys\":[]}", "<html>"}) {
    documents_.pages[std::string(kAddress)] = page;
    EXPECT_EQ(kid(std::chrono::minutes(6)), "one");
  }
}

TEST_F(FetchedKeys, ThatNeverCameAreAskedForAtMostEveryHalfMinute) {
  EXPECT_EQ(kid(core::Duration(0)), "oauth.invalid_client.keys_unavailable");
  EXPECT_EQ(kid(std::chrono::seconds(29)), "oauth.invalid_client.keys_unavailable");
  EXPECT_EQ(documents_.asked, 1);
  documents_.pages[std::string(kAddress)] = Signer("one").set();
  EXPECT_EQ(kid(std::chrono::seconds(31)), "one");
}

}  // namespace
}  // namespace openid
