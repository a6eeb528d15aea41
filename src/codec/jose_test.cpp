#include "codec/jose.h"

#include "codec/base64url.h"
#include "codec/vectors_test.h"
#include "crypto/system_rng.h"

namespace codec {
namespace {

TEST(VerifyJws, ReadsAndRefusesTheVectors) {
  for (const auto& row : read_vectors("rfc7515/compact.txt", 3)) {
    const auto keys = JwkSet::parse(row[1]);
    ASSERT_TRUE(keys) << row[1];
    const auto token = verify_jws(row[2], *keys);
    EXPECT_EQ(outcome(token), row[0]) << row[2];
    if (!token) continue;
    EXPECT_EQ(token->claims.at("iss"), "joe");
    EXPECT_EQ(token->claims.at("exp"), 1300819380);
  }
}

class MadeJws : public testing::Test {
 protected:
  crypto::SystemRng rng_;
  crypto::P256PrivateKey key_ = crypto::P256PrivateKey::generate(rng_);
  crypto::P256PrivateKey other_ = crypto::P256PrivateKey::generate(rng_);
  JsonObject claims_{{"sub", "1000299681"}, {"aud", "beresta"}};

  JwkSet set_of(std::initializer_list<JsonObject> keys) {
    JsonArray list;
    for (const auto& key : keys) list.emplace_back(key);
    const auto set = JwkSet::parse(to_text(JsonObject{{"keys", list}}));
    EXPECT_TRUE(set);
    return set.value_or(JwkSet{});
  }
};

TEST_F(MadeJws, IsVerifiedByTheKeyOfItsKid) {
  const auto keys = set_of({to_jwk(other_.public_key(), "old"), to_jwk(key_.public_key(), "new")});
  const auto token = verify_jws(make_jws_es256(claims_, key_, {.kid = "new"}), keys);
  ASSERT_TRUE(token);
  EXPECT_EQ(token->claims, claims_);
  EXPECT_EQ(token->header.at("typ"), "JWT");
}

TEST_F(MadeJws, IsRefusedUnderAnotherKid) {
  const auto keys = set_of({to_jwk(other_.public_key(), "old"), to_jwk(key_.public_key(), "new")});
  const auto wrong = make_jws_es256(claims_, key_, {.kid = "old"});
  EXPECT_EQ(outcome(verify_jws(wrong, keys)), "jws.signature");
  const auto unknown = make_jws_es256(claims_, key_, {.kid = "else"});
  EXPECT_EQ(outcome(verify_jws(unknown, keys)), "jws.key_unknown");
}

TEST_F(MadeJws, WithoutKidNeedsTheOnlyKey) {
  const auto token = make_jws_es256(claims_, key_);
  EXPECT_EQ(outcome(verify_jws(token, set_of({to_jwk(key_.public_key(), "a")}))), "ok");
  const auto two = set_of({to_jwk(key_.public_key(), "a"), to_jwk(other_.public_key(), "b")});
  EXPECT_EQ(outcome(verify_jws(token, two)), "jws.key_unknown");
}

TEST_F(MadeJws, IsRefusedAfterAnyChangedCharacter) {
  const auto keys = set_of({to_jwk(key_.public_key(), "")});
  const auto token = make_jws_es256(claims_, key_);
  for (std::size_t i = 0; i < token.size(); ++i) {
    auto changed = token;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(verify_jws(changed, keys)) << "character " << i;
  }
}

TEST_F(MadeJws, IsRefusedAbove16Kibibytes) {
  const auto keys = set_of({to_jwk(key_.public_key(), "")});
  claims_["padding"] = std::string(kJwsBytesMax, 'x');
  EXPECT_EQ(outcome(verify_jws(make_jws_es256(claims_, key_), keys)), "jws.too_large");
}

TEST_F(MadeJws, RefusesClaimsThatNameAMemberTwice) {
  const auto keys = set_of({to_jwk(key_.public_key(), "")});
  std::string token = to_base64url(core::as_bytes(R"({"alg":"ES256"})")) + "." +
                      to_base64url(core::as_bytes(R"({"sub":"a","sub":"b"})"));
  token += "." + to_base64url(key_.sign(core::as_bytes(token)));
  EXPECT_EQ(outcome(verify_jws(token, keys)), "json.duplicate_key");
}

TEST_F(MadeJws, IgnoresAKeyInsideTheToken) {
  const auto keys = set_of({to_jwk(key_.public_key(), "")});
  const JsonObject header{{"alg", "ES256"}, {"jwk", to_jwk(other_.public_key(), "")}};
  std::string token = to_base64url(core::as_bytes(to_text(header))) + "." +
                      to_base64url(core::as_bytes(to_text(claims_)));
  token += "." + to_base64url(other_.sign(core::as_bytes(token)));
  EXPECT_EQ(outcome(verify_jws(token, keys)), "jws.signature");
}

class OneJwk : public MadeJws {
 protected:
  JsonObject jwk_ = to_jwk(key_.public_key(), "k");

