#include "edges/esia/esia_client.h"

#include <gtest/gtest.h>

#include <functional>

#include "crypto/streebog.h"
#include "crypto/system_rng.h"
#include "edges/esia/signed_text.h"
#include "edges/esia/test_esia.h"
#include "http/parameters.h"

namespace edges::esia {
namespace {

using codec::JsonObject;
using testing::kNow;

constexpr std::string_view kBase = "https://esia.example";
constexpr std::string_view kPersonUrl = "https://esia.example/rs/prns/1000300007";

/// An ESIA in one object: it answers the token request and the REST calls.
class FakeEsia final : public http::HttpCaller {
 public:
  core::Result<http::ClientResponse> call(const http::ClientRequest& request) override {
    asked.push_back(request);
    if (request.url.ends_with("/te")) return token_answer(request);
    const auto found = pages.find(request.url.substr(0, request.url.find('?')));
    if (found == pages.end()) return json("{}", 404);
    return json(found->second, 200);
  }
  static http::ClientResponse json(std::string body, int status) {
    return {status, {}, std::move(body)};
  }
  core::Result<http::ClientResponse> tokens(const http::ClientRequest& request) {
    const auto form = *http::Parameters::parse(request.body);
    const auto alg = "GOST3410_2012_256";
    return json(codec::to_text(JsonObject{
                    {"access_token",
                     testing::token(testing::header_of("access", alg), access_claims, "gost")},
                    {"id_token", testing::token(testing::header_of("id", alg), id_claims, "gost")},
                    {"state", state.empty() ? *form.find("state") : state},
                    {"token_type", "Bearer"}}),
                200);
  }

  std::vector<http::ClientRequest> asked;
  JsonObject id_claims = testing::id_claims();
  JsonObject access_claims = testing::access_claims();
  std::string state;  ///< echoed instead of the request's
  std::map<std::string, std::string> pages{
      {std::string(kPersonUrl), R"({"lastName": "Галиева", "trusted": true})"}};
  std::function<core::Result<http::ClientResponse>(const http::ClientRequest&)> token_answer =
      [this](const http::ClientRequest& request) { return tokens(request); };
};

class EsiaClientTest : public ::testing::Test {
 protected:
  EsiaClient client() {
    auto signer = ClientSigner::make(config_.scheme, testing::key("gost"),
                                     testing::certificate("gost"), crypto::CmsAttributes::kNone);
    CORE_ASSERT(signer.has_value());
    return {config_, *signer, {testing::certificate("gost")}, esia_, rng_};
  }
  PendingSignIn begun() {
    auto pending = client().begin(now_);
    CORE_ASSERT(pending.has_value());
    return *pending;
  }
  core::Result<EsiaSignIn> finish() {
    const auto pending = begun();
    return client().redeem({.code = "CODE", .state = pending.state}, pending, now_);
  }
  std::string finished() {
    const auto result = finish();
    return result ? "ok" : result.error().reason;
  }
  void answer_token(int status, std::string body) {
    esia_.token_answer = [status, body](const auto&) { return FakeEsia::json(body, status); };
  }

