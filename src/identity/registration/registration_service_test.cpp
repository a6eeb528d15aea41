#include "identity/registration/registration_service.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "identity/testing/identity_world.h"

namespace identity {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using world::kNow;
using world::password;
using world::phone;
using world::reason_of;

const SeenEdition kAgreement{1, "ru", "agreement"};
const SeenEdition kConsent{1, "ru", "consent"};

class RegistrationServiceTest : public testing::Test {
 protected:
  /// A ticket whose password and agreement are done; the consent is left.
  RegistrationTicket ready_ticket() {
    auto ticket = world_.ticket(phone(), kNow);
    EXPECT_EQ(reason_of(service_.set_password(ticket.token, password(), kNow)), "ok");
    EXPECT_EQ(reason_of(service_.accept_agreement(ticket.token, kAgreement, kNow + seconds(5))),
              "ok");
    return ticket;
  }
  core::Result<OpenedSession> consent(const RegistrationTicket& ticket,
                                      core::Instant now = kNow + seconds(9)) {
    return service_.give_consent(ticket.token, kConsent, world::device(), now);
  }
  std::string sign_in(std::string_view text) {
    return reason_of(
        world_.sessions.sign_in(phone(), password(text), world::device(), kNow + minutes(1)));
  }
  std::int64_t citizens() {
    return world::number(world_.databases.data(), "SELECT CAST(COUNT(*) AS BIGINT) FROM citizen");
  }
  void verify(const CitizenId& id) {
    world::run(world_.databases.data(),
               "UPDATE citizen SET assurance_level = 'verified' WHERE citizen_id = $1", {id});
  }

