#include "edges/oidc/id_token.h"

#include <gtest/gtest.h>

#include <functional>

#include "codec/base64url.h"
#include "crypto/digest.h"
#include "crypto/p256.h"
#include "crypto/system_rng.h"

namespace edges::oidc {
namespace {

using codec::JsonArray;
using codec::JsonObject;
using std::chrono::seconds;

constexpr std::int64_t kNow = 1'800'000'000;

std::string half_hash(std::string_view text) {
  const auto digest = crypto::sha256(core::as_bytes(text));
  return codec::to_base64url(core::ByteView(digest).first(16));
}

class IdToken : public testing::Test {
 protected:
  IdToken() {
    const JsonArray list{codec::to_jwk(key_.public_key(), "k1")};
    keys_ = *codec::JwkSet::parse(codec::to_text(JsonObject{{"keys", list}}));
  }

  static JsonObject good_claims() {
    return {{"iss", "https://idp.example"},
            {"sub", "s-1"},
            {"aud", "beresta"},
            {"exp", kNow + 300},
            {"iat", kNow - 1},
            {"nonce", "n-1"},
            {"acr", "urn:verified"},
            {"trusted", true}};
  }
  std::string reason(const std::string& token) const {
    const auto verified = verify_id_token(token, keys_,
                                          {.issuer = "https://idp.example",
                                           .client_id = "beresta",
                                           .nonce = "n-1",
                                           .access_token = "access",
                                           .code = "code"},
                                          core::Instant::from_seconds(kNow));
    if (verified) return "ok";
    EXPECT_EQ(verified.error().code, core::ErrorCode::kForbidden);
    return verified.error().reason;
  }
  std::string with(const std::function<void(JsonObject&)>& change) const {
    auto claims = good_claims();
    change(claims);
    return reason(codec::make_jws_es256(claims, key_, {.kid = "k1"}));
  }
  std::string with(std::string_view name, const codec::Json& value) const {
    return with([&](JsonObject& claims) { claims[name] = value; });
  }
  std::string without(std::string_view name) const {
    return with([&](JsonObject& claims) { claims.erase(name); });
  }

  crypto::SystemRng rng_;
  crypto::P256PrivateKey key_ = crypto::P256PrivateKey::generate(rng_);
  codec::JwkSet keys_;
};

TEST_F(IdToken, IsBelievedWhenEverythingAgrees) {
  EXPECT_EQ(with([](JsonObject&) {}), "ok");
  EXPECT_EQ(with("aud", JsonArray{"beresta"}), "ok");
  EXPECT_EQ(with("at_hash", codec::Json(half_hash("access"))), "ok");
  EXPECT_EQ(with("c_hash", codec::Json(half_hash("code"))), "ok");
}

TEST_F(IdToken, OfAnotherIssuerIsRefused) {
  EXPECT_EQ(with("iss", "https://idp.example/"), "oidc.id_token_issuer");
  EXPECT_EQ(with("iss", "https://IDP.example"), "oidc.id_token_issuer");
  EXPECT_EQ(with("iss", 7), "oidc.id_token_issuer");
  EXPECT_EQ(without("iss"), "oidc.id_token_issuer");
}

TEST_F(IdToken, ForSomebodyElseIsRefused) {
  EXPECT_EQ(with("aud", "other"), "oidc.id_token_audience");
  EXPECT_EQ(with("aud", JsonArray{}), "oidc.id_token_audience");
  EXPECT_EQ(with("aud", JsonArray{"other"}), "oidc.id_token_audience");
  EXPECT_EQ(with("aud", JsonArray{"beresta", "other"}), "oidc.id_token_audience");
  EXPECT_EQ(with("aud", nullptr), "oidc.id_token_audience");
  EXPECT_EQ(with("azp", "other"), "oidc.id_token_audience");
  EXPECT_EQ(without("aud"), "oidc.id_token_audience");
  EXPECT_EQ(with([](JsonObject& claims) {
              claims["aud"] = JsonArray{"beresta", "other"};
              claims["azp"] = "beresta";
            }),
            "ok");
}

TEST_F(IdToken, OutsideItsTimeIsRefused) {
  EXPECT_EQ(with("exp", kNow - 59), "ok");
  EXPECT_EQ(with("exp", kNow - 60), "oidc.id_token_expired");
  EXPECT_EQ(with("iat", kNow - 700), "oidc.id_token_expired");
  EXPECT_EQ(with("iat", kNow + 60), "ok");
  EXPECT_EQ(with("iat", kNow + 61), "oidc.id_token_not_yet_valid");
  EXPECT_EQ(with("nbf", kNow + 61), "oidc.id_token_not_yet_valid");
  EXPECT_EQ(with("nbf", "soon"), "oidc.id_token_malformed");
  EXPECT_EQ(with("exp", "never"), "oidc.id_token_malformed");
  EXPECT_EQ(with("exp", -1), "oidc.id_token_malformed");
  EXPECT_EQ(with("exp", 1e300), "oidc.id_token_malformed");
  EXPECT_EQ(without("exp"), "oidc.id_token_malformed");
  EXPECT_EQ(without("iat"), "oidc.id_token_malformed");
}

TEST_F(IdToken, OfAnotherSignInIsRefused) {
  EXPECT_EQ(with("nonce", "n-2"), "oidc.id_token_nonce");
  EXPECT_EQ(with("nonce", ""), "oidc.id_token_nonce");
  EXPECT_EQ(without("nonce"), "oidc.id_token_nonce");
  EXPECT_EQ(with("at_hash", codec::Json(half_hash("other"))), "oidc.id_token_hash");
  EXPECT_EQ(with("c_hash", codec::Json(half_hash("other"))), "oidc.id_token_hash");
  EXPECT_EQ(with("at_hash", 1), "oidc.id_token_hash");
}

TEST_F(IdToken, NeedsASubject) {
  EXPECT_EQ(without("sub"), "oidc.id_token_malformed");
  EXPECT_EQ(with("sub", ""), "oidc.id_token_malformed");
  EXPECT_EQ(with("sub", codec::Json(std::string(256, 's'))), "oidc.id_token_malformed");
}

TEST_F(IdToken, UnderAnotherKeyOrNoneIsRefused) {
  const auto stranger = crypto::P256PrivateKey::generate(rng_);
  EXPECT_EQ(reason(codec::make_jws_es256(good_claims(), stranger, {.kid = "k1"})),
            "oidc.id_token_signature");
  EXPECT_EQ(reason(codec::make_jws_es256(good_claims(), stranger, {.kid = "k2"})),
            "oidc.id_token_key");
}

TEST_F(IdToken, WithAnAlgorithmOfItsOwnChoiceIsRefused) {
  const auto claims = codec::to_base64url(core::as_bytes(codec::to_text(good_claims())));
  for (const std::string header :
       {R"({"alg":"none"})", R"({"alg":"None","kid":"k1"})", R"({"alg":"HS256","kid":"k1"})",
        R"({"alg":"ES384","kid":"k1"})"}) {
    const auto start = codec::to_base64url(core::as_bytes(header)) + "." + claims + ".";
    EXPECT_NE(reason(start), "ok") << header;
    EXPECT_EQ(reason(start + codec::to_base64url(core::Bytes(64, 1))), "oidc.id_token_algorithm")
        << header;
  }
}

TEST_F(IdToken, ThatIsNoTokenIsRefused) {
  for (const auto* token : {"", ".", "..", "a.b.c", "e30.e30.", "e30.e30.e30.e30"}) {
    EXPECT_NE(reason(token), "ok") << token;
  }
}

}  // namespace
}  // namespace edges::oidc