  core::Instant now_ = core::Instant::from_seconds(kNow);
  crypto::SystemRng rng_;
  FakeEsia esia_;
  EsiaConfig config_{.base_url = std::string(kBase),
                     .issuer = std::string(testing::kIssuer),
                     .client_id = "TESTSYS",
                     .redirect_uri = "https://id.example/cb",
                     .scopes = {"openid", "fullname"}};
};

TEST_F(EsiaClientTest, SignsTheAuthorizationRequestOfTheSecondScheme) {
  const auto pending = begun();
  const auto query = pending.authorization_url.find('?');
  EXPECT_EQ(pending.authorization_url.substr(0, query), "https://esia.example/aas/oauth2/v2/ac");
  const auto sent = *http::Parameters::parse(pending.authorization_url.substr(query + 1));
  EXPECT_EQ(sent.find("scope"), "openid fullname");
  EXPECT_EQ(sent.find("timestamp"), "2027.01.15 08:00:00 +0000");
  EXPECT_EQ(sent.find("access_type"), "online");
  EXPECT_EQ(sent.find("client_certificate_hash")->size(), 64U);
  const auto text =
      "TESTSYSopenid fullname2027.01.15 08:00:00 +0000" + pending.state + "https://id.example/cb";
  EXPECT_TRUE(testing::certificate("gost").verify(
      core::as_bytes(text), *codec::from_base64url(*sent.find("client_secret"))));
  EXPECT_FALSE(sent.find("code_challenge"));
  EXPECT_NE(begun().state, pending.state);
}

TEST_F(EsiaClientTest, SendsNoCertificateHashInTheFirstScheme) {
  config_.scheme = Scheme::kV1;
  config_.paths = EsiaPaths::of(Scheme::kV1);
  const auto url = begun().authorization_url;
  EXPECT_TRUE(url.starts_with("https://esia.example/aas/oauth2/ac?"));
  EXPECT_EQ(url.find("client_certificate_hash"), std::string::npos);
}

TEST_F(EsiaClientTest, SignsTheTokenRequestAnewWithTheCode) {
  const auto pending = begun();
  ASSERT_TRUE(client().redeem({.code = "CODE", .state = pending.state}, pending, now_));
  EXPECT_EQ(esia_.asked[0].url, "https://esia.example/aas/oauth2/v3/te");
  const auto form = *http::Parameters::parse(esia_.asked[0].body);
  EXPECT_NE(form.find("state"), pending.state);
  const auto text = "TESTSYSopenid fullname2027.01.15 08:00:00 +0000" +
                    std::string(*form.find("state")) + "https://id.example/cbCODE";
  EXPECT_TRUE(testing::certificate("gost").verify(
      core::as_bytes(text), *codec::from_base64url(*form.find("client_secret"))));
  EXPECT_EQ(form.find("grant_type"), "authorization_code");
  EXPECT_EQ(form.find("token_type"), "Bearer");
}

TEST_F(EsiaClientTest, ProvesItsVerifierWithStreebog) {
  config_.pkce = true;
  const auto pending = begun();
  const auto sent = *http::Parameters::parse(
      pending.authorization_url.substr(pending.authorization_url.find('?') + 1));
  EXPECT_EQ(sent.find("code_challenge_method"), "GOST3411");
  EXPECT_EQ(
      sent.find("code_challenge"),
      codec::to_base64url(*crypto::streebog256(core::as_bytes(pending.code_verifier.reveal()))));
  ASSERT_TRUE(client().redeem({.code = "CODE", .state = pending.state}, pending, now_));
  EXPECT_EQ(http::Parameters::parse(esia_.asked[0].body)->find("code_verifier"),
            pending.code_verifier.reveal());
}

TEST_F(EsiaClientTest, ReadsThePersonWithTheToken) {
  const auto sign_in = finish();
  ASSERT_TRUE(sign_in) << sign_in.error().reason;
  EXPECT_EQ(sign_in->person.last_name.reveal(), "Галиева");
  EXPECT_TRUE(sign_in->trusted());
  EXPECT_EQ(esia_.asked[1].url, kPersonUrl);
  EXPECT_TRUE(esia_.asked[1].fields[0].second.starts_with("Bearer "));
}

TEST_F(EsiaClientTest, TrustsNobodyWhomTheRestInterfaceDoesNot) {
  esia_.pages[std::string(kPersonUrl)] = R"({"trusted": false})";
  EXPECT_FALSE(finish()->trusted());
}

TEST_F(EsiaClientTest, RefusesAnswersToAnotherQuestion) {
  const auto pending = begun();
  const auto reason = [&](const Callback& callback) {
    const auto result = client().redeem(callback, pending, now_);
    return result ? "ok" : result.error().reason;
  };
  EXPECT_EQ(reason({.code = "CODE", .state = "other"}), "esia.state");
  EXPECT_EQ(reason({.code = "CODE"}), "esia.state");
  EXPECT_EQ(reason({.state = pending.state}), "esia.refused");
  EXPECT_EQ(reason({.code = std::string(8193, 'c'), .state = pending.state}), "esia.refused");
  EXPECT_EQ(reason({.state = pending.state,
                    .error = "access_denied",
                    .error_description = "ESIA-007004: x"}),
            "esia.refused_by_person");
  EXPECT_FALSE(client().redeem({.code = "CODE"}, PendingSignIn{}, now_));
  EXPECT_TRUE(esia_.asked.empty()) << "nothing of this is worth a call";
}

TEST_F(EsiaClientTest, RefusesMixedUpTokens) {
  esia_.state = "dab42af8-2a99-4a3d-84d4-ce06426a4bc8";
  EXPECT_EQ(finished(), "esia.state");
  esia_.state.clear();
  esia_.access_claims["urn:esia:sbj_id"] = 1000300008;
  EXPECT_EQ(finished(), "esia.mixed_up");
  esia_.access_claims = testing::access_claims();
  esia_.access_claims["urn:esia:sid"] = "bb";
  EXPECT_EQ(finished(), "esia.mixed_up");
  esia_.access_claims = testing::access_claims();
  esia_.access_claims["client_id"] = "OTHER";
  EXPECT_EQ(finished(), "esia.token_audience");
  esia_.access_claims = testing::access_claims();
  esia_.id_claims["aud"] = "OTHER";
  EXPECT_EQ(finished(), "esia.token_audience");
}

TEST_F(EsiaClientTest, TellsRefusalsFromAnEsiaThatIsDown) {
  answer_token(400, R"({"error": "invalid_grant", "error_description": "ESIA-007011: x"})");
  EXPECT_EQ(finished(), "esia.code_refused");
  answer_token(503, "<html>");
  EXPECT_EQ(finished(), "esia.unavailable");
  answer_token(200, "<html>");
  EXPECT_EQ(finished(), "esia.malformed");
  esia_.token_answer = [](const auto&) {
    return core::fail(core::ErrorCode::kUnavailable, "client.too_large");
  };
  EXPECT_EQ(finished(), "esia.malformed");
  esia_.token_answer = [](const auto&) {
    return core::fail(core::ErrorCode::kUnavailable, "client.timeout");
  };
  EXPECT_EQ(finished(), "esia.unavailable");
}

TEST_F(EsiaClientTest, AsksForWhatItsScopesOpenInOneCall) {
  config_.scopes = {"openid", "email", "addresses", "id_doc", "usr_org"};
  esia_.pages[std::string(kPersonUrl)] =
      R"({"contacts": {"size": 0}, "addresses": {"size": 0}, "documents": {"size": 0},
          "organizations": {"size": 0}})";
  EXPECT_EQ(finished(), "ok");
  ASSERT_EQ(esia_.asked.size(), 2U);
  EXPECT_EQ(esia_.asked[1].url, std::string(kPersonUrl) +
                                    "?embed=(contacts.elements,addresses.elements,"
                                    "documents.elements,organizations.elements)");
}

