#include "openid/authorization/authorization_request.h"

#include <gtest/gtest.h>

#include "openid/authorization/redirect.h"
#include "openid/claims.h"
#include "openid/testing/openid_world.h"

namespace openid {
namespace {

RelyingParty shop() {
  RelyingParty party;
  party.client_id = "shop";
  party.redirect_uris = {std::string(world::kCallback)};
  party.claims = {"given_name", "phone_number"};
  return party;
}

using Changes = std::map<std::string, std::string>;

auto parse(const Changes& changes, const RelyingParty& party = shop()) {
  return parse_authorization_request(world::parameters(changes), party, world::kNow);
}

struct Refused {
  std::string_view name;
  Changes changes;
  std::string_view reason;
  std::string_view excess = {};
};
class RefusedRequest : public testing::TestWithParam<Refused> {};

TEST_P(RefusedRequest, SaysWhatIsWrong) {
  const auto request = parse(GetParam().changes);
  ASSERT_FALSE(request);
  EXPECT_EQ(request.error().error.reason, "oauth." + std::string(GetParam().reason));
  EXPECT_EQ(request.error().excess, GetParam().excess);
}

INSTANTIATE_TEST_SUITE_P(
    , RefusedRequest,
    testing::Values(
        Refused{
            "no_response_type", {{"response_type", ""}}, "invalid_request.response_type_missing"},
        Refused{"implicit", {{"response_type", "token"}}, "unsupported_response_type"},
        Refused{"hybrid", {{"response_type", "code id_token"}}, "unsupported_response_type"},
        Refused{"fragment", {{"response_mode", "fragment"}}, "invalid_request.response_mode"},
        Refused{"no_pkce", {{"code_challenge", ""}}, "invalid_request.code_challenge_missing"},
        Refused{
            "plain", {{"code_challenge_method", "plain"}}, "invalid_request.code_challenge_method"},
        Refused{
            "no_method", {{"code_challenge_method", ""}}, "invalid_request.code_challenge_method"},
        Refused{"small_letters",
                {{"code_challenge_method", "s256"}},
                "invalid_request.code_challenge_method"},
        Refused{"short_challenge",
                {{"code_challenge", std::string(42, 'a')}},
                "invalid_request.code_challenge"},
        Refused{"padded_challenge",
                {{"code_challenge", std::string(42, 'a') + "="}},
                "invalid_request.code_challenge"},
        Refused{"no_openid", {{"scope", "profile"}}, "invalid_scope.openid_missing"},
        Refused{"no_scope", {{"scope", ""}}, "invalid_scope.openid_missing"},
        Refused{
            "long_scope", {{"scope", "openid " + std::string(512, 'a')}}, "invalid_scope.too_long"},
        Refused{"more_scope",
                {{"scope", "openid snils"}},
                "invalid_scope.not_registered",
                "scope:snils"},
        Refused{"offline",
                {{"scope", "openid offline_access"}},
                "invalid_scope.not_registered",
                "scope:offline_access"},
        Refused{"strange_scope",
                {{"scope", "openid <script>"}},
                "invalid_scope.not_registered",
                "scope:unknown"},
        Refused{
            "long_state", {{"state", std::string(1025, 's')}}, "invalid_request.state_too_long"},
        Refused{"long_nonce", {{"nonce", std::string(513, 'n')}}, "invalid_request.nonce_too_long"},
        Refused{"bad_jkt", {{"dpop_jkt", "x"}}, "invalid_request.dpop_jkt"}),
    [](const auto& one) { return std::string(one.param.name); });

INSTANTIATE_TEST_SUITE_P(
    More, RefusedRequest,
    testing::Values(
        Refused{"request_object", {{"request", "a.b.c"}}, "request_not_supported"},
        Refused{"registration", {{"registration", "{}"}}, "registration_not_supported"},
        Refused{"prompt", {{"prompt", "create"}}, "invalid_request.prompt"},
        Refused{"none_and_login", {{"prompt", "none login"}}, "invalid_request.prompt"},
        Refused{"negative_age", {{"max_age", "-1"}}, "invalid_request.max_age"},
        Refused{"half_age", {{"max_age", "1.5"}}, "invalid_request.max_age"},
        Refused{"huge_age", {{"max_age", "99999999999999999999"}}, "invalid_request.max_age"},
        Refused{"age_and_more", {{"max_age", "10 "}}, "invalid_request.max_age"},
        Refused{"long_acr", {{"acr_values", std::string(513, 'a')}}, "invalid_request.acr_values"},
        Refused{"claims_no_json", {{"claims", "{"}}, "invalid_request.claims"},
        Refused{"claims_list", {{"claims", "[]"}}, "invalid_request.claims"},
        Refused{"claims_doubled",
                {{"claims", R"({"userinfo":{},"userinfo":{"inn":null}})"}},
                "invalid_request.claims"},
        Refused{"claims_deep",
                {{"claims", R"({"a":{"a":{"a":{"a":{"a":{"a":{"a":1}}}}}}})"}},
                "invalid_request.claims"},
        Refused{"claims_member", {{"claims", R"({"userinfo":1})"}}, "invalid_request.claims"},
        Refused{"more_claims",
                {{"claims", R"({"userinfo":{"inn":null}})"}},
                "access_denied.claim_not_registered",
                "claim:inn"},
        Refused{"more_in_id_token",
                {{"claims", R"({"id_token":{"snils":{"essential":true}}})"}},
                "access_denied.claim_not_registered",
                "claim:snils"},
        Refused{"unheard_of_acr",
                {{"claims", R"({"id_token":{"acr":{"essential":true,"value":"urn:x"}}})"}},
                "unmet_authentication_requirements"}),
    [](const auto& one) { return std::string(one.param.name); });

TEST(AuthorizationRequest, IsReadAsItWasMeant) {
  const auto request = parse(
      {{"scope", "phone openid  profile openid"}, {"max_age", "60"}, {"prompt", "login consent"}});
  ASSERT_TRUE(request);
  EXPECT_EQ(request->scopes, (Texts{"phone", "openid", "profile"})) << "order and repeats are free";
  EXPECT_EQ(request->userinfo_claims, (Texts{"phone_number", "given_name"}))
      << "registered ones only";
  EXPECT_EQ(request->all_claims(), (Texts{"given_name", "phone_number"})) << "the page's order";
  EXPECT_EQ(request->max_age_s, 60);
  EXPECT_TRUE(request->prompts("login") && request->prompts("consent"));
}

TEST(AuthorizationRequest, NeedsNeitherNonceNorState) {
  const auto request = parse({{"nonce", ""}, {"state", ""}});
  ASSERT_TRUE(request);
  EXPECT_TRUE(request->nonce.empty() && request->state.empty());
}

TEST(AuthorizationRequest, PassesUnknownThingsOver) {
  EXPECT_TRUE(parse({{"display", "popup"},
                     {"ui_locales", "ru"},
                     {"unheard_of", "1"},
                     {"acr_values", "urn:x"},
                     {"claims", R"({"userinfo":{"shoe_size":null},"other":{}})"}}));
}

TEST(AuthorizationRequest, SelectsClaimsByTheirPlace) {
  const auto request =
      parse({{"scope", "openid"}, {"claims", R"({"id_token":{"phone_number":null,"auth_time":null},
    "userinfo":{"given_name":{"essential":true,"value":"x"}}})"}});
  ASSERT_TRUE(request);
  EXPECT_EQ(request->id_token_claims, Texts{"phone_number"});
  EXPECT_EQ(request->userinfo_claims, Texts{"given_name"});
}

TEST(AuthorizationRequest, WantsAVerifiedPersonOnlyWhenThatIsEssential) {
  const auto acr = [](std::string_view ask) {
    return parse({{"claims", R"({"id_token":{"acr":)" + std::string(ask) + "}}"}})
        .value()
        .acr_wanted;
  };
  EXPECT_EQ(acr(R"({"essential":true,"value":"urn:beresta:acr:verified"})"), kAcrVerified);
  EXPECT_EQ(acr(R"({"essential":true,"values":["urn:x","urn:beresta:acr:verified"]})"),
            kAcrVerified);
  EXPECT_EQ(
      acr(R"({"essential":true,"values":["urn:beresta:acr:verified","urn:beresta:acr:phone"]})"),
      "");
  EXPECT_EQ(acr(R"({"value":"urn:beresta:acr:verified"})"), "");
  EXPECT_EQ(acr("null"), "");
}

TEST(AuthorizationRequest, KeepsAndReadsItself) {
  auto request = parse({{"scope", "openid phone"},
                        {"max_age", "0"},
                        {"dpop_jkt", std::string(43, 'j')},
                        {"state", "\"\\\n\u00e9"}})
                     .value();
  request.pushed_key = "pushed";
  const auto text = to_text(request);
  const auto again = request_from_text(text);
  ASSERT_TRUE(again);
  EXPECT_EQ(to_text(*again), text);
  EXPECT_EQ(again->max_age_s, 0);
  for (const auto* bad : {"", "[]", "{}", R"({"client_id":1})"})
    EXPECT_FALSE(request_from_text(bad)) << bad;
}

TEST(RedirectUri, MustBeGivenAndRegistered) {
  for (const auto* uri : {"", "https://shop.example/cb/", "https://evil.example/"}) {
    EXPECT_FALSE(check_redirect_uri(world::parameters({{"redirect_uri", uri}}), shop())) << uri;
  }
  EXPECT_TRUE(check_redirect_uri(world::parameters(), shop()));
}

TEST(WithQuery, EncodesWhatItAppends) {
  EXPECT_EQ(with_query("https://a/cb", {{"state", "a b&c=d#\r\n"}, {"code", ""}}),
            "https://a/cb?state=a%20b%26c%3Dd%23%0D%0A");
  EXPECT_EQ(with_query("https://a/cb?x=1", {{"code", "c"}}), "https://a/cb?x=1&code=c");
}

TEST(ClaimCatalogue, HasOneScopeForEachClaim) {
  Texts found;
  for (const auto& scope : claim_scopes()) {
    for (const auto& claim : claims_of_scope(scope)) found.push_back(claim);
  }
  EXPECT_EQ(found.size(), all_claims().size());
  EXPECT_TRUE(claims_of_scope("openid").empty());
  EXPECT_EQ(claims_of_scope("address"), Texts{"address"});
}

TEST(OauthErrors, AreReadOutOfReasons) {
  const auto of = [](core::ErrorCode code, std::string reason) {
    const core::Error error{code, std::move(reason), {}};
    return oauth_code(error) + ":" + oauth_description(error);
  };
  using core::ErrorCode;
  EXPECT_EQ(of(ErrorCode::kInvalidInput, "oauth.invalid_grant.code_used"),
            "invalid_grant:code used");
  EXPECT_EQ(of(ErrorCode::kInvalidInput, "oauth.access_denied"), "access_denied:");
  EXPECT_EQ(of(ErrorCode::kInvalidInput, "http.parameter_doubled"), "invalid_request:");
  EXPECT_EQ(of(ErrorCode::kUnavailable, "store.busy"), "temporarily_unavailable:");
  EXPECT_EQ(of(ErrorCode::kInternal, "store.corrupt"), "server_error:");
}

}  // namespace
}  // namespace openid
