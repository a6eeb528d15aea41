#include "identity/assurance/link_service.h"

#include <gtest/gtest.h>

#include "identity/testing/identity_world.h"
#include "identity/testing/soft_authenticator.h"

namespace identity {
namespace {

using std::chrono::hours;
using world::kNow;
using world::reason_of;

class LinkServiceTest : public testing::Test {
 protected:
  /// "ok", or why the provider's word was not taken.
  std::string go(Intent intent, const std::optional<CitizenId>& id, std::string_view provider,
                 core::Instant now = kNow) {
    auto& asked = provider == "esia" ? world_.provider : world_.other_provider;
    const auto departure =
        world_.assurance.depart({intent, id, std::string(provider), "ru"}, now).value();
    const auto arrival = world_.assurance.arrive({.parameters = {"code", asked.state(), "", ""},
                                                  .browser_token = departure.browser_token,
                                                  .device = world::device()},
                                                 now);
    return arrival->refusal ? arrival->refusal->reason : "ok";
  }
  std::string raise(std::string_view provider, core::Instant now = kNow) {
    return go(Intent::kRaise, id_, provider, now);
  }
  PasskeyId add_passkey() {
    const auto session = world_.session(id_, kNow);
    const auto who = *world_.sessions.authenticate(session.token.reveal(), kNow).value();
    world::SoftAuthenticator device(world_.databases.rng());
    const auto creation = world_.passkeys.begin_creation(who, kNow).value();
    return world_.passkeys.create(who, device.create(creation.challenge, {}), "Телефон", kNow)
        .value()
        .id;
  }
  std::string remove_passkey(const PasskeyId& passkey) {
    const auto session = world_.session(id_, kNow);
    const auto who = *world_.sessions.authenticate(session.token.reveal(), kNow).value();
    return reason_of(world_.passkeys.remove(who, passkey, kNow));
  }
  Citizen citizen() { return world_.assurance.profile(id_, kNow).value().citizen; }
  std::string read(std::string_view name) {
    return world_.read(id_, vault::Category::kProfile, name);
  }
  void forget_password() {
    world::run(world_.databases.data(), "DELETE FROM password_authenticator");
  }