TEST_F(EsiaClientTest, FollowsLinksWhereNothingIsEmbedded) {
  config_.embed = false;
  config_.scopes = {"openid", "id_doc"};
  const auto docs = std::string(kPersonUrl) + "/docs";
  esia_.pages[docs] = R"({"size": 2, "elements": [")" + docs + R"(/7", ")" + docs + R"(/8"]})";
  esia_.pages[docs + "/7"] =
      R"({"id": 7, "type": "RF_PASSPORT", "vrfStu": "VERIFIED", "series": "1", "number": "2"})";
  const auto sign_in = finish();
  ASSERT_TRUE(sign_in) << sign_in.error().reason;
  ASSERT_EQ(sign_in->person.documents->elements.size(), 1U) << "8 was not found";
  EXPECT_NE(sign_in->person.main_document(), nullptr);
}

TEST_F(EsiaClientTest, TakesItsTokenToNoOtherMachine) {
  config_.embed = false;
  config_.scopes = {"openid", "id_doc"};
  const auto docs = std::string(kPersonUrl) + "/docs";
  for (const auto* link :
       {"https://evil.example/rs/prns/1/docs/1", "https://esia.example.evil.example/rs/prns/1",
        "https://esia.example@evil.example/rs/", "http://esia.example/rs/prns/1", "/rs/prns/1",
        "https://esia.example/idp/rs/", "https://esia.example/rs/../idp", ""}) {
    esia_.pages[docs] = R"({"elements": [")" + std::string(link) + R"("]})";
    EXPECT_EQ(finished(), "esia.foreign_link") << link;
  }
}

TEST_F(EsiaClientTest, FollowsABoundedNumberOfLinks) {
  config_.embed = false;
  config_.scopes = {"openid", "id_doc"};
  const auto docs = std::string(kPersonUrl) + "/docs";
  std::string links;
  for (int i = 0; i < 30; ++i) links += (i == 0 ? "\"" : ",\"") + docs + "/7\"";
  esia_.pages[docs] = "{\"elements\": [" + links + "]}";
  EXPECT_EQ(finished(), "esia.too_many_links");
  EXPECT_EQ(esia_.asked.size(), 1U + kCallsMax);
}

TEST_F(EsiaClientTest, LogsOutWithTheParameterThatEsiaKnows) {
  EXPECT_EQ(client().logout_url("https://id.example/"),
            "https://esia.example/idp/ext/Logout?client_id=TESTSYS&redirect_url="
            "https%3A%2F%2Fid.example%2F");
}

}  // namespace
}  // namespace edges::esia