  template <typename Value>
  std::string with(std::string_view name, const Value& value) {
    JsonObject changed = jwk_;
    changed[name] = value;
    return outcome(Jwk::parse(changed));
  }
  std::string without(std::string_view name) {
    JsonObject changed = jwk_;
    changed.erase(name);
    return outcome(Jwk::parse(changed));
  }
};

TEST_F(OneJwk, IsReadBack) {
  const auto jwk = Jwk::parse(jwk_);
  ASSERT_TRUE(jwk);
  EXPECT_EQ(jwk->kid, "k");
  EXPECT_EQ(jwk->alg(), "ES256");
  EXPECT_EQ(std::get<crypto::P256PublicKey>(jwk->key), key_.public_key());
  EXPECT_EQ(without("kid"), "ok");
  EXPECT_EQ(without("use"), "ok");
  EXPECT_EQ(without("alg"), "ok");
}

TEST_F(OneJwk, IsRefusedWhenUnsupported) {
  EXPECT_EQ(with("kty", "oct"), "jwk.unsupported");
  EXPECT_EQ(with("kty", "OKP"), "jwk.unsupported");
  EXPECT_EQ(with("crv", "P-384"), "jwk.unsupported");
  EXPECT_EQ(with("crv", "secp256k1"), "jwk.unsupported");
  EXPECT_EQ(with("use", "enc"), "jwk.unsupported");
  EXPECT_EQ(with("use", 1), "jwk.unsupported");
  EXPECT_EQ(with("alg", "RS256"), "jwk.unsupported");
  EXPECT_EQ(with("alg", "ES384"), "jwk.unsupported");
}

TEST_F(OneJwk, IsRefusedWhenMalformed) {
  EXPECT_EQ(without("kty"), "jwk.malformed");
  EXPECT_EQ(without("x"), "jwk.malformed");
  EXPECT_EQ(without("y"), "jwk.malformed");
  EXPECT_EQ(with("x", 1), "jwk.malformed");
  EXPECT_EQ(with("x", "AA"), "jwk.malformed");
  EXPECT_EQ(with("x", "A=="), "jwk.malformed");
  EXPECT_EQ(with("y", to_base64url(core::Bytes(33))), "jwk.malformed");
  EXPECT_EQ(with("y", to_base64url(core::Bytes(32))), "key.not_on_curve");
  EXPECT_EQ(with("kid", 1), "jwk.malformed");
  EXPECT_EQ(with("kid", std::string(257, 'k')), "jwk.malformed");
  EXPECT_EQ(with("d", to_base64url(core::Bytes(32, 1))), "jwk.malformed");
}

TEST_F(OneJwk, RsaIsRefusedWhenWeak) {
  const auto rsa = [](std::size_t bytes, const core::Bytes& exponent) {
    return outcome(Jwk::parse({{"kty", "RSA"},
                               {"n", to_base64url(core::Bytes(bytes, 0xff))},
                               {"e", to_base64url(exponent)}}));
  };
  EXPECT_EQ(rsa(256, {1, 0, 1}), "ok");
  EXPECT_EQ(rsa(128, {1, 0, 1}), "key.malformed");
  EXPECT_EQ(rsa(1025, {1, 0, 1}), "key.malformed");
  EXPECT_EQ(rsa(256, {1}), "key.malformed");
  EXPECT_EQ(rsa(256, {4}), "key.malformed");
  EXPECT_EQ(rsa(256, {}), "key.malformed");
}

TEST(ParseJwkSet, LeavesOutWhatItCannotUse) {
  const auto set = JwkSet::parse(
      R"({"keys":[{"kty":"OKP","crv":"Ed25519","x":"AA"},{"kty":"EC","crv":"P-256","x":"AA","y":"AA"},{}]})");
  ASSERT_TRUE(set);
  EXPECT_TRUE(set->keys.empty());
}

TEST(ParseJwkSet, RefusesOtherShapes) {
  EXPECT_EQ(outcome(JwkSet::parse("{}")), "jwks.malformed");
  EXPECT_EQ(outcome(JwkSet::parse("[]")), "jwks.malformed");
  EXPECT_EQ(outcome(JwkSet::parse(R"({"keys":{}})")), "jwks.malformed");
  EXPECT_EQ(outcome(JwkSet::parse(R"({"keys":[1]})")), "jwks.malformed");
  EXPECT_EQ(outcome(JwkSet::parse("{")), "json.malformed");
  EXPECT_EQ(outcome(JwkSet::parse(R"({"keys":[],"keys":[]})")), "json.duplicate_key");
  EXPECT_EQ(outcome(JwkSet::parse(std::string(kJwkSetBytesMax + 1, ' '))), "json.too_large");
  std::string many = "{}";
  for (std::size_t i = 0; i < kJwkSetKeysMax; ++i) many += ",{}";
  EXPECT_EQ(outcome(JwkSet::parse(R"({"keys":[)" + many + "]}")), "jwks.too_many");
}

}  // namespace
}  // namespace codec