  world::IdentityWorld world_;
  RegistrationService& service_ = world_.registrations;
};

TEST_F(RegistrationServiceTest, LeadsFromPasswordOverAgreementToConsent) {
  const auto ticket = world_.ticket(phone(), kNow);
  EXPECT_EQ(service_.set_password(ticket.token, password(), kNow).value(),
            RegistrationStep::kAgreement);
  EXPECT_EQ(service_.accept_agreement(ticket.token, kAgreement, kNow).value(),
            RegistrationStep::kConsent);
  const auto session = consent(ticket);
  ASSERT_TRUE(session);
  EXPECT_EQ(citizens(), 1);
  EXPECT_EQ(sign_in(world::kGoodPassword), "ok");
}

TEST_F(RegistrationServiceTest, MakesAnAccountThatHoldsItsNumberSealed) {
  const auto session = consent(ready_ticket()).value();
  EXPECT_EQ(world_.read(session.citizen_id, vault::Category::kProfile, "phone"), "+79175550142");
  EXPECT_EQ(world_.databases.data_bytes().find("9175550142"), std::string::npos);
  EXPECT_EQ(world_.assurance.level_of(session.citizen_id).value(), AssuranceLevel::kPhone);
}

TEST_F(RegistrationServiceTest, TellsThePapersWhenEachActWasDone) {
  ASSERT_TRUE(consent(ready_ticket(), kNow + seconds(9)));
  EXPECT_EQ(world_.papers.agreed_at, kNow + seconds(5));
  EXPECT_EQ(world_.papers.consented_at, kNow + seconds(9));
}

TEST_F(RegistrationServiceTest, MakesNoAccountBeforeTheConsent) {
  ready_ticket();
  EXPECT_EQ(citizens(), 0);
  EXPECT_EQ(sign_in(world::kGoodPassword), "sign_in.refused");
}

TEST_F(RegistrationServiceTest, MakesNoAccountWithoutItsPapers) {
  const auto ticket = ready_ticket();
  world_.papers.fails = true;
  EXPECT_EQ(reason_of(consent(ticket)), "store.full");
  EXPECT_EQ(citizens(), 0);
  world_.papers.fails = false;
  EXPECT_EQ(reason_of(consent(ticket)), "ok") << "the ticket is still good";
}

TEST_F(RegistrationServiceTest, TakesNoAgreementBeforeThePassword) {
  const auto ticket = world_.ticket(phone(), kNow);
  EXPECT_EQ(reason_of(service_.accept_agreement(ticket.token, kAgreement, kNow)),
            "registration.out_of_order");
}

TEST_F(RegistrationServiceTest, TakesNoConsentBeforeTheAgreement) {
  const auto ticket = world_.ticket(phone(), kNow);
  EXPECT_EQ(reason_of(consent(ticket)), "registration.out_of_order");
  ASSERT_TRUE(service_.set_password(ticket.token, password(), kNow));
  EXPECT_EQ(reason_of(consent(ticket)), "registration.out_of_order");
  EXPECT_EQ(citizens(), 0);
}

TEST_F(RegistrationServiceTest, TakesTheAgreementForNoConsent) {
  const auto ticket = ready_ticket();
  EXPECT_EQ(reason_of(service_.give_consent(ticket.token, kAgreement, world::device(), kNow)),
            "edition.mismatch");
  EXPECT_EQ(citizens(), 0);
}

TEST_F(RegistrationServiceTest, RefusesEditionsThatAreNotInForce) {
  const auto ticket = world_.ticket(phone(), kNow);
  ASSERT_TRUE(service_.set_password(ticket.token, password(), kNow));
  EXPECT_EQ(reason_of(service_.accept_agreement(ticket.token, {2, "ru", "agreement"}, kNow)),
            "edition.superseded");
  EXPECT_EQ(reason_of(service_.accept_agreement(ticket.token, {1, "ru", "other bytes"}, kNow)),
            "edition.mismatch");
  EXPECT_EQ(reason_of(consent(ticket)), "registration.out_of_order");
}

TEST_F(RegistrationServiceTest, LetsThePersonGoBackAndChangeThePassword) {
  const auto ticket = ready_ticket();
  EXPECT_EQ(service_.set_password(ticket.token, password("другая береста"), kNow).value(),
            RegistrationStep::kAgreement);
  EXPECT_EQ(reason_of(consent(ticket)), "registration.out_of_order");
  ASSERT_TRUE(service_.accept_agreement(ticket.token, kAgreement, kNow));
  ASSERT_TRUE(consent(ticket));
  EXPECT_EQ(sign_in(world::kGoodPassword), "sign_in.refused");
  EXPECT_EQ(sign_in("другая береста"), "ok");
}

TEST_F(RegistrationServiceTest, RefusesPasswordsThatRulesForbid) {
  const auto ticket = world_.ticket(phone(), kNow);
  EXPECT_EQ(reason_of(service_.set_password(ticket.token, password("короче"), kNow)),
            "password.too_short");
  EXPECT_EQ(reason_of(service_.set_password(ticket.token, password("qwertyuiop"), kNow)),
            "password.common");
  EXPECT_EQ(reason_of(service_.set_password(ticket.token, password("89175550142"), kNow)),
            "password.common")
      << "one's own number";
  EXPECT_EQ(reason_of(service_.accept_agreement(ticket.token, kAgreement, kNow)),
            "registration.out_of_order");
}

TEST_F(RegistrationServiceTest, KnowsNoTokenItNeverGave) {
  for (const auto* token : {"", "x", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}) {
    EXPECT_EQ(reason_of(service_.set_password(Token(token), password(), kNow)),
              "registration.unknown");
    EXPECT_EQ(reason_of(service_.recover(Token(token), {}, world::device(), kNow)),
              "registration.unknown");
  }
}

TEST_F(RegistrationServiceTest, ForgetsATicketAfterHalfAnHour) {
  const auto ticket = ready_ticket();
  EXPECT_EQ(reason_of(consent(ticket, kNow + minutes(30))), "registration.unknown");
  EXPECT_EQ(citizens(), 0);
}

TEST_F(RegistrationServiceTest, TakesATicketOnlyOnce) {
  const auto ticket = ready_ticket();
  ASSERT_TRUE(consent(ticket));
  EXPECT_EQ(reason_of(consent(ticket)), "registration.unknown");
  EXPECT_EQ(citizens(), 1);
}

TEST_F(RegistrationServiceTest, MakesOneAccountOfManyConsentsAtOnce) {
  const auto ticket = ready_ticket();
  std::atomic<int> made = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      if (consent(ticket)) ++made;
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(made, 1);
  EXPECT_EQ(citizens(), 1);
}

TEST_F(RegistrationServiceTest, RefusesANumberThatSomebodyTookMeanwhile) {
  const auto ticket = ready_ticket();
  const auto first = world_.account();
  EXPECT_EQ(reason_of(consent(ticket)), "registration.number_taken");
  EXPECT_EQ(citizens(), 1);
  EXPECT_EQ(world_.history(first), "") << "nothing happened to the first one's account";
}

TEST_F(RegistrationServiceTest, ResetsAForgottenPasswordByPhone) {
  const auto id = world_.account();
  const auto elsewhere = world_.session(id, kNow);
  const auto ticket = world_.ticket(phone(), kNow);
  EXPECT_EQ(service_.set_password(ticket.token, password("новая береста"), kNow).value(),
            RegistrationStep::kRecovery);
  const auto session = service_.recover(ticket.token, {}, world::device(), kNow);
  ASSERT_TRUE(session);
  EXPECT_EQ(session->citizen_id, id);
  EXPECT_FALSE(world_.sessions.authenticate(elsewhere.token.reveal(), kNow).value());
  EXPECT_TRUE(world_.sessions.authenticate(session->token.reveal(), kNow).value());
  EXPECT_EQ(sign_in(world::kGoodPassword), "sign_in.refused");
  EXPECT_EQ(sign_in("новая береста"), "ok");
  EXPECT_EQ(citizens(), 1);
}

TEST_F(RegistrationServiceTest, ResetsNothingBeforeTheNewPassword) {
  static_cast<void>(world_.account());
  const auto ticket = world_.ticket(phone(), kNow);
  EXPECT_EQ(reason_of(service_.recover(ticket.token, {}, world::device(), kNow)),
            "registration.out_of_order");
}

TEST_F(RegistrationServiceTest, ResetsNothingForANewNumber) {
  EXPECT_EQ(reason_of(service_.recover(ready_ticket().token, {}, world::device(), kNow)),
            "registration.out_of_order");
}

TEST_F(RegistrationServiceTest, RegistersNobodyOverAnExistingAccount) {
  static_cast<void>(world_.account());
  const auto ticket = world_.ticket(phone(), kNow);
  ASSERT_TRUE(service_.set_password(ticket.token, password(), kNow));
  EXPECT_EQ(reason_of(service_.accept_agreement(ticket.token, kAgreement, kNow)),
            "registration.out_of_order");
  EXPECT_EQ(reason_of(consent(ticket)), "registration.out_of_order");
}

TEST_F(RegistrationServiceTest, ResetsNoVerifiedAccountByPhoneAlone) {
  verify(world_.account());
  const auto ticket = world_.ticket(phone(), kNow);
  EXPECT_EQ(reason_of(service_.set_password(ticket.token, password("новая береста"), kNow)),
            "recovery.provider_needed");
}

TEST_F(RegistrationServiceTest, ResetsNoAccountThatWasVerifiedMeanwhile) {
  const auto id = world_.account();
  const auto ticket = world_.ticket(phone(), kNow);
  ASSERT_TRUE(service_.set_password(ticket.token, password("новая береста"), kNow));
  verify(id);
  EXPECT_EQ(reason_of(service_.recover(ticket.token, {}, world::device(), kNow)),
            "recovery.provider_needed");
  EXPECT_EQ(sign_in(world::kGoodPassword), "ok") << "the old password stays";
}

}  // namespace
}  // namespace identity
