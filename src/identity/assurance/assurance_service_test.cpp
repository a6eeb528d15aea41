#include "identity/assurance/assurance_service.h"

#include <gtest/gtest.h>

#include "identity/testing/identity_world.h"

namespace identity {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using world::kNow;
using world::phone;
using world::reason_of;

class AssuranceServiceTest : public testing::Test {
 protected:
  Departure leave(Intent intent, const std::optional<CitizenId>& id,
                  std::string_view provider = "esia") {
    return service_.depart({intent, id, std::string(provider), "ru"}, kNow).value();
  }
  /// Leaves and comes back with what the provider was given.
  core::Result<Arrival> there_and_back(Intent intent, const std::optional<CitizenId>& id) {
    const auto departure = leave(intent, id);
    return come_back(departure, world_.provider.state());
  }
  core::Result<Arrival> come_back(const Departure& departure, std::string_view state,
                                  core::Instant now = kNow + seconds(30)) {
    return service_.arrive({.parameters = {"code", std::string(state), "", ""},
                            .browser_token = departure.browser_token,
                            .device = world::device()},
                           now);
  }
  /// The same: "ok", or the reason of the refusal.
  std::string go(Intent intent, const std::optional<CitizenId>& id) {
    const auto arrival = there_and_back(intent, id);
    if (!arrival) return arrival.error().reason;
    return arrival->refusal ? arrival->refusal->reason : "ok";
  }
  AssuranceLevel level(const CitizenId& id) { return service_.level_of(id).value(); }
  void be(std::string_view subject, std::string_view snils) {
    world_.provider.person.subject = core::Secret<std::string>(std::string(subject));
    world_.provider.person.attributes = {{"snils", core::Secret<std::string>(std::string(snils))},
                                         {"given_name", core::Secret<std::string>("Ринат")}};
  }

