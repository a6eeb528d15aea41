#include "openid/token/dpop.h"

#include <gtest/gtest.h>

#include "openid/testing/openid_world.h"
#include "openid/token/token.h"

namespace openid {
namespace {

using codec::JsonObject;

const auto kNow = core::Instant::from_seconds(1'800'000'000);
const std::string kUrl = "https://id.example/oauth/token";

std::string part(const JsonObject& json) {
  return codec::to_base64url(core::as_bytes(codec::to_text(json)));
}

class Dpop : public testing::Test {
 protected:
  [[nodiscard]] std::string proof(const JsonObject& changes = {}, const JsonObject& header = {}) {
    JsonObject head{
        {"typ", "dpop+jwt"}, {"alg", "ES256"}, {"jwk", codec::to_jwk(key_.public_key(), {})}};
    for (const auto& [name, value] : header) head[name] = value;
    JsonObject claims{{"htm", "POST"}, {"htu", kUrl}, {"iat", kNow.seconds()}, {"jti", "1"}};
    for (const auto& [name, value] : changes) claims[name] = value;
    const auto text = part(head) + "." + part(claims);
    return text + "." + codec::to_base64url(key_.sign(core::as_bytes(text)));
  }
  static std::string judge(std::string_view proof, std::string_view access_token = {}) {
    const auto verified = verify_proof(proof, {"POST", kUrl, access_token}, kNow);
    constexpr std::string_view kFamily = "oauth.invalid_dpop_proof.";
    return verified ? "" : verified.error().reason.substr(kFamily.size());
  }

  world::SeededRng rng_;
  crypto::P256PrivateKey key_ = crypto::P256PrivateKey::generate(rng_);
};

TEST_F(Dpop, GivesTheThumbprintOfItsKey) {
  const auto verified = verify_proof(proof(), {"POST", kUrl, {}}, kNow);
  ASSERT_TRUE(verified) << verified.error().reason;
  EXPECT_EQ(verified->jkt, codec::thumbprint(key_.public_key()));
}

TEST_F(Dpop, LeavesTheQueryOfItsAddressAside) {
  EXPECT_EQ(judge(proof({{"htu", kUrl + "?a=b#c"}})), "");
}

TEST_F(Dpop, ClaimsAreHeldAgainstTheRequest) {
  const auto now = kNow.seconds();
  const std::vector<std::pair<JsonObject, std::string>> cases{
      {{{"htm", "GET"}}, "htm"},
      {{{"htm", "post"}}, "htm"},
      {{{"htu", "https://id.example/oauth/token/"}}, "htu"},
      {{{"htu", "https://evil.example/oauth/token"}}, "htu"},
      {{{"htu", nullptr}}, "htu"},
      {{{"iat", now - 300}}, ""},
      {{{"iat", now - 301}}, "iat"},
      {{{"iat", now + 30}}, ""},
      {{{"iat", now + 31}}, "iat"},
      {{{"iat", INT64_MAX}}, "iat"},
      {{{"iat", INT64_MIN}}, "iat"},
      {{{"iat", std::to_string(now)}}, "iat"},
      {{{"jti", ""}}, "jti"},
      {{{"jti", std::string(257, 'j')}}, "jti"},
  };
  for (const auto& [changes, reason] : cases) {
    EXPECT_EQ(judge(proof(changes)), reason) << codec::to_text(changes);
  }
}

TEST_F(Dpop, HeaderMustBeAProofsOwn) {
  const auto jwk = codec::to_jwk(key_.public_key(), {});
  auto with_secret = jwk;
  with_secret["d"] = "AQ";
  const std::vector<std::pair<JsonObject, std::string>> cases{
      {{{"typ", "JWT"}}, "typ"},
      {{{"typ", nullptr}}, "typ"},
      {{{"jwk", nullptr}}, "key_missing"},
      {{{"jwk", with_secret}}, "key_unusable"},
      {{{"jwk", JsonObject{{"kty", "oct"}, {"k", "AQ"}}}}, "key_unusable"},
      {{{"alg", "none"}}, "algorithm"},
      {{{"alg", "HS256"}}, "algorithm"},
      {{{"alg", "RS256"}}, "key_unknown"},
      {{{"kid", "../../etc/passwd"}}, ""},  // no kid chooses the key
      {{{"crit", codec::JsonArray{"htm"}}}, "critical"},
  };
  for (const auto& [header, reason] : cases) {
    EXPECT_EQ(judge(proof({}, header)), reason) << codec::to_text(header);
  }
}

TEST_F(Dpop, AtAResourceNamesItsToken) {
  const auto ath = codec::to_base64url(crypto::sha256(core::as_bytes("token")));
  EXPECT_EQ(judge(proof({{"ath", ath}}), "token"), "");
  EXPECT_EQ(judge(proof({{"ath", ath}}), "another"), "ath");
  EXPECT_EQ(judge(proof(), "token"), "ath");
}

TEST_F(Dpop, WithAnotherKeysSignatureIsRefused) {
  const auto other = crypto::P256PrivateKey::generate(rng_);
  EXPECT_EQ(judge(proof({}, {{"jwk", codec::to_jwk(other.public_key(), {})}})), "signature");
}

TEST_F(Dpop, ThatIsNoTokenIsRefused) {
  for (const auto* text : {"", ".", "..", "a.b.c", "{}"})
    EXPECT_EQ(judge(text), "malformed") << text;
  EXPECT_EQ(judge(std::string(kProofBytesMax + 1, 'a')), "too_large");
  auto broken = proof();
  broken[broken.size() - 10] = broken[broken.size() - 10] == 'A' ? 'B' : 'A';
  EXPECT_EQ(judge(broken), "signature");
}

TEST_F(Dpop, IsUsedUpUntilItCannotBeShownAnyMore) {
  const auto once = [&](const JsonObject& changes) {
    return verify_proof(proof(changes), {"POST", kUrl, {}}, kNow).value().once;
  };
  EXPECT_EQ(once({}), once({}));
  EXPECT_NE(once({}), once({{"jti", "2"}}));
  EXPECT_GE(expiry_of(once({})), kNow + std::chrono::minutes(5));
}

TEST(Token, LeadsToItsRowUntilItExpires) {
  world::SeededRng rng;
  const auto token = make_token(kNow + std::chrono::seconds(10), rng);
  const auto text = token.text.reveal();
  EXPECT_EQ(find_token_key(text, kNow), token.key);
  EXPECT_FALSE(find_token_key(text, kNow + std::chrono::seconds(10)));
  EXPECT_NE(token.key, make_token(kNow + std::chrono::seconds(10), rng).key);
  EXPECT_TRUE(token.key < expiry_bound(kNow + std::chrono::seconds(11)));
  EXPECT_FALSE(token.key < expiry_bound(kNow + std::chrono::seconds(10)));
  for (const auto& bad : {std::string(), text + "A", text.substr(1), std::string(48, '!')}) {
    EXPECT_FALSE(find_token_key(bad, kNow)) << bad;
  }
}

TEST(Token, WithItsExpiryMovedIsAnother) {
  world::SeededRng rng;
  const auto token = make_token(kNow + std::chrono::seconds(10), rng);
  auto bytes = codec::from_base64url(token.text.reveal()).value();
  bytes[1] ^= 1U;
  const auto moved = find_token_key(codec::to_base64url(bytes), kNow);
  EXPECT_TRUE(!moved || *moved != token.key);
}

}  // namespace
}  // namespace openid
