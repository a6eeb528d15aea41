// What a citizen agreed to give a party, and what is left of it after they gave less or took it
// back: for codes and tokens that are out already, too.
#include <gtest/gtest.h>

#include "openid/authorization/connection_service.h"
#include "openid/testing/openid_world.h"

namespace openid {
namespace {

using std::chrono::hours;
using std::chrono::seconds;
using world::kNow;
using world::reason_of;

class PartyConsents : public testing::Test {
 protected:
  [[nodiscard]] std::string code() {
    return world_.code_for(*party_, {{"scope", "openid profile phone offline_access"}});
  }
  [[nodiscard]] std::string exchange(const std::string& code, core::Instant now = kNow) {
    return reason_of(world_.exchange(*party_, code, now));
  }
  [[nodiscard]] Texts given(const TokenAnswer& tokens, core::Instant now = kNow) {
    const auto right = world_.tokens.check_userinfo(
        {.token = tokens.access_token.reveal(), .with_dpop = false, .jkt = {}}, world_.parties,
        now);
    return right ? right->claims : Texts{right.error().reason};
  }
  [[nodiscard]] std::string narrow(const Texts& claims) {
    return reason_of(connections_.narrow(world_.who.citizen_id, party_->client_id, claims, kNow));
  }
  [[nodiscard]] std::string withdraw(core::Instant now = kNow) {
    return reason_of(connections_.disconnect(world_.who.citizen_id, party_->client_id, now));
  }
  [[nodiscard]] std::vector<PartyConsent> all() {
    return connections_.list_all(world_.who.citizen_id, kNow).value();
  }
  [[nodiscard]] std::string request() {
    const auto page =
        world_.authorizations.begin(world::parameters({{"client_id", party_->client_id}}), kNow)
            .value()
            .location;
    return page.substr(page.find('=') + 1);
  }

