#include "openid/client/registration.h"

#include <gtest/gtest.h>

#include "openid/client/party_documents.h"
#include "openid/testing/openid_world.h"

namespace openid {
namespace {

using codec::JsonArray;
using codec::JsonObject;

const JsonObject kKey{{"kty", "EC"},
                      {"crv", "P-256"},
                      {"x", "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"},
                      {"y", "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"},
                      {"kid", "k"}};

struct Changed {
  std::string_view name;
  JsonObject changes;
  std::string_view reason;
};
class Registration : public testing::TestWithParam<Changed> {};

TEST_P(Registration, IsCheckedAsAWhole) {
  const auto party = parse_registration(codec::Json(world::registration(GetParam().changes)));
  EXPECT_EQ(party ? std::string_view("") : std::string_view(party.error().reason),
            GetParam().reason);
  if (!party) return;
  const auto json = registration_json(*party);
  const auto again = parse_registration(codec::Json(json));
  ASSERT_TRUE(again) << "what is kept must read again";
  EXPECT_EQ(registration_json(*again), json);
}

INSTANTIATE_TEST_SUITE_P(
    , Registration,
    testing::Values(
        Changed{"usual", {}, ""},
        Changed{"app",
                {{"token_endpoint_auth_method", "none"},
                 {"redirect_uris", JsonArray{"org.example:/cb"}},
                 {"sector", "app"}},
                ""},
        Changed{
            "service", {{"redirect_uris", nullptr}, {"service_scopes", JsonArray{"a.read"}}}, ""},
        Changed{"device", {{"redirect_uris", nullptr}, {"device_grant", true}}, ""},
        Changed{"keys",
                {{"token_endpoint_auth_method", "private_key_jwt"},
                 {"jwks", JsonObject{{"keys", JsonArray{kKey}}}}},
                ""},
        Changed{"key_address",
                {{"token_endpoint_auth_method", "private_key_jwt"},
                 {"jwks_uri", "https://shop.example/keys"}},
                ""},
        Changed{"sector_list",
                {{"redirect_uris", JsonArray{"https://a.example/cb", "https://b.example/cb"}},
                 {"sector_identifier_uri", "https://shop.example/sector"}},
                ""}),
    [](const auto& one) { return std::string(one.param.name); });

INSTANTIATE_TEST_SUITE_P(
    Refused, Registration,
    testing::Values(
        Changed{"no_name", {{"name_en", ""}}, "relying_party.name"},
        Changed{"line_break", {{"name_ru", "a\nb"}}, "relying_party.name"},
        Changed{"no_purpose", {{"purpose_ru", ""}}, "relying_party.purpose"},
        Changed{"secret_in_the_body",
                {{"token_endpoint_auth_method", "client_secret_post"}},
                "relying_party.auth"},
        Changed{
            "no_keys", {{"token_endpoint_auth_method", "private_key_jwt"}}, "relying_party.keys"},
        Changed{"private_key",
                {{"token_endpoint_auth_method", "private_key_jwt"},
                 {"jwks", JsonObject{{"keys", JsonArray{JsonObject{{"kty", "EC"}, {"d", "AQ"}}}}}}},
                "relying_party.keys"},
        Changed{
            "symmetric_key",
            {{"token_endpoint_auth_method", "private_key_jwt"},
             {"jwks", JsonObject{{"keys", JsonArray{JsonObject{{"kty", "oct"}, {"k", "AQ"}}}}}}},
            "relying_party.keys"},
        Changed{"keys_twice",
                {{"token_endpoint_auth_method", "private_key_jwt"},
                 {"jwks", JsonObject{{"keys", JsonArray{kKey}}}},
                 {"jwks_uri", "https://shop.example/keys"}},
                "relying_party.keys"},
        Changed{"plain_key_address",
                {{"token_endpoint_auth_method", "private_key_jwt"},
                 {"jwks_uri", "http://shop.example/keys"}},
                "relying_party.uri"},
        Changed{
            "plain_sector", {{"sector_identifier_uri", "http://a.example/"}}, "relying_party.uri"},
        Changed{"unknown_claim", {{"claims", JsonArray{"shoe_size"}}}, "relying_party.claim"},
        Changed{"our_scope", {{"service_scopes", JsonArray{"openid"}}}, "relying_party.scope"},
        Changed{"claim_scope", {{"service_scopes", JsonArray{"phone"}}}, "relying_party.scope"},
        Changed{"two_words", {{"service_scopes", JsonArray{"a b"}}}, "relying_party.scope"},
        Changed{"public_service",
                {{"token_endpoint_auth_method", "none"}, {"service_scopes", JsonArray{"a"}}},
                "relying_party.public_service"},
        Changed{"public_introspection",
                {{"token_endpoint_auth_method", "none"}, {"introspects_all", true}},
                "relying_party.public_service"},
        Changed{"nothing", {{"redirect_uris", nullptr}}, "relying_party.nothing"},
        Changed{"two_hosts",
                {{"redirect_uris", JsonArray{"https://a.example/cb", "https://b.example/cb"}}},
                "relying_party.sector"},
        Changed{"unknown_member", {{"jwk_uri", "https://a.example"}}, "json.unknown_member"},
        Changed{"text_for_flag", {{"par_required", "yes"}}, "json.member_type"}),
    [](const auto& one) { return std::string(one.param.name); });

struct Listed {
  std::string_view name;
  std::optional<std::string> page;
  bool good;
};
class SectorList : public testing::TestWithParam<Listed> {};

TEST_P(SectorList, MustNameEveryRedirectUri) {
  world::OpenidWorld world;
  if (GetParam().page) world.documents.pages["https://shop.example/sector"] = *GetParam().page;
  const JsonObject changes{
      {"redirect_uris", JsonArray{"https://a.example/cb", "https://b.example/cb"}},
      {"sector_identifier_uri", "https://shop.example/sector"}};
  const auto made = world.parties.add(codec::Json(world::registration(changes)), world::kNow);
  ASSERT_EQ(made.has_value(), GetParam().good);
  if (made) {
    EXPECT_EQ(made->party->sector, "shop.example");
  } else {
    EXPECT_EQ(made.error().reason, "relying_party.sector_identifier_uri");
  }
}
INSTANTIATE_TEST_SUITE_P(
    , SectorList,
    testing::Values(
        Listed{"both", R"(["https://a.example/cb","https://b.example/cb","https://c.example/"])",
               true},
        Listed{"one", R"(["https://a.example/cb"])", false},
        Listed{"nearly", R"(["https://a.example/cb/","https://b.example/cb"])", false},
        Listed{"object", R"({"redirect_uris":["https://a.example/cb","https://b.example/cb"]})",
               false},
        Listed{"numbers", "[1,2]", false}, Listed{"no_json", "<html>", false},
        Listed{"unreachable", std::nullopt, false}),
    [](const auto& one) { return std::string(one.param.name); });

TEST(ChangedRegistration, KeepsItsSectorAndIsCheckedAgain) {
  world::OpenidWorld world;
  const auto party = world.add();
  const JsonObject changes{{"sector_identifier_uri", "https://elsewhere.example/sector"}};
  const auto json = codec::Json(world::registration(changes));
  EXPECT_FALSE(world.parties.change(party->client_id, json, world::kNow));
  world.documents.pages["https://elsewhere.example/sector"] = R"(["https://shop.example/cb"])";
  const auto changed = world.parties.change(party->client_id, json, world::kNow);
  ASSERT_TRUE(changed);
  EXPECT_EQ((*changed)->sector, party->sector) << "people would become strangers";
}

}  // namespace
}  // namespace openid
