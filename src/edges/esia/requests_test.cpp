#include <gtest/gtest.h>

#include <set>

#include "codec/base64url.h"
#include "crypto/system_rng.h"
#include "edges/esia/client_signer.h"
#include "edges/esia/error_table.h"
#include "edges/esia/random_state.h"
#include "edges/esia/signed_text.h"
#include "edges/esia/test_esia.h"
#include "edges/esia/timestamp.h"
#include "edges/esia/token_response.h"

namespace edges::esia {
namespace {

const SignedValues kExample{.client_id = "TESTSYS",
                            .scope = "openid",
                            .scope_org = "",
                            .timestamp = "2026.11.22 06:42:45 +0000",
                            .state = "dab42af8-2a99-4a3d-84d4-ce06426a4bc8",
                            .redirect_uri = "https://rp.example/cb",
                            .code = ""};

TEST(SignedText, OfTheSecondSchemeIsTheDocumentedExample) {
  EXPECT_EQ(signed_text(Scheme::kV2, kExample),
            "TESTSYSopenid2026.11.22 06:42:45 +0000dab42af8-2a99-4a3d-84d4-ce06426a4bc8"
            "https://rp.example/cb");
  auto token_request = kExample;
  token_request.scope_org = "org_ogrn";
  token_request.code = "CODE";
  EXPECT_EQ(signed_text(Scheme::kV2, token_request),
            "TESTSYSopenidorg_ogrn2026.11.22 06:42:45 +0000dab42af8-2a99-4a3d-84d4-ce06426a4bc8"
            "https://rp.example/cbCODE");
}

TEST(SignedText, OfTheFirstSchemeIsTheSameForBothRequests) {
  auto values = kExample;
  const auto text = signed_text(Scheme::kV1, values);
  EXPECT_EQ(text, "openid2026.11.22 06:42:45 +0000TESTSYSdab42af8-2a99-4a3d-84d4-ce06426a4bc8");
  values.code = "CODE";
  EXPECT_EQ(signed_text(Scheme::kV1, values), text);
}

TEST(Timestamp, HasASpaceBeforeAnOffsetWithoutColon) {
  EXPECT_EQ(to_esia_timestamp(core::Instant::from_seconds(1'795'329'765)),
            "2026.11.22 06:42:45 +0000");
  EXPECT_EQ(to_esia_timestamp(core::Instant::from_seconds(0)), "1970.01.01 00:00:00 +0000");
}

TEST(RandomState, IsAUuidOfVersionFourAndNewEachTime) {
  crypto::SystemRng rng;
  std::set<std::string> seen;
  for (int i = 0; i < 100; ++i) {
    const auto state = random_state(rng);
    ASSERT_EQ(state.size(), 36U);
    for (const std::size_t at : {8, 13, 18, 23}) EXPECT_EQ(state[at], '-');
    EXPECT_EQ(state[14], '4');
    EXPECT_NE(std::string_view("89ab").find(state[19]), std::string_view::npos);
    EXPECT_TRUE(seen.insert(state).second);
  }
}

TEST(ClientSigner, SignsRawWithGostAndNamesItsCertificate) {
  const auto signer =
      ClientSigner::make(Scheme::kV2, testing::key("gost"), testing::certificate("gost"),
                         crypto::CmsAttributes::kNone);
  ASSERT_TRUE(signer) << signer.error().reason;
  const auto secret = codec::from_base64url(*signer->client_secret("text"));
  ASSERT_TRUE(secret);
  EXPECT_TRUE(testing::certificate("gost").verify(core::as_bytes("text"), *secret));
  const auto& cli = testing::made("gost");
  ASSERT_TRUE(
      cli.run("openssl x509 -in gost.pem -outform DER | "
              "openssl dgst -engine gost -md_gost12_256 -r -out hash"));
  auto hash = cli.read("hash").substr(0, 64);
  for (auto& digit : hash) digit = static_cast<char>(std::toupper(digit));
  EXPECT_EQ(signer->certificate_hash(), hash);
}

TEST(ClientSigner, SignsCmsInTheFirstSchemeAlsoWithRsa) {
  for (const auto* name : {"gost", "rsa"}) {
    const auto signer =
        ClientSigner::make(Scheme::kV1, testing::key(name), testing::certificate(name),
                           crypto::CmsAttributes::kSigned);
    ASSERT_TRUE(signer) << signer.error().reason;
    EXPECT_EQ(signer->certificate_hash(), "");
    EXPECT_GT(codec::from_base64url(*signer->client_secret("text"))->size(), 300U);
  }
}

TEST(ClientSigner, RefusesWhatEsiaWouldRefuse) {
  const auto reason = [](Scheme scheme, const char* key, const char* certificate) {
    const auto signer = ClientSigner::make(
        scheme, testing::key(key), testing::certificate(certificate), crypto::CmsAttributes::kNone);
    return signer ? "ok" : signer.error().reason;
  };
  EXPECT_EQ(reason(Scheme::kV2, "rsa", "rsa"), "esia.key_not_gost");
  EXPECT_EQ(reason(Scheme::kV2, "gost", "next_gost"), "esia.key_not_of_certificate");
  EXPECT_EQ(reason(Scheme::kV1, "gost", "rsa"), "esia.key_not_of_certificate");
}

TEST(ErrorTable, TellsRefusalsApartByTheirCode) {
  const auto reason = [](std::string_view error, std::string_view description) {
    return esia_error(error, description).reason;
  };
  EXPECT_EQ(reason("access_denied", "ESIA-007004: Владелец ресурса отклонил запрос"),
            "esia.refused_by_person");
  EXPECT_EQ(reason("invalid_request", "ESIA-007055"), "esia.account_unverified");
  EXPECT_EQ(reason("temporarily_unavailable", "ESIA-007008: x"), "esia.overloaded");
  EXPECT_EQ(reason("server_error", "ESIA-007007: x"), "esia.failed");
  EXPECT_EQ(reason("invalid_grant", "ESIA-007011: x"), "esia.code_refused");
  EXPECT_EQ(reason("x", "ESIA-007015: x"), "esia.clock");
  EXPECT_EQ(reason("x", "ESIA-007053: x"), "esia.misconfigured");
  EXPECT_EQ(reason("x", "ESIA-007060: x"), "esia.role_refused");
  EXPECT_EQ(reason("x", "ESIA-007046: x"), "esia.second_factor_failed");
  EXPECT_EQ(reason("x", "ESIA-036707: x"), "esia.consent_refused");
  // The code decides, also where OAuth's word says something else.
  EXPECT_EQ(reason("access_denied", "ESIA-007008: x"), "esia.overloaded");
  EXPECT_EQ(esia_error("x", "ESIA-007008: x").code, core::ErrorCode::kUnavailable);
}

TEST(ErrorTable, BelievesNoCodeThatIsNone) {
  for (const auto* text : {"", "ESIA-", "ESIA-00700", "ESIA-00700X: x", " ESIA-007004", "007004",
                           "esia-007004", "ESIA-999999: x"}) {
    EXPECT_EQ(esia_error("x", text).reason, "esia.refused") << text;
  }
  EXPECT_EQ(esia_error("access_denied", "no code").reason, "esia.refused_by_person");
  EXPECT_EQ(esia_error("temporarily_unavailable", "").reason, "esia.overloaded");
  EXPECT_EQ(esia_error("x", "Иванов Иван").detail, "no code") << "strangers' words go nowhere";
}

TEST(TokenResponse, NeedsBothTokensTheStateAndBearer) {
  const codec::JsonObject good{{"access_token", "a"},    {"id_token", "i"}, {"expires_in", 3600},
                               {"token_type", "Bearer"}, {"state", "s"},    {"refresh_token", "r"}};
  EXPECT_TRUE(parse_token_response(codec::to_text(good)));
  for (const auto* name : {"access_token", "id_token", "token_type", "state"}) {
    for (const auto& value : std::initializer_list<codec::Json>{nullptr, 7, codec::JsonArray{}}) {
      auto bad = good;
      bad[name] = value;
      EXPECT_FALSE(parse_token_response(codec::to_text(bad))) << name;
    }
    auto bad = good;
    bad.erase(name);
    EXPECT_FALSE(parse_token_response(codec::to_text(bad))) << name;
  }
  auto mac = good;
  mac["token_type"] = "MAC";
  EXPECT_FALSE(parse_token_response(codec::to_text(mac)));
  for (const auto* text : {"", "null", "[]", "{", R"({"state":"a","state":"b"})"}) {
    EXPECT_EQ(parse_token_response(text).error().reason, "esia.malformed");
  }
}

TEST(Refusal, WithoutJsonIsAnEsiaThatIsDown) {
  EXPECT_EQ(parse_refusal(502, "<html>").reason, "esia.unavailable");
  EXPECT_EQ(parse_refusal(400, R"({"error":"invalid_grant","error_description":"ESIA-007011: x"})")
                .reason,
            "esia.code_refused");
  EXPECT_EQ(parse_refusal(400, R"({"error":7,"error_description":[]})").reason, "esia.refused");
}

}  // namespace
}  // namespace edges::esia
