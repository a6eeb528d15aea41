#include "edges/oidc/relying_party.h"

#include <gtest/gtest.h>

#include <functional>
#include <vector>

#include "codec/base64url.h"
#include "crypto/digest.h"
#include "crypto/p256.h"
#include "crypto/system_rng.h"
#include "http/parameters.h"

namespace edges::oidc {
namespace {

using codec::JsonArray;
using codec::JsonObject;
using std::chrono::seconds;

constexpr std::string_view kIssuer = "https://idp.example";
constexpr std::int64_t kNow = 1'800'000'000;

/// A provider in one object: answers discovery, keys, token and userinfo.
class FakeProvider final : public http::HttpCaller {
 public:
  core::Result<http::ClientResponse> call(const http::ClientRequest& request) override {
    asked.push_back(request);
    if (request.url.ends_with("/openid-configuration")) return json(metadata);
    if (request.url.ends_with("/jwks")) return json({{"keys", JsonArray{published_key()}}});
    if (request.url.ends_with("/token")) return token_answer();
    if (request.url.ends_with("/me")) return json(userinfo);
    return core::fail(core::ErrorCode::kUnavailable, "client.unreachable");
  }
  [[nodiscard]] int count(std::string_view end) const {
    return static_cast<int>(std::count_if(asked.begin(), asked.end(), [&](const auto& request) {
      return request.url.ends_with(end);
    }));
  }
  static http::ClientResponse json(const JsonObject& body, int status = 200) {
    return {status, {}, codec::to_text(body)};
  }

  crypto::SystemRng rng;
  crypto::P256PrivateKey key = crypto::P256PrivateKey::generate(rng);
  std::string kid = "k1";            ///< that tokens are signed under
  std::string published_kid = "k1";  ///< that /jwks shows
  std::vector<http::ClientRequest> asked;
  JsonObject claims{{"iss", kIssuer},    {"sub", "s-1"}, {"aud", "beresta"},
                    {"exp", kNow + 300}, {"iat", kNow},  {"trusted", true}};
  JsonObject userinfo{{"sub", "s-1"}, {"given_name", "Алсу"}, {"trusted", false}};
  JsonObject metadata{{"issuer", kIssuer},
                      {"authorization_endpoint", "https://idp.example/auth"},
                      {"token_endpoint", "https://idp.example/token"},
                      {"jwks_uri", "https://idp.example/jwks"},
                      {"userinfo_endpoint", "https://idp.example/me"},
                      {"code_challenge_methods_supported", JsonArray{"S256"}}};
  std::function<core::Result<http::ClientResponse>()> token_answer = [this] {
    return json({{"id_token", codec::make_jws_es256(claims, key, {.kid = kid})},
                 {"access_token", "access"},
                 {"token_type", "Bearer"}});
  };

 private:
  JsonObject published_key() { return codec::to_jwk(key.public_key(), published_kid); }
};

class RelyingPartyTest : public testing::Test {
 protected:
  PendingSignIn started() {
    auto pending = party_.start("ru", now_);
    EXPECT_TRUE(pending);
    provider_.claims["nonce"] = pending->nonce;
    return *pending;
  }
  core::Result<SignIn> finish(const PendingSignIn& pending) {
    return party_.finish({.code = "code", .state = pending.state, .iss = "", .error = ""}, pending,
                         now_);
  }
  std::string reason_of(const Callback& callback, const PendingSignIn& pending) {
    const auto result = party_.finish(callback, pending, now_);
    return result ? "ok" : result.error().reason;
  }
  std::string finished() {
    const auto result = finish(started());
    return result ? "ok" : result.error().reason;
  }
  void answer_token(int status, JsonObject body) {
    provider_.token_answer = [status, body] { return FakeProvider::json(body, status); };
  }

