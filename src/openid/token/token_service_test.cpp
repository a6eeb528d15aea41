#include "openid/token/token_service.h"

#include <gtest/gtest.h>

#include <future>

#include "openid/testing/openid_world.h"

namespace openid {
namespace {

using codec::JsonArray;
using codec::JsonObject;
using world::kNow;

std::string reason_of(const core::Result<TokenAnswer>& answer) {
  return answer ? "" : answer.error().reason;
}

class Tokens : public testing::Test {
 protected:
  [[nodiscard]] TokenAnswer sign_in() {
    return world_.exchange(*party_, world_.code_for(*party_, {{"scope", "openid offline_access"}}))
        .value();
  }
  [[nodiscard]] std::string refresh(const std::string& token, std::string* next = nullptr) {
    auto answer = world_.tokens.refresh(*party_, token, {}, {}, kNow);
    if (answer && next != nullptr) *next = answer->refresh_token->reveal();
    return reason_of(answer);
  }

  world::OpenidWorld world_;
  PartyPtr party_ = world_.add({{"offline_access", true}});
};

TEST_F(Tokens, ComeForACodeOnceAndAreTakenBackWhenItComesAgain) {
  const auto code = world_.code_for(*party_);
  const auto first = world_.exchange(*party_, code);
  ASSERT_TRUE(first) << first.error().reason;
  EXPECT_TRUE(world_.is_active(*party_, first->access_token.reveal()));
  EXPECT_EQ(reason_of(world_.exchange(*party_, code)), "oauth.invalid_grant.code_used");
  EXPECT_FALSE(world_.is_active(*party_, first->access_token.reveal()));
}

// Who wins is chance; that exactly one does is not.
TEST_F(Tokens, OfOneCodeGoToOneOfManyAtOnce) {
  for (int round = 0; round < 10; ++round) {
    const auto code = world_.code_for(*party_);
    std::vector<std::future<bool>> tries;
    for (int i = 0; i < 4; ++i) {
      tries.push_back(std::async(std::launch::async,
                                 [&] { return world_.exchange(*party_, code).has_value(); }));
    }
    int won = 0;
    for (auto& one : tries) won += one.get() ? 1 : 0;
    EXPECT_EQ(won, 1);
  }
}

TEST_F(Tokens, OfOneRefreshTokenGoToOneOfManyAtOnceAndThenEnd) {
  for (int round = 0; round < 10; ++round) {
    const auto token = sign_in().refresh_token->reveal();
    std::vector<std::future<std::string>> tries;
    for (int i = 0; i < 4; ++i) {
      tries.push_back(std::async(std::launch::async, [&] {
        auto answer = world_.tokens.refresh(*party_, token, {}, {}, kNow);
        return answer ? answer->access_token.reveal() : std::string();
      }));
    }
    int won = 0;
    std::string access;
    for (auto& one : tries) {
      const auto got = one.get();
      won += got.empty() ? 0 : 1;
      if (!got.empty()) access = got;
    }
    EXPECT_EQ(won, 1);
    EXPECT_FALSE(world_.is_active(*party_, access)) << "somebody else had it too";
  }
}

TEST_F(Tokens, RotateAndEndWithTheWholeSignInWhenAnOldOneComesAgain) {
  const auto first = sign_in().refresh_token->reveal();
  std::string second;
  std::string third;
  EXPECT_EQ(refresh(first, &second), "");
  EXPECT_EQ(refresh(second, &third), "");
  EXPECT_EQ(refresh(first), "oauth.invalid_grant.refresh_token_used");
  EXPECT_EQ(refresh(third), "oauth.invalid_grant.sign_in_ended");
}

TEST_F(Tokens, AreNarrowedButNotWidened) {
  const auto token = sign_in().refresh_token->reveal();
  EXPECT_EQ(reason_of(world_.tokens.refresh(*party_, token, "openid profile", {}, kNow)),
            "oauth.invalid_scope.wider");
  const auto narrow = world_.tokens.refresh(*party_, token, "openid", {}, kNow);
  ASSERT_TRUE(narrow) << "the refusal used nothing up";
  EXPECT_EQ(narrow->scope, "openid");
}

TEST_F(Tokens, AreRefusedToAnotherParty) {
  const auto other = world_.add({{"offline_access", true}});
  const auto code = world_.code_for(*party_);
  EXPECT_EQ(reason_of(world_.exchange(*other, code)), "oauth.invalid_grant.code_of_another");
  EXPECT_TRUE(world_.exchange(*party_, code)) << "and the code is still the party's";
  const auto answer = sign_in();
  EXPECT_EQ(reason_of(world_.tokens.refresh(*other, answer.refresh_token->reveal(), {}, {}, kNow)),
            "oauth.invalid_grant.refresh_token_unknown");
  EXPECT_FALSE(world_.is_active(*other, answer.access_token.reveal()));
  EXPECT_TRUE(world_.tokens.revoke(*other, answer.access_token.reveal(), kNow));
  EXPECT_TRUE(world_.is_active(*party_, answer.access_token.reveal()));
}

TEST_F(Tokens, NeedTheVerifierOfTheChallenge) {
  const auto judge = [&](std::string verifier,
                         std::string redirect_uri = std::string(world::kCallback)) {
    const auto code = world_.code_for(*party_);
    return reason_of(
        world_.tokens.exchange_code(*party_, {code, redirect_uri, verifier}, {}, kNow));
  };
  const std::string good(world::kVerifier);
  EXPECT_EQ(judge(good), "");
  EXPECT_EQ(judge(std::string(world::kChallenge)), "oauth.invalid_grant.code_verifier") << "plain";
  for (const auto& bad : {std::string(), good.substr(1), good + "A", std::string(129, 'a')}) {
    EXPECT_EQ(judge(bad), "oauth.invalid_grant.code_verifier") << bad;
  }
  EXPECT_EQ(judge(good, "https://shop.example/cb/"), "oauth.invalid_grant.redirect_uri");
}

TEST_F(Tokens, EndInTime) {
  const auto code = world_.code_for(*party_);
  EXPECT_EQ(reason_of(world_.exchange(*party_, code, kNow + AuthorizationService::kCodeLife)),
            "oauth.invalid_grant.code_unknown");
  const auto answer = sign_in();
  const auto token = answer.access_token.reveal();
  EXPECT_TRUE(world_.is_active(*party_, token, kNow + std::chrono::seconds(599)));
  EXPECT_FALSE(world_.is_active(*party_, token, kNow + std::chrono::seconds(600)));
  EXPECT_TRUE(world_.tokens.purge(kNow + std::chrono::hours(24 * 181)));
  EXPECT_FALSE(world_.is_active(*party_, token));
}

TEST_F(Tokens, OfARevokedSignInAreNotActive) {
  const auto answer = sign_in();
  EXPECT_TRUE(world_.tokens.revoke(*party_, answer.refresh_token->reveal(), kNow));
  EXPECT_FALSE(world_.is_active(*party_, answer.access_token.reveal()));
  EXPECT_EQ(refresh(answer.refresh_token->reveal()), "oauth.invalid_grant.sign_in_ended");
}

TEST_F(Tokens, BoundToAKeyAreForItsHolder) {
  const auto app = world_.add({{"token_endpoint_auth_method", "none"}, {"offline_access", true}});
  const auto code = world_.code_for(*app, {{"scope", "openid offline_access"}});
  const CodeExchange exchange{code, std::string(world::kCallback), std::string(world::kVerifier)};
  const auto answer = world_.tokens.exchange_code(*app, exchange, "jkt", kNow);
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->token_type, "DPoP");
  const auto token = answer->refresh_token->reveal();
  EXPECT_EQ(reason_of(world_.tokens.refresh(*app, token, {}, {}, kNow)),
            "oauth.invalid_grant.dpop_key");
  EXPECT_EQ(reason_of(world_.tokens.refresh(*app, token, {}, "other", kNow)),
            "oauth.invalid_grant.dpop_key");
  EXPECT_EQ(reason_of(world_.tokens.refresh(*app, token, {}, "jkt", kNow)), "");
  const auto access = answer->access_token.reveal();
  for (const auto& [with_dpop, jkt, good] :
       {std::tuple{true, "jkt", true}, {true, "other", false}, {false, "", false}}) {
    EXPECT_EQ(
        world_.tokens.check_userinfo({access, with_dpop, jkt}, world_.parties, kNow).has_value(),
        good);
  }
}

TEST_F(Tokens, OfAPartyBoundToProofsNeedOne) {
  const auto bound = world_.add({{"dpop_required", true}});
  EXPECT_EQ(reason_of(world_.exchange(*bound, world_.code_for(*bound))),
            "oauth.invalid_dpop_proof.missing");
}

TEST_F(Tokens, OfACodeBoundToAKeyNeedThatKey) {
  const auto code = world_.code_for(*party_, {{"dpop_jkt", std::string(43, 'j')}});
  EXPECT_EQ(reason_of(world_.exchange(*party_, code)), "oauth.invalid_grant.dpop_key");
}

TEST_F(Tokens, TellOfTheSignInAndOfNothingElse) {
  const auto code = world_.code_for(*party_, {{"claims", R"({"id_token":{"phone_number":null}})"}});
  const auto claims = world_.claims_of(*world_.exchange(*party_, code)->id_token);
  std::vector<std::string> names;
  for (const auto& [name, value] : claims) names.emplace_back(name);
  std::sort(names.begin(), names.end());
  EXPECT_EQ(names, (std::vector<std::string>{"acr", "amr", "aud", "auth_time", "exp", "iat", "iss",
                                             "nonce", "phone_number", "sid", "sub"}));
  EXPECT_EQ(claims.at("aud"), codec::Json(party_->client_id));
  EXPECT_EQ(claims.at("nonce"), codec::Json("n"));
  EXPECT_EQ(world_.claims.released, 1);
}

TEST_F(Tokens, NamePeoplePairwise) {
  const auto sister = world_.add();
  const auto stranger = world_.add({{"redirect_uris", JsonArray{"https://other.example/cb"}}});
  const auto& names = world_.tokens.pseudonyms();
  const auto sub = names.sub(*party_, world_.who.citizen_id);
  EXPECT_EQ(sub, names.sub(*sister, world_.who.citizen_id)) << "one sector";
  EXPECT_NE(sub, names.sub(*stranger, world_.who.citizen_id));
  EXPECT_NE(sub, names.sub(*party_, core::CitizenId::make(kNow, world_.databases.rng())));
  EXPECT_EQ(sub.find(world_.who.citizen_id.to_string()), std::string::npos);
  EXPECT_NE(names.sid(*party_, world_.who.session_id), names.sid(*sister, world_.who.session_id));
}

TEST_F(Tokens, OfAServiceAreToldOnlyWhenStored) {
  const auto service = world_.add({{"service_scopes", JsonArray{"a", "b"}}});
  auto pending = world_.tokens.serve_client(*service, "a", {}, kNow);
  ASSERT_TRUE(pending);
  const auto token = pending->answer.access_token.reveal();
  EXPECT_FALSE(world_.is_active(*service, token));
  std::promise<core::Status> stored;
  pending->store([&](core::Status status) { stored.set_value(std::move(status)); });
  EXPECT_TRUE(stored.get_future().get());
  EXPECT_TRUE(world_.is_active(*service, token));
  EXPECT_EQ(world_.tokens.serve_client(*service, "a c", {}, kNow).error().reason,
            "oauth.invalid_scope.not_registered");
  EXPECT_EQ(world_.tokens.serve_client(*party_, "a", {}, kNow).error().reason,
            "oauth.unauthorized_client");
}

// Devices.
TEST_F(Tokens, ComeToADeviceAfterTheWordOnAnotherAndOnce) {
  const auto tv = world_.add({{"token_endpoint_auth_method", "none"}, {"device_grant", true}});
  const auto start = world_.devices.start(*tv, "openid", kNow).value();
  const auto poll = [&](int seconds) {
    return reason_of(world_.devices.poll(*tv, start.device_code.reveal(), {},
                                         kNow + std::chrono::seconds(seconds)));
  };
  EXPECT_EQ(poll(5), "oauth.authorization_pending");
  EXPECT_EQ(poll(6), "oauth.slow_down");
  auto typed = start.user_code;
  std::transform(typed.begin(), typed.end(), typed.begin(),
                 [](char c) { return c == '-' ? ' ' : static_cast<char>(std::tolower(c)); });
  const auto id = world_.devices.open(typed, kNow);
  ASSERT_TRUE(id) << "small letters and spaces are what people type";
  ASSERT_TRUE(world_.agree(*id, kNow));
  EXPECT_EQ(poll(12), "");
  EXPECT_EQ(poll(18), "oauth.invalid_grant.device_code_used");
  EXPECT_FALSE(world_.devices.open(start.user_code, kNow)) << "decided once";
}

TEST_F(Tokens, DoNotComeToADeviceThatWasRefusedOrForgotten) {
  const auto tv = world_.add({{"token_endpoint_auth_method", "none"}, {"device_grant", true}});
  const auto start = world_.devices.start(*tv, "openid", kNow).value();
  const auto id = world_.devices.open(start.user_code, kNow).value();
  ASSERT_TRUE(world_.authorizations.decide(id, {Decision::kRefuse}, world_.who, kNow));
  EXPECT_EQ(reason_of(world_.devices.poll(*tv, start.device_code.reveal(), {}, kNow)),
            "oauth.access_denied");
  const auto late = world_.devices.start(*tv, "openid", kNow).value();
  EXPECT_EQ(reason_of(world_.devices.poll(*tv, late.device_code.reveal(), {},
                                          kNow + DeviceService::kLife)),
            "oauth.expired_token");
  EXPECT_FALSE(world_.devices.open(late.user_code, kNow + DeviceService::kLife));
  for (const auto* wrong : {"", "BCDF", "BCDF-GHJK-LMNP", "AEIO-UAEI", "12345678"}) {
    EXPECT_FALSE(world_.devices.open(wrong, kNow)) << wrong;
  }
  EXPECT_EQ(world_.devices.start(*party_, "openid", kNow).error().reason,
            "oauth.unauthorized_client");
}

// Logout tokens.
TEST_F(Tokens, OfAnEndedSessionEndAndItsPartyIsTold) {
  const auto told = world_.add({{"backchannel_logout_uri", "https://shop.example/out"}});
  const auto answer = world_.exchange(*told, world_.code_for(*told)).value();
  const auto id_token = world_.claims_of(*answer.id_token);
  ASSERT_TRUE(world_.databases.data().write([&](store::UnitOfWork& unit) {
    return world_.logouts.sessions_ended(unit, world_.who.citizen_id, world_.who.session_id, {},
                                         kNow);
  }));
  EXPECT_FALSE(world_.is_active(*told, answer.access_token.reveal()));
  const JsonObject payload{{"client_id", told->client_id},
                           {"citizen_id", world_.who.citizen_id.to_string()},
                           {"session_id", codec::to_base64url(world_.who.session_id)}};
  const auto text = codec::to_text(payload);
  const auto deliver = [&](std::string_view bytes) {
    return world_.logouts
        .deliver({.id = {},
                  .kind = std::string(kLogoutKind),
                  .dedup_key = {},
                  .payload = core::to_bytes(core::as_bytes(bytes)),
                  .attempt = 1,
                  .created_at = kNow},
                 kNow)
        .value();
  };
  EXPECT_TRUE(std::holds_alternative<store::Delivered>(deliver(text)));
  ASSERT_EQ(world_.sender.sent.size(), 1U);
  EXPECT_EQ(world_.sender.sent[0].first, "https://shop.example/out");
  const auto claims = world_.claims_of(world_.sender.sent[0].second);
  EXPECT_EQ(claims.at("sid"), id_token.at("sid"));
  EXPECT_EQ(claims.at("sub"), id_token.at("sub"));
  EXPECT_EQ(claims.at("aud"), codec::Json(told->client_id));
  EXPECT_TRUE(claims.contains("events") && claims.contains("jti") && !claims.contains("nonce"));
  world_.sender.status = 500;
  EXPECT_TRUE(std::holds_alternative<store::RetryAfter>(deliver(text)));
  world_.sender.status = 400;
  EXPECT_TRUE(std::holds_alternative<store::GiveUp>(deliver(text)));
  EXPECT_TRUE(std::holds_alternative<store::GiveUp>(deliver("{}")));
}

TEST_F(Tokens, WithOfflineAccessOutliveTheSession) {
  const auto answer = sign_in();
  ASSERT_TRUE(world_.databases.data().write([&](store::UnitOfWork& unit) {
    return world_.logouts.sessions_ended(unit, world_.who.citizen_id, world_.who.session_id, {},
                                         kNow);
  }));
  EXPECT_TRUE(world_.is_active(*party_, answer.access_token.reveal()));
}

}  // namespace
}  // namespace openid