  world::OpenidWorld world_;
  ConnectionService connections_{world_.databases.data(), world_.parties, world_.databases.rng()};
  PartyPtr party_ = world_.add({{"offline_access", true}});
};

TEST_F(PartyConsents, MakeNoTokenOfACodeThatIsOnItsWayWhenTheyEnd) {
  const auto on_its_way = code();
  ASSERT_EQ(withdraw(), "ok");
  EXPECT_EQ(exchange(on_its_way), "oauth.invalid_grant.consent_ended");
}

TEST_F(PartyConsents, EndEveryTokenThatIsOut) {
  const auto tokens = world_.exchange(*party_, code()).value();
  EXPECT_EQ(given(tokens), (Texts{"given_name", "phone_number"}));
  ASSERT_EQ(withdraw(), "ok");
  EXPECT_EQ(given(tokens), (Texts{"oauth.invalid_token.not_active"}));
  EXPECT_FALSE(world_.is_active(*party_, tokens.access_token.reveal()));
  EXPECT_EQ(withdraw(), "connection.unknown");
}

TEST_F(PartyConsents, GiveATokenThatIsOutOnlyWhatIsLeft) {
  const auto tokens = world_.exchange(*party_, code()).value();
  ASSERT_EQ(narrow({"phone_number"}), "ok");
  EXPECT_EQ(given(tokens), (Texts{"phone_number"}));
  const auto consent = all().front();
  EXPECT_EQ(consent.grant.claims, (Texts{"phone_number"}));
  EXPECT_EQ(consent.grant.granted_claims, (Texts{"given_name", "phone_number"}));
  EXPECT_EQ(consent.grant.narrowed_at, kNow);
}

TEST_F(PartyConsents, AreAskedForAgainWhenThePartyWantsMoreThanIsLeft) {
  ASSERT_EQ(exchange(code()), "ok");
  ASSERT_EQ(narrow({"phone_number"}), "ok");
  const auto view = world_.authorizations.view(request(), {world_.who}, kNow).value();
  EXPECT_EQ(view.state, AuthorizationState::kConsent);
}

TEST_F(PartyConsents, AreNarrowedNeitherToNothingNorWider) {
  EXPECT_EQ(narrow({"phone_number"}), "connection.unknown") << "before there is any";
  ASSERT_EQ(exchange(code()), "ok");
  EXPECT_EQ(narrow({}), "consent.narrow_to_nothing");
  EXPECT_EQ(narrow({"phone_number", "email"}), "consent.narrow_wider");
  EXPECT_EQ(narrow({"phone_number", "given_name"}), "consent.not_narrower");
}

TEST_F(PartyConsents, EndByThemselvesAtTheirTerm) {
  world_.authorizations.plug_terms({"Оператор", "152-ФЗ", 1});
  const auto late_code = code();
  const auto tokens = world_.exchange(*party_, code()).value();
  const auto end = kNow + hours(24);
  // Neither token lives that long; a sign-in that is kept up does, and ends with the consent.
  const auto refresh = [&](const TokenAnswer& last, core::Instant now) {
    return world_.tokens.refresh(*party_, last.refresh_token->reveal(), {}, {}, now);
  };
  const auto kept_up = refresh(tokens, end - seconds(1));
  ASSERT_TRUE(kept_up);
  EXPECT_EQ(given(*kept_up, end - seconds(1)).size(), 2U);
  EXPECT_EQ(given(*kept_up, end), (Texts{"oauth.invalid_token.not_active"}));
  EXPECT_EQ(reason_of(refresh(*kept_up, end)), "oauth.invalid_grant.consent_ended");
  EXPECT_TRUE(connections_.list(world_.who.citizen_id, end).value().empty());
}

TEST_F(PartyConsents, ThatAreGivenAnewBringNoOldTokenBack) {
  const auto old = world_.exchange(*party_, code()).value();
  ASSERT_EQ(withdraw(kNow + seconds(1)), "ok");
  ASSERT_EQ(exchange(code()), "ok");
  EXPECT_FALSE(world_.is_active(*party_, old.access_token.reveal()));
  EXPECT_EQ(all().size(), 2U) << "the first one stays on record";
}

TEST_F(PartyConsents, AreGivenToTheDocumentThatWasShownAndNoOther) {
  const auto id = request();
  const auto decide = [&](const std::string& sha256) {
    return reason_of(
        world_.authorizations.decide(id, {Decision::kAgree, sha256}, world_.who, kNow));
  };
  const auto shown = world_.authorizations.view(id, {world_.who, "en"}, kNow).value().document;
  ASSERT_TRUE(shown);
  EXPECT_EQ(decide(""), "authorization.document_needed");
  EXPECT_EQ(decide(std::string(64, '0')), "authorization.document_changed");
  EXPECT_EQ(decide(shown->sha256), "ok");
  EXPECT_EQ(all().front().grant.document_sha256, shown->sha256);
  const auto kept = connections_.document(shown->sha256);
  ASSERT_TRUE(kept);
  EXPECT_EQ(kept->text, shown->text);
  EXPECT_EQ(kept->language, "en");
  EXPECT_EQ(reason_of(connections_.document(std::string(64, '0'))), "consent.document_unknown");
}

TEST_F(PartyConsents, NameThePartyThePurposeAndEveryAttribute) {
  world_.authorizations.plug_terms({"Оператор", "152-ФЗ, ст. 9", 365});
  const auto document =
      world_.authorizations.view(request(), {world_.who, "ru"}, kNow).value().document;
  ASSERT_TRUE(document);
  for (const std::string_view part : {"«Магазин»", "Вход", "- имя\n", "365 дней", "«Оператор»",
                                      "152-ФЗ, ст. 9", "# Как отозвать"}) {
    EXPECT_NE(document->text.find(part), std::string::npos) << part;
  }
  EXPECT_EQ(document->text.find("телефон"), std::string::npos) << "it was not asked for";
}

TEST_F(PartyConsents, AreNotUsedByAPageThatWasReadyBeforeTheyEnded) {
  ASSERT_EQ(exchange(code()), "ok");
  const auto id = request();
  ASSERT_EQ(world_.authorizations.view(id, {world_.who}, kNow)->state, AuthorizationState::kReady);
  ASSERT_EQ(withdraw(), "ok");
  EXPECT_EQ(reason_of(world_.authorizations.decide(id, {Decision::kContinue}, world_.who, kNow)),
            "authorization.not_ready");
}

}  // namespace
}  // namespace openid