  core::Instant now_ = core::Instant::from_seconds(kNow);
  FakeProvider provider_;
  OidcConfig config_{.issuer = std::string(kIssuer),
                     .client_id = "beresta",
                     .client_secret = core::Secret<std::string>("s:e c"),
                     .redirect_uri = "https://id.example/cb",
                     .scopes = {"openid", "profile"}};
  RelyingParty party_{config_, provider_, provider_.rng};
};

TEST_F(RelyingPartyTest, StartsWithPkceStateAndNonce) {
  const auto pending = started();
  const auto query = pending.authorization_url.find('?');
  EXPECT_EQ(pending.authorization_url.substr(0, query), "https://idp.example/auth");
  const auto sent = *http::Parameters::parse(pending.authorization_url.substr(query + 1));
  EXPECT_EQ(sent.find("response_type"), "code");
  EXPECT_EQ(sent.find("scope"), "openid profile");
  EXPECT_EQ(sent.find("redirect_uri"), "https://id.example/cb");
  EXPECT_EQ(sent.find("state"), pending.state);
  EXPECT_EQ(sent.find("nonce"), pending.nonce);
  EXPECT_EQ(sent.find("code_challenge_method"), "S256");
  EXPECT_EQ(sent.find("code_challenge"),
            codec::to_base64url(crypto::sha256(core::as_bytes(pending.code_verifier.reveal()))));
  EXPECT_EQ(sent.find("ui_locales"), "ru");
  const auto other = started();
  EXPECT_NE(other.state, pending.state);
  EXPECT_NE(other.nonce, pending.nonce);
}

TEST_F(RelyingPartyTest, FinishesWithTheClaimsOfBothAndTheSignedOnesFirst) {
  const auto pending = started();
  const auto sign_in = finish(pending);
  ASSERT_TRUE(sign_in) << sign_in.error().reason;
  EXPECT_EQ(sign_in->sub, "s-1");
  EXPECT_EQ(sign_in->claims.at("given_name").as_string(), "Алсу");
  EXPECT_TRUE(sign_in->claims.at("trusted").as_bool());
  const auto& token = provider_.asked[1];
  EXPECT_EQ(token.fields[0].second,
            "Basic " + codec::to_base64(core::as_bytes("beresta:s%3Ae%20c")));
  const auto form = *http::Parameters::parse(token.body);
  EXPECT_EQ(form.find("code_verifier"), pending.code_verifier.reveal());
  EXPECT_EQ(form.find("redirect_uri"), "https://id.example/cb");
  EXPECT_FALSE(form.find("client_secret"));
}

TEST_F(RelyingPartyTest, SendsTheSecretInTheBodyWhereTheProviderWantsIt) {
  config_.client_auth = ClientAuth::kSecretPost;
  RelyingParty party(config_, provider_, provider_.rng);
  const auto pending = *party.start("", now_);
  provider_.claims["nonce"] = pending.nonce;
  ASSERT_TRUE(party.finish({"code", pending.state, "", ""}, pending, now_));
  EXPECT_EQ(http::Parameters::parse(provider_.asked[1].body)->find("client_secret"), "s:e c");
}

TEST_F(RelyingPartyTest, RefusesAnswersToAnotherQuestion) {
  const auto pending = started();
  EXPECT_EQ(reason_of({"code", "other", "", ""}, pending), "oidc.state");
  EXPECT_EQ(reason_of({"code", "", "", ""}, PendingSignIn{}), "oidc.state");
  EXPECT_EQ(reason_of({"code", pending.state, "https://evil.example", ""}, pending), "oidc.issuer");
  EXPECT_EQ(reason_of({"", pending.state, "", "access_denied"}, pending), "oidc.access_denied");
  EXPECT_EQ(reason_of({"", pending.state, "", "server_error"}, pending), "oidc.refused");
  EXPECT_EQ(reason_of({"", pending.state, "", ""}, pending), "oidc.refused");
  EXPECT_EQ(provider_.count("/token"), 0);
}

TEST_F(RelyingPartyTest, WantsIssWhereTheProviderPromisesIt) {
  provider_.metadata["authorization_response_iss_parameter_supported"] = true;
  EXPECT_EQ(finished(), "oidc.issuer");
}

TEST_F(RelyingPartyTest, TellsARefusedCodeFromAProviderThatIsDown) {
  answer_token(400, {{"error", "invalid_grant"}});
  EXPECT_EQ(finished(), "oidc.code_refused");
  answer_token(401, {{"error", "invalid_client"}});
  EXPECT_EQ(finished(), "oidc.refused");
  answer_token(503, {});
  EXPECT_EQ(finished(), "oidc.unavailable");
  answer_token(200, {{"access_token", "a"}, {"token_type", "Bearer"}});
  EXPECT_EQ(finished(), "oidc.malformed");
  provider_.token_answer = [] {
    return core::fail(core::ErrorCode::kUnavailable, "client.timeout");
  };
  EXPECT_EQ(finished(), "oidc.unavailable");
}

TEST_F(RelyingPartyTest, RefusesATokenOfAnotherSignIn) {
  const auto pending = started();
  provider_.claims["nonce"] = "another";
  EXPECT_EQ(finish(pending).error().reason, "oidc.id_token_nonce");
}

TEST_F(RelyingPartyTest, FetchesKeysAgainOnceForAnUnknownKid) {
  EXPECT_EQ(finished(), "ok");
  EXPECT_EQ(provider_.count("/jwks"), 1);
  provider_.kid = provider_.published_kid = "k2";
  now_ = now_ + seconds(40);
  EXPECT_EQ(finished(), "ok");
  EXPECT_EQ(provider_.count("/jwks"), 2);
  provider_.kid = "never-published";
  EXPECT_EQ(finished(), "oidc.id_token_key");
  EXPECT_EQ(finished(), "oidc.id_token_key");
  EXPECT_EQ(provider_.count("/jwks"), 2) << "not again within kRefetchPause";
}

TEST_F(RelyingPartyTest, KeepsWhatTheProviderPublishesForAnHour) {
  EXPECT_EQ(finished(), "ok");
  now_ = now_ + seconds(200);
  EXPECT_EQ(finished(), "ok");
  EXPECT_EQ(provider_.count("/openid-configuration"), 1);
  now_ = now_ + seconds(3600);
  (void)started();
  EXPECT_EQ(provider_.count("/openid-configuration"), 2);
}

TEST_F(RelyingPartyTest, RefusesUserinfoOfSomebodyElse) {
  provider_.userinfo["sub"] = "s-2";
  EXPECT_EQ(finished(), "oidc.userinfo_sub");
  provider_.userinfo.erase("sub");
  EXPECT_EQ(finished(), "oidc.userinfo_sub");
}

TEST_F(RelyingPartyTest, BelievesNoMetadataOfAnotherIssuer) {
  for (const auto& [name, value] : std::vector<std::pair<std::string, codec::Json>>{
           {"issuer", "https://idp.example/"},
           {"issuer", 1},
           {"token_endpoint", "http://idp.example/token"},
           {"token_endpoint", "http://localhost.evil.example/token"},
           {"jwks_uri", nullptr},
           {"authorization_endpoint", "javascript:alert(1)"},
           {"userinfo_endpoint", "ftp://idp.example"},
           {"code_challenge_methods_supported", JsonArray{"plain"}},
           {"response_types_supported", JsonArray{"id_token"}}}) {
    const auto kept = provider_.metadata;
    provider_.metadata[name] = value;
    const auto started = RelyingParty(config_, provider_, provider_.rng).start("", now_);
    ASSERT_FALSE(started) << name;
    EXPECT_EQ(started.error().reason, "oidc.metadata") << name;
    provider_.metadata = kept;
  }
}

TEST(SafeUrl, AllowsClearTextOnlyOnThisMachine) {
  EXPECT_TRUE(is_safe_url("https://idp.example"));
  EXPECT_TRUE(is_safe_url("http://localhost:8701/idp"));
  EXPECT_TRUE(is_safe_url("http://[::1]:1/"));
  for (const auto* url : {"http://idp.example", "http://localhostx/", "http://127.0.0.1.evil/",
                          "http://localhost@evil/", "//idp.example", "", "https://"}) {
    EXPECT_FALSE(is_safe_url(url)) << url;
  }
}

}  // namespace
}  // namespace edges::oidc