  world::IdentityWorld world_;
  LinkService& service_ = world_.links;
  CitizenId id_ = world_.account();
};

TEST_F(LinkServiceTest, ListsWhatTheAccountIsLinkedWith) {
  EXPECT_TRUE(service_.list(id_).value().empty());
  ASSERT_EQ(raise("esia"), "ok");
  ASSERT_EQ(raise("bank", kNow + hours(1)), "ok");
  const auto linked = service_.list(id_).value();
  ASSERT_EQ(linked.size(), 2U);
  EXPECT_EQ(linked[0].id, "bank");
  EXPECT_EQ(linked[1].name_ru, "Госуслуги");
  EXPECT_EQ(linked[1].linked_at, kNow);
  EXPECT_FALSE(linked[1].last_proof);
}

TEST_F(LinkServiceTest, SaysWhenALinkWasLastUsed) {
  ASSERT_EQ(raise("esia"), "ok");
  ASSERT_EQ(go(Intent::kSignIn, {}, "esia", kNow + hours(5)), "ok");
  const auto linked = service_.list(id_).value();
  ASSERT_EQ(linked.size(), 1U);
  EXPECT_EQ(linked[0].linked_at, kNow);
  EXPECT_EQ(linked[0].last_used_at, kNow + hours(5));
  EXPECT_TRUE(linked[0].last_proof);
  EXPECT_FALSE(linked[0].last_way_in);
}

TEST_F(LinkServiceTest, LowersTheLevelWithTheLastProof) {
  ASSERT_EQ(raise("esia"), "ok");
  ASSERT_EQ(reason_of(service_.unlink(id_, "esia", kNow)), "ok");
  EXPECT_EQ(citizen().level, AssuranceLevel::kPhone);
  EXPECT_EQ(citizen().level_source, "");
  EXPECT_FALSE(citizen().level_raised_at);
  EXPECT_EQ(read("given_name"), "") << "its word goes with it";
  EXPECT_EQ(read("phone"), "+79175550142") << "other sources stay";
  EXPECT_EQ(world_.fallen.count, 1);
  const auto history = world_.history(id_);
  EXPECT_NE(history.find("assurance.lowered"), std::string::npos) << history;
  EXPECT_NE(history.find("provider.unlinked"), std::string::npos) << history;
  EXPECT_EQ(go(Intent::kSignIn, {}, "esia"), "provider.no_account_here");
}

TEST_F(LinkServiceTest, KeepsTheLevelWhileAnotherProofRemains) {
  ASSERT_EQ(raise("bank"), "ok");
  ASSERT_EQ(raise("esia"), "ok");
  ASSERT_EQ(reason_of(service_.unlink(id_, "esia", kNow)), "ok");
  EXPECT_EQ(citizen().level, AssuranceLevel::kVerified);
  EXPECT_EQ(citizen().level_source, "identity_provider:bank");
  EXPECT_EQ(read("given_name"), "Алсу");
  EXPECT_EQ(world_.fallen.count, 0);
}

TEST_F(LinkServiceTest, LeavesTheLevelsSourceWhenAnotherLinkGoes) {
  ASSERT_EQ(raise("bank"), "ok");
  ASSERT_EQ(raise("esia"), "ok");
  ASSERT_EQ(reason_of(service_.unlink(id_, "bank", kNow)), "ok");
  EXPECT_EQ(citizen().level_source, "identity_provider:esia");
}

TEST_F(LinkServiceTest, LetsThePersonVerifyAnotherAccountAfterwards) {
  ASSERT_EQ(raise("esia"), "ok");
  ASSERT_EQ(reason_of(service_.unlink(id_, "esia", kNow)), "ok");
  const auto second = world_.account(world::phone("+79175550199"));
  EXPECT_EQ(go(Intent::kRaise, second, "esia"), "ok");
}

TEST_F(LinkServiceTest, KeepsTheNumberThatAnotherProviderVouchesFor) {
  ASSERT_EQ(raise("esia"), "ok");
  ASSERT_EQ(raise("bank"), "ok");
  ASSERT_EQ(reason_of(service_.unlink(id_, "esia", kNow)), "ok");
  const auto second = world_.account(world::phone("+79175550199"));
  EXPECT_EQ(go(Intent::kRaise, second, "esia"), "provider.belongs_to_other_account");
}

TEST_F(LinkServiceTest, UndoesNoLinkThatIsNotThere) {
  ASSERT_EQ(raise("esia"), "ok");
  for (const auto* provider : {"bank", "", "ESIA", "%"}) {
    EXPECT_EQ(reason_of(service_.unlink(id_, provider, kNow)), "provider.not_linked") << provider;
  }
  EXPECT_EQ(citizen().level, AssuranceLevel::kVerified);
}

TEST_F(LinkServiceTest, UndoesNobodyElsesLink) {
  ASSERT_EQ(raise("esia"), "ok");
  const auto second = world_.account(world::phone("+79175550199"));
  EXPECT_EQ(reason_of(service_.unlink(second, "esia", kNow)), "provider.not_linked");
  EXPECT_EQ(citizen().level, AssuranceLevel::kVerified);
}

TEST_F(LinkServiceTest, KeepsTheLastWayIn) {
  ASSERT_EQ(raise("esia"), "ok");
  forget_password();
  EXPECT_TRUE(service_.list(id_).value().front().last_way_in);
  EXPECT_EQ(reason_of(service_.unlink(id_, "esia", kNow)), "provider.last_way_in");
  EXPECT_EQ(citizen().level, AssuranceLevel::kVerified);
  ASSERT_EQ(raise("bank"), "ok");
  EXPECT_EQ(reason_of(service_.unlink(id_, "esia", kNow)), "ok") << "the other one is a way in";
}

TEST_F(LinkServiceTest, APasskeyIsAWayIn) {
  ASSERT_EQ(raise("esia"), "ok");
  const auto passkey = add_passkey();
  forget_password();
  EXPECT_FALSE(service_.list(id_).value().front().last_way_in);
  EXPECT_EQ(remove_passkey(passkey), "ok");
  EXPECT_TRUE(service_.list(id_).value().front().last_way_in);
  EXPECT_EQ(reason_of(service_.unlink(id_, "esia", kNow)), "provider.last_way_in");
  const auto last = add_passkey();
  EXPECT_EQ(reason_of(service_.unlink(id_, "esia", kNow)), "ok");
  EXPECT_EQ(citizen().level, AssuranceLevel::kPhone);
  EXPECT_EQ(remove_passkey(last), "passkey.last_way_in");
  const auto another = add_passkey();
  EXPECT_EQ(remove_passkey(last), "ok") << "the other one is a way in";
  EXPECT_EQ(remove_passkey(another), "passkey.last_way_in");
}

TEST_F(LinkServiceTest, UndoesNothingWhenWhatEndsWithItCannotEnd) {
  ASSERT_EQ(raise("esia"), "ok");
  world_.fallen.fails = true;
  EXPECT_EQ(reason_of(service_.unlink(id_, "esia", kNow)), "store.full");
  EXPECT_EQ(citizen().level, AssuranceLevel::kVerified);
  EXPECT_EQ(read("given_name"), "Алсу");
  EXPECT_EQ(service_.list(id_).value().size(), 1U);
}

}  // namespace
}  // namespace identity
