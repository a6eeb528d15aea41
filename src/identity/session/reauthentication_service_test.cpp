#include "identity/session/reauthentication_service.h"

#include <gtest/gtest.h>

#include "identity/testing/identity_world.h"

namespace identity {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using world::kNow;
using world::password;
using world::reason_of;

/// Remembers which sessions it was told of.
class HandEndings final : public SessionEndings {
 public:
  core::Status sessions_ended(store::UnitOfWork& /*unit*/, const CitizenId& /*citizen_id*/,
                              const std::optional<SessionId>& ended,
                              const std::optional<SessionId>& /*kept*/,
                              core::Instant /*now*/) override {
    told.push_back(ended);
    return {};
  }

  std::vector<std::optional<SessionId>> told;
};

class ReauthenticationTest : public testing::Test {
 protected:
  Authenticated who(core::Instant now) {
    return *world_.sessions.authenticate(session_.token.reveal(), now).value();
  }
  bool lives(core::Instant now) {
    return world_.sessions.authenticate(session_.token.reveal(), now).value().has_value();
  }

  world::IdentityWorld world_;
  ReauthenticationService service_{
      {world_.databases.data(), world_.hasher, world_.databases.rng()}};
  CitizenId id_ = world_.account();
  OpenedSession session_ = world_.session(id_, kNow);
};

TEST_F(ReauthenticationTest, ASessionKnowsWhenAndHowItsOwnerSignedIn) {
  const auto known = who(kNow + minutes(3));
  EXPECT_EQ(known.authenticated_at, kNow);
  EXPECT_EQ(known.amr, AmrSet{Amr::kPwd});
  EXPECT_EQ(known.aal, Aal::kOne);
}

TEST_F(ReauthenticationTest, AProofIsRecentForTenMinutes) {
  EXPECT_TRUE(require_recent_proof(who(kNow), kNow + minutes(9)));
  const auto late = require_recent_proof(who(kNow), kNow + minutes(10));
  EXPECT_EQ(reason_of(late), "reauthentication.required");
}

TEST_F(ReauthenticationTest, ThePasswordMakesItRecentAgain) {
  const auto later = kNow + hours(5);
  ASSERT_TRUE(service_.by_password(who(later), password(), later));
  EXPECT_EQ(who(later).authenticated_at, later);
  EXPECT_TRUE(require_recent_proof(who(later), later));
  const auto listed = world_.sessions.list(id_, later).value();
  EXPECT_EQ(listed.front().authenticated_at, later) << "the list and the cookie say the same";
}

TEST_F(ReauthenticationTest, AnotherMethodIsAddedToWhatWasProven) {
  const auto known = service_.proven(who(kNow), {Amr::kOtp}, kNow + minutes(1)).value();
  EXPECT_EQ(known.aal, Aal::kTwo);
  EXPECT_EQ(who(kNow + minutes(1)).amr.to_text(), "pwd otp");
  EXPECT_EQ(who(kNow + minutes(1)).aal, Aal::kTwo);
}

TEST_F(ReauthenticationTest, AWrongPasswordProvesNothing) {
  const auto later = kNow + hours(1);
  const auto wrong = service_.by_password(who(later), password("не та береста"), later);
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().code, core::ErrorCode::kForbidden);
  EXPECT_EQ(wrong.error().attempts_left, 4);
  EXPECT_EQ(who(later).authenticated_at, kNow);
}

TEST_F(ReauthenticationTest, TheFifthWrongTryClosesTheSessionAndNoOther) {
  const auto other = world_.session(id_, kNow);
  const auto closed = who(kNow).session_id;
  HandEndings endings;
  service_.plug_endings(endings);
  for (int i = 0; i < 4; ++i) {
    EXPECT_EQ(reason_of(service_.by_password(who(kNow), password("мимо мимо"), kNow)),
              "reauthentication.password_wrong");
  }
  EXPECT_EQ(reason_of(service_.by_password(who(kNow), password("мимо мимо"), kNow)),
            "session.closed_by_failures");
  EXPECT_FALSE(lives(kNow));
  ASSERT_EQ(endings.told.size(), 1U) << "parties the session signed in at are told once";
  EXPECT_EQ(endings.told.front(), closed);
  EXPECT_TRUE(world_.sessions.authenticate(other.token.reveal(), kNow).value());
  EXPECT_NE(world_.history(id_).find("session.closed_by_failures"), std::string::npos);
}

TEST_F(ReauthenticationTest, ARightTryForgivesTheWrongOnes) {
  for (int round = 0; round < 3; ++round) {
    for (int i = 0; i < 4; ++i) {
      EXPECT_FALSE(service_.by_password(who(kNow), password("мимо мимо"), kNow));
    }
    EXPECT_TRUE(service_.by_password(who(kNow), password(), kNow));
  }
}

TEST_F(ReauthenticationTest, ASessionClosedMeanwhileIsNotProven) {
  const auto known = who(kNow);
  ASSERT_TRUE(world_.sessions.close(id_, known.session_id, false, kNow));
  EXPECT_EQ(reason_of(service_.proven(known, {Amr::kPwd}, kNow)), "session.required");
}

TEST_F(ReauthenticationTest, ARegistrationRemembersHowTheNumberWasProven) {
  const auto number = world::phone("+79175550177");
  const auto ticket = world_.ticket(number, kNow);
  ASSERT_TRUE(world_.registrations.set_password(ticket.token, password(), kNow));
  ASSERT_TRUE(world_.registrations.accept_agreement(ticket.token, {1, "ru", "agreement"}, kNow));
  const auto opened =
      world_.registrations.give_consent(ticket.token, {1, "ru", "consent"}, world::device(), kNow);
  ASSERT_TRUE(opened);
  EXPECT_EQ(world_.sessions.authenticate(opened->token.reveal(), kNow).value()->amr.to_text(),
            "sms");
}

}  // namespace
}  // namespace identity