  world::IdentityWorld world_;
  AssuranceService& service_ = world_.assurance;
  CitizenId id_ = world_.account();
};

TEST_F(AssuranceServiceTest, RaisesTheLevelByTheProvidersWord) {
  EXPECT_EQ(go(Intent::kRaise, id_), "ok");
  const auto profile = service_.profile(id_, kNow).value();
  EXPECT_EQ(profile.citizen.level, AssuranceLevel::kVerified);
  EXPECT_EQ(profile.citizen.level_source, "identity_provider:esia");
  EXPECT_EQ(profile.citizen.level_raised_at, kNow + seconds(30));
  const auto* born = vault::find_record(profile.attributes, "birth_date");
  ASSERT_NE(born, nullptr);
  EXPECT_EQ(born->value.reveal(), "1990-05-17");
  EXPECT_EQ(born->provenance.source, "identity_provider:esia");
  EXPECT_EQ(world_.history(id_), "assurance.raised");
}

TEST_F(AssuranceServiceTest, GivesTheProviderBackItsNonceAndVerifier) {
  EXPECT_EQ(go(Intent::kRaise, id_), "ok");
  ASSERT_EQ(world_.provider.redeemed.size(), 1U);
  EXPECT_EQ(world_.provider.redeemed[0].state, "state-1");
  EXPECT_EQ(world_.provider.redeemed[0].nonce, "nonce-1");
  EXPECT_EQ(world_.provider.redeemed[0].code_verifier.reveal(), "verifier-1");
  EXPECT_EQ(world_.provider.asked_in, "ru");
}

TEST_F(AssuranceServiceTest, RaisesNobodyWhoIsNotSignedIn) {
  EXPECT_EQ(reason_of(service_.depart({Intent::kRaise, {}, "esia", "ru"}, kNow)),
            "session.required");
  EXPECT_EQ(world_.provider.begun, 0);
}

TEST_F(AssuranceServiceTest, SaysThatTheProviderIsDown) {
  world_.provider.down = true;
  EXPECT_EQ(reason_of(service_.depart({Intent::kRaise, id_, "esia", "ru"}, kNow)),
            "provider.unavailable");
}

TEST_F(AssuranceServiceTest, KnowsNoStateItNeverGave) {
  const auto departure = leave(Intent::kRaise, id_);
  for (const auto* state : {"", "state-2", "STATE-1", "state-1 "}) {
    EXPECT_EQ(reason_of(come_back(departure, state)), "provider.flow_unknown") << state;
  }
  EXPECT_TRUE(world_.provider.redeemed.empty());
}

TEST_F(AssuranceServiceTest, TakesAStateOnlyOnce) {
  const auto departure = leave(Intent::kRaise, id_);
  ASSERT_TRUE(come_back(departure, world_.provider.state()));
  EXPECT_EQ(reason_of(come_back(departure, world_.provider.state())), "provider.flow_unknown");
  EXPECT_EQ(world_.provider.redeemed.size(), 1U);
}

TEST_F(AssuranceServiceTest, TakesNoAnswerInAnotherBrowser) {
  leave(Intent::kRaise, id_);
  const auto stolen_state = world_.provider.state();
  const auto attacker = leave(Intent::kSignIn, {});
  EXPECT_EQ(reason_of(come_back(attacker, stolen_state)), "provider.flow_unknown");
  EXPECT_TRUE(world_.provider.redeemed.empty());
  EXPECT_EQ(level(id_), AssuranceLevel::kPhone);
}

TEST_F(AssuranceServiceTest, TakesNoAnswerWithoutABrowserToken) {
  leave(Intent::kRaise, id_);
  EXPECT_EQ(reason_of(come_back({"", Token()}, world_.provider.state())), "provider.flow_unknown");
}

TEST_F(AssuranceServiceTest, TakesNoAnswerAfterAQuarterOfAnHour) {
  const auto departure = leave(Intent::kRaise, id_);
  EXPECT_EQ(reason_of(come_back(departure, world_.provider.state(), kNow + minutes(15))),
            "provider.flow_unknown");
  EXPECT_EQ(level(id_), AssuranceLevel::kPhone);
}

TEST_F(AssuranceServiceTest, KnowsNoProviderThatIsNotListed) {
  for (const auto* id : {"esia2", "ESIA", "e", "../esia"}) {
    EXPECT_EQ(reason_of(service_.depart({Intent::kSignIn, {}, id, "ru"}, kNow)), "provider.unknown")
        << id;
  }
}

TEST_F(AssuranceServiceTest, WantsToKnowWhichOfSeveralProviders) {
  EXPECT_EQ(reason_of(service_.depart({Intent::kSignIn, {}, "", "ru"}, kNow)), "provider.required");
}

TEST_F(AssuranceServiceTest, HasTheAnswerRedeemedByTheProviderTheBrowserWasSentTo) {
  const auto departure = leave(Intent::kRaise, id_, "bank");
  const auto arrival = come_back(departure, world_.other_provider.state());
  ASSERT_TRUE(arrival && !arrival->refusal);
  EXPECT_EQ(world_.other_provider.redeemed.size(), 1U);
  EXPECT_TRUE(world_.provider.redeemed.empty());
  EXPECT_EQ(service_.profile(id_, kNow).value().citizen.level_source, "identity_provider:bank");
}

TEST_F(AssuranceServiceTest, KeepsTheSubjectsOfProvidersApart) {
  ASSERT_EQ(go(Intent::kRaise, id_), "ok");
  // The other provider gives somebody else the very same subject.
  world_.other_provider.person.subject = world_.provider.person.subject;
  const auto departure = leave(Intent::kSignIn, {}, "bank");
  const auto arrival = come_back(departure, world_.other_provider.state()).value();
  ASSERT_TRUE(arrival.refusal);
  EXPECT_EQ(arrival.refusal->reason, "provider.no_account_here");
}

TEST_F(AssuranceServiceTest, FindsSubjectsStoredBeforeProvidersHadNames) {
  const auto old = world_.vault.blind_index(sql::kProviderLogin, "https://idp.example|s-1").bytes;
  ASSERT_TRUE(world_.databases.data().write([&](store::UnitOfWork& unit) {
    return sql::insert_login(unit, sql::kProviderLogin, old, id_);
  }));
  const auto arrival = there_and_back(Intent::kSignIn, {}).value();
  ASSERT_TRUE(arrival.session);
  EXPECT_EQ(arrival.session->citizen_id, id_);
}

TEST_F(AssuranceServiceTest, RaisesNobodyWhomTheProviderHasNotProven) {
  world_.provider.person.trusted = false;
  EXPECT_EQ(go(Intent::kRaise, id_), "provider.account_not_trusted");
  EXPECT_EQ(level(id_), AssuranceLevel::kPhone);
  EXPECT_EQ(world_.read(id_, vault::Category::kProfile, "given_name"), "") << "nothing is taken";
  EXPECT_EQ(world_.history(id_), "assurance.refused");
}

TEST_F(AssuranceServiceTest, PassesTheProvidersRefusalOn) {
  world_.provider.refusal =
      core::Error{core::ErrorCode::kForbidden, "provider.refused_by_person", {}};
  EXPECT_EQ(go(Intent::kRaise, id_), "provider.refused_by_person");
  EXPECT_EQ(level(id_), AssuranceLevel::kPhone);
}

TEST_F(AssuranceServiceTest, TellsTheIntentOfARefusedArrival) {
  world_.provider.refusal = core::Error{core::ErrorCode::kForbidden, "provider.refused_token", {}};
  const auto raising = there_and_back(Intent::kRaise, id_);
  EXPECT_EQ(raising.value().intent, Intent::kRaise);
  const auto signing_in = there_and_back(Intent::kSignIn, {});
  EXPECT_EQ(signing_in.value().intent, Intent::kSignIn);
  EXPECT_FALSE(signing_in.value().session);
}

TEST_F(AssuranceServiceTest, GivesOneProvenPersonToOneAccount) {
  ASSERT_EQ(go(Intent::kRaise, id_), "ok");
  const auto second = world_.account(phone("+79175550199"));
  EXPECT_EQ(go(Intent::kRaise, second), "provider.belongs_to_other_account");
  EXPECT_EQ(level(second), AssuranceLevel::kPhone);
  EXPECT_EQ(world_.read(second, vault::Category::kProfile, "given_name"), "");
}

TEST_F(AssuranceServiceTest, KnowsThePersonByTheirSnilsUnderAnotherSubjectToo) {
  ASSERT_EQ(go(Intent::kRaise, id_), "ok");
  const auto second = world_.account(phone("+79175550199"));
  be("https://idp.example|s-2", "11223344595");
  EXPECT_EQ(go(Intent::kRaise, second), "provider.belongs_to_other_account");
  EXPECT_EQ(go(Intent::kSignIn, {}), "provider.no_account_here") << "s-2 was not linked";
}

TEST_F(AssuranceServiceTest, MayBeProvenAgainByTheSamePerson) {
  ASSERT_EQ(go(Intent::kRaise, id_), "ok");
  EXPECT_EQ(go(Intent::kRaise, id_), "ok");
  EXPECT_EQ(level(id_), AssuranceLevel::kVerified);
}

TEST_F(AssuranceServiceTest, DoesNotBecomeAnotherPersonOnceVerified) {
  ASSERT_EQ(go(Intent::kRaise, id_), "ok");
  be("https://idp.example|s-2", "08765430300");
  EXPECT_EQ(go(Intent::kRaise, id_), "provider.other_person");
  EXPECT_EQ(world_.read(id_, vault::Category::kProfile, "given_name"), "Алсу");
  EXPECT_EQ(world_.read(id_, vault::Category::kProfile, "snils"), "11223344595");
}

TEST_F(AssuranceServiceTest, TakesNoOtherNumberEvenUnderTheKnownSubject) {
  ASSERT_EQ(go(Intent::kRaise, id_), "ok");
  be("https://idp.example|s-1", "08765430300");
  EXPECT_EQ(go(Intent::kRaise, id_), "provider.other_person");
  EXPECT_EQ(world_.read(id_, vault::Category::kProfile, "snils"), "11223344595");
}

TEST_F(AssuranceServiceTest, KnowsThePersonByNameAndBirthWhereThereIsNoNumber) {
  ASSERT_EQ(go(Intent::kRaise, id_), "ok");
  auto& person = world_.other_provider.person;
  const auto come = [&](std::string_view name, std::string_view born) {
    person.attributes = {{"family_name", core::Secret<std::string>(std::string(name))},
                         {"given_name", core::Secret<std::string>("АЛСУ")},
                         {"birth_date", core::Secret<std::string>(std::string(born))}};
    const auto departure = leave(Intent::kRaise, id_, "bank");
    const auto arrival = come_back(departure, world_.other_provider.state()).value();
    return arrival.refusal ? arrival.refusal->reason : "ok";
  };
  // The first provider gave no family name: without all three nobody is taken for the owner.
  EXPECT_EQ(come("Галимова", "1990-05-17"), "provider.other_person");
  world_.provider.person.attributes.push_back(
      {"family_name", core::Secret<std::string>("Галимова")});
  ASSERT_EQ(go(Intent::kRaise, id_), "ok");
  EXPECT_EQ(come("Галимова", "1990-05-18"), "provider.other_person");
  EXPECT_EQ(come("Галиева", "1990-05-17"), "provider.other_person");
  EXPECT_EQ(world_.read(id_, vault::Category::kProfile, "birth_date"), "1990-05-17");
  EXPECT_EQ(come("ГАЛИМОВА", "1990-05-17"), "ok");
}

TEST_F(AssuranceServiceTest, KeepsWhatEachProviderSays) {
  ASSERT_EQ(go(Intent::kRaise, id_), "ok");
  world_.other_provider.person.attributes = {{"given_name", core::Secret<std::string>("Алсина")},
                                             {"snils", core::Secret<std::string>("11223344595")}};
  const auto departure = leave(Intent::kRaise, id_, "bank");
  ASSERT_FALSE(come_back(departure, world_.other_provider.state()).value().refusal);
  const auto attributes = world_.attributes.list(id_, kNow).value();
  const auto* name = find_attribute(attributes, "given_name");
  ASSERT_NE(name, nullptr);
  EXPECT_EQ(name->claims.size(), 2U);
  EXPECT_TRUE(name->conflict);
  EXPECT_FALSE(find_attribute(attributes, "snils")->conflict);
}

TEST_F(AssuranceServiceTest, ComparesWithDocumentsOnlyWhereTheTableAsksForIt) {
  ASSERT_EQ(go(Intent::kRaise, id_), "ok");
  world_.documents.said = {
      {"birth_date", core::Secret<std::string>("1990-05-18"), {"registry", "verified", kNow}}};
  FunctionTable table;
  FunctionGate lenient(world_.assurance, world_.attributes, table);
  EXPECT_EQ(reason_of(lenient.require(id_, Function::kDigitalId, Client::kWeb, kNow)), "ok");
  EXPECT_EQ(world_.documents.opened, 0);
  table.set(Function::kDigitalId, Client::kWeb,
            {AssuranceLevel::kVerified, {{"birth_date", "verified", false, true}}});
  FunctionGate strict(world_.assurance, world_.attributes, table);
  EXPECT_EQ(reason_of(strict.require(id_, Function::kDigitalId, Client::kWeb, kNow)),
            "assurance.attribute_conflict");
  EXPECT_EQ(reason_of(strict.require(id_, Function::kDocuments, Client::kWeb, kNow)), "ok");
}

TEST_F(AssuranceServiceTest, KeepsWhatTheOwnerAloneKnows) {
  const auto put = [&](std::string_view name, std::string_view value) {
    return reason_of(
        world_.attributes.put_own(id_, name, core::Secret<std::string>(std::string(value)), kNow));
  };
  EXPECT_EQ(put("preferred_name", "  Аля "), "ok");
  EXPECT_EQ(world_.read(id_, vault::Category::kProfile, "preferred_name"), "Аля");
  EXPECT_EQ(put("preferred_name", "Алсу"), "ok");
  EXPECT_EQ(world_.read(id_, vault::Category::kProfile, "preferred_name"), "Алсу");
  for (const std::string_view name : {"snils", "given_name", "birth_date", "", "phone"}) {
    EXPECT_EQ(put(name, "x"), "attribute.not_yours") << name;
  }
  for (const std::string& value :
       {std::string(), std::string("   "), std::string("a\nb"), std::string(65, 'x')}) {
    EXPECT_EQ(put("preferred_name", value), "attribute.value") << value.size();
  }
  ASSERT_EQ(reason_of(world_.attributes.remove_own(id_, "preferred_name", kNow)), "ok");
  EXPECT_EQ(world_.read(id_, vault::Category::kProfile, "preferred_name"), "");
  EXPECT_NE(world_.history(id_).find("attribute.removed"), std::string::npos);
}

TEST_F(AssuranceServiceTest, StaysTheSamePersonUnderANewSubject) {
  ASSERT_EQ(go(Intent::kRaise, id_), "ok");
  be("https://idp.example|s-2", "11223344595");
  EXPECT_EQ(go(Intent::kRaise, id_), "ok");
}

TEST_F(AssuranceServiceTest, SignsInWhoWasProvenHere) {
  ASSERT_EQ(go(Intent::kRaise, id_), "ok");
  const auto arrival = there_and_back(Intent::kSignIn, {});
  ASSERT_TRUE(arrival && arrival->session);
  EXPECT_EQ(arrival->session->citizen_id, id_);
  EXPECT_TRUE(world_.sessions.authenticate(arrival->session->token.reveal(), kNow).value());
}

TEST_F(AssuranceServiceTest, SignsInNobodyWithoutAnAccountHere) {
  EXPECT_EQ(go(Intent::kSignIn, {}), "provider.no_account_here");
  EXPECT_EQ(1,
            world::number(world_.databases.data(), "SELECT CAST(COUNT(*) AS BIGINT) FROM citizen"));
}

TEST_F(AssuranceServiceTest, OpensAFunctionOnlyToItsLevel) {
  EXPECT_EQ(reason_of(world_.functions.require(id_, Function::kAccount, Client::kWeb, kNow)), "ok");
  EXPECT_EQ(reason_of(world_.functions.require(id_, Function::kDocuments, Client::kWeb, kNow)),
            "assurance.verified_required");
  EXPECT_EQ(reason_of(world_.functions.require(id_, Function::kDigitalId, Client::kWeb, kNow)),
            "assurance.verified_required");
  ASSERT_EQ(go(Intent::kRaise, id_), "ok");
  EXPECT_EQ(reason_of(world_.functions.require(id_, Function::kDocuments, Client::kWeb, kNow)),
            "ok");
}

TEST_F(AssuranceServiceTest, OpensNothingToALevelItDoesNotKnow) {
  world::run(world_.databases.data(), "UPDATE citizen SET assurance_level = 'superuser'");
  EXPECT_EQ(reason_of(world_.functions.require(id_, Function::kDigitalId, Client::kWeb, kNow)),
            "assurance.verified_required");
}

TEST_F(AssuranceServiceTest, KnowsNoLevelOfNobody) {
  EXPECT_EQ(reason_of(service_.level_of(world_.person())), "citizen.unknown");
  EXPECT_EQ(
      reason_of(world_.functions.require(world_.person(), Function::kAccount, Client::kWeb, kNow)),
      "citizen.unknown");
}

TEST_F(AssuranceServiceTest, KeepsNeitherSubjectNorAttributesInClear) {
  ASSERT_EQ(go(Intent::kRaise, id_), "ok");
  const auto bytes = world_.databases.data_bytes();
  for (const auto* secret : {"idp.example|s-1", "Алсу", "11223344595", "1990-05-17"}) {
    EXPECT_EQ(bytes.find(secret), std::string::npos) << secret;
  }
}

}  // namespace
}  // namespace identity
