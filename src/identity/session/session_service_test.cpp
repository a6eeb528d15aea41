#include "identity/session/session_service.h"

#include <gtest/gtest.h>

#include "identity/testing/identity_world.h"

namespace identity {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using world::kNow;
using world::password;
using world::phone;
using world::reason_of;

constexpr auto kDay = hours(24);

class SessionServiceTest : public testing::Test {
 protected:
  core::Result<OpenedSession> sign_in(std::string_view text, core::Instant now = kNow,
                                      std::string_view number = "+79175550142") {
    TRY(const auto outcome, service_.sign_in(phone(number), password(text), world::device(), now));
    return std::get<OpenedSession>(outcome);
  }
  bool lives(const OpenedSession& session, core::Instant now) {
    const bool alive = service_.authenticate(session.token.reveal(), now).value().has_value();
    // That it was used is written down behind the answer, and before this.
    EXPECT_TRUE(world_.databases.data().write([](store::UnitOfWork&) { return core::Status(); }));
    return alive;
  }
  Authenticated who(const OpenedSession& session) {
    return *service_.authenticate(session.token.reveal(), kNow).value();
  }

  world::IdentityWorld world_;
  SessionService& service_ = world_.sessions;
  CitizenId id_ = world_.account();
};

TEST_F(SessionServiceTest, SignsInWithTheRightPassword) {
  const auto session = sign_in(world::kGoodPassword);
  ASSERT_TRUE(session);
  EXPECT_EQ(session->citizen_id, id_);
  EXPECT_EQ(who(*session).session_id, session->session_id);
  EXPECT_EQ(world_.history(id_), "session.opened");
}

TEST_F(SessionServiceTest, RefusesAWrongPasswordAndAnUnknownNumberAlike) {
  const auto wrong = sign_in("не та береста");
  const auto unknown = sign_in(world::kGoodPassword, kNow, "+79175550143");
  ASSERT_FALSE(wrong);
  ASSERT_FALSE(unknown);
  EXPECT_EQ(wrong.error().code, unknown.error().code);
  EXPECT_EQ(wrong.error().reason, "sign_in.refused");
  EXPECT_EQ(wrong.error().reason, unknown.error().reason);
  EXPECT_EQ(wrong.error().attempts_left, unknown.error().attempts_left);
}

TEST_F(SessionServiceTest, RunsTheSameStatementsForAnUnknownNumber) {
  static_cast<void>(world_.databases.statements().take());
  EXPECT_FALSE(sign_in("не та береста"));
  const auto for_known = world_.databases.statements().take();
  EXPECT_FALSE(sign_in("не та береста", kNow, "+79175550143"));
  EXPECT_EQ(for_known, world_.databases.statements().take());
}

TEST_F(SessionServiceTest, StopsStrangersGuessesButNotTheBrowserThatWasSignedInBefore) {
  world::IdentityWorld strict({}, {.strangers_failures_max = 3});
  const auto id = strict.account();
  const auto attempt = [&](std::string_view text, std::string mark) {
    return strict.sessions.sign_in(phone(), password(text), world::device_with(std::move(mark)),
                                   kNow);
  };
  const auto mark = strict.marks.renew("", id, kNow);
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(reason_of(attempt("не та береста", "")), "sign_in.refused");
  }
  EXPECT_EQ(reason_of(attempt(world::kGoodPassword, "")), "sign_in.code_needed");
  EXPECT_EQ(reason_of(attempt("не та береста", mark)), "sign_in.refused");
  EXPECT_EQ(reason_of(attempt(world::kGoodPassword, mark)), "ok");
}

TEST_F(SessionServiceTest, LimitsGuessesOfUnknownNumbersToo) {
  world::IdentityWorld strict({}, {.strangers_failures_max = 1});
  const auto attempt = [&] {
    return reason_of(strict.sessions.sign_in(phone(), password(), world::device(), kNow));
  };
  EXPECT_EQ(attempt(), "sign_in.refused");
  EXPECT_EQ(attempt(), "sign_in.code_needed");
}

TEST_F(SessionServiceTest, DoesNotCountOneNumbersFailuresAgainstAnother) {
  world::IdentityWorld strict({}, {.strangers_failures_max = 1});
  static_cast<void>(strict.account());
  EXPECT_FALSE(strict.sessions.sign_in(phone("+79175550199"), password("не та береста"),
                                       world::device(), kNow));
  EXPECT_TRUE(strict.sessions.sign_in(phone(), password(), world::device(), kNow));
}

TEST_F(SessionServiceTest, MarksTheBrowserThatSignedIn) {
  const auto session = sign_in(world::kGoodPassword).value();
  EXPECT_TRUE(world_.marks.recognise(session.device_mark, id_, kNow));
  EXPECT_EQ(world_.databases.data_bytes().find(session.device_mark), std::string::npos);
}

TEST_F(SessionServiceTest, KeepsOnlyTheHashOfAToken) {
  const auto session = world_.session(id_, kNow);
  EXPECT_EQ(session.token.reveal().size(), 43U) << "256 bits";
  EXPECT_EQ(world_.databases.data_bytes().find(session.token.reveal()), std::string::npos);
}

TEST_F(SessionServiceTest, KnowsNobodyByATokenItNeverGave) {
  const auto session = world_.session(id_, kNow);
  auto altered = session.token.reveal();
  altered[7] = altered[7] == 'A' ? 'B' : 'A';
  for (const auto& token : {altered, std::string(), std::string(100'000, 'A'),
                            session.token.reveal() + "A", std::string("\0\xff", 2)}) {
    EXPECT_FALSE(service_.authenticate(token, kNow).value());
  }
}

TEST_F(SessionServiceTest, EndsAfterAMonthHoweverOftenItIsUsed) {
  const auto session = world_.session(id_, kNow);
  for (int day = 1; day < 30; ++day) EXPECT_TRUE(lives(session, kNow + kDay * day)) << day;
  EXPECT_FALSE(lives(session, kNow + kDay * 30));
}

TEST_F(SessionServiceTest, EndsAfterTwoIdleWeeks) {
  const auto session = world_.session(id_, kNow);
  EXPECT_TRUE(lives(session, kNow + kDay * 13));
  EXPECT_TRUE(lives(session, kNow + kDay * 26)) << "used thirteen days ago";
  const auto idle = world_.session(id_, kNow);
  EXPECT_FALSE(lives(idle, kNow + kDay * 14));
}

TEST_F(SessionServiceTest, WritesDownItsUseNotMoreOftenThanEveryFiveMinutes) {
  const auto session = world_.session(id_, kNow);
  EXPECT_TRUE(lives(session, kNow + minutes(4)));
  EXPECT_EQ(service_.list(id_, kNow).value().front().last_used_at, kNow);
  EXPECT_TRUE(lives(session, kNow + minutes(6)));
  EXPECT_EQ(service_.list(id_, kNow).value().front().last_used_at, kNow + minutes(6));
}

TEST_F(SessionServiceTest, ListsItsOwnersLiveSessionsOnly) {
  const auto mine = world_.session(id_, kNow);
  static_cast<void>(world_.session(world_.account(phone("+79175550199")), kNow));
  const auto listed = service_.list(id_, kNow).value();
  ASSERT_EQ(listed.size(), 1U);
  EXPECT_EQ(listed[0].id, mine.session_id);
  EXPECT_EQ(listed[0].device.description, "Chrome, Android");
  EXPECT_EQ(listed[0].device.network, "203.0.113.0/24");
  EXPECT_TRUE(service_.list(id_, kNow + kDay * 31).value().empty());
}

TEST_F(SessionServiceTest, SignsOutThere) {
  const auto here = world_.session(id_, kNow);
  const auto there = world_.session(id_, kNow);
  ASSERT_TRUE(service_.close(id_, there.session_id, true, kNow + seconds(1)));
  EXPECT_FALSE(lives(there, kNow + seconds(1)));
  EXPECT_TRUE(lives(here, kNow + seconds(1)));
  EXPECT_TRUE(world_.history(id_).starts_with("session.closed_elsewhere "));
}

TEST_F(SessionServiceTest, ClosesASessionOnlyOnce) {
  const auto session = world_.session(id_, kNow);
  ASSERT_TRUE(service_.close(id_, session.session_id, false, kNow));
  EXPECT_EQ(reason_of(service_.close(id_, session.session_id, false, kNow)), "session.unknown");
}

TEST_F(SessionServiceTest, ClosesNobodyElsesSession) {
  const auto other = world_.account(phone("+79175550199"));
  const auto session = world_.session(other, kNow);
  EXPECT_EQ(reason_of(service_.close(id_, session.session_id, true, kNow)), "session.unknown");
  EXPECT_TRUE(lives(session, kNow));
}

TEST_F(SessionServiceTest, ChangesThePasswordAndClosesEveryOtherSession) {
  const auto here = world_.session(id_, kNow);
  const auto there = world_.session(id_, kNow);
  ASSERT_TRUE(service_.change_password(who(here), password(), password("новая береста"), kNow));
  EXPECT_TRUE(lives(here, kNow));
  EXPECT_FALSE(lives(there, kNow));
  EXPECT_EQ(reason_of(sign_in(world::kGoodPassword)), "sign_in.refused");
  EXPECT_EQ(reason_of(sign_in("новая береста")), "ok");
}

TEST_F(SessionServiceTest, LeavesOtherPeoplesSessionsOpenWhenAPasswordChanges) {
  const auto here = world_.session(id_, kNow);
  const auto other = world_.session(world_.account(phone("+79175550199")), kNow);
  ASSERT_TRUE(service_.change_password(who(here), password(), password("новая береста"), kNow));
  EXPECT_TRUE(lives(other, kNow));
}

TEST_F(SessionServiceTest, ChangesNothingWithoutTheCurrentPassword) {
  const auto here = world_.session(id_, kNow);
  const auto there = world_.session(id_, kNow);
  EXPECT_EQ(reason_of(service_.change_password(who(here), password("не та береста"),
                                               password("новая береста"), kNow)),
            "password.current_wrong");
  EXPECT_TRUE(lives(there, kNow));
  EXPECT_EQ(reason_of(sign_in(world::kGoodPassword)), "ok");
}

TEST_F(SessionServiceTest, ClosesTheSessionThatGuessesTheCurrentPassword) {
  const auto here = world_.session(id_, kNow);
  const auto wrong = [&] {
    return reason_of(service_.change_password(who(here), password("не та береста"),
                                              password("новая береста"), kNow));
  };
  for (int i = 1; i < kFailedProofsMax; ++i) EXPECT_EQ(wrong(), "password.current_wrong");
  EXPECT_EQ(wrong(), "session.closed_by_failures");
  EXPECT_FALSE(lives(here, kNow));
  EXPECT_EQ(reason_of(sign_in(world::kGoodPassword)), "ok") << "its owner comes in as before";
}

TEST_F(SessionServiceTest, ChangesToNoForbiddenPassword) {
  const auto here = world_.session(id_, kNow);
  for (const auto* text : {"короче", "password", "89175550142", "9175550142"}) {
    const auto changed = service_.change_password(who(here), password(), password(text), kNow);
    ASSERT_FALSE(changed) << text;
    EXPECT_TRUE(changed.error().reason.starts_with("password.")) << changed.error().reason;
  }
  EXPECT_EQ(reason_of(sign_in(world::kGoodPassword)), "ok");
}

TEST_F(SessionServiceTest, BindsTheCsrfTokenToItsSession) {
  const auto mine = world_.session(id_, kNow);
  const auto other = world_.session(id_, kNow);
  const auto hash = who(mine).token_hash;
  EXPECT_TRUE(service_.is_csrf_token(mine.csrf_token, hash));
  EXPECT_FALSE(service_.is_csrf_token(other.csrf_token, hash));
  EXPECT_FALSE(service_.is_csrf_token(mine.token.reveal(), hash));
  for (const auto* text : {"", "AAAA", "not base64url!", "AAAAAAAAAAAAAAAAAAAAAA"}) {
    EXPECT_FALSE(service_.is_csrf_token(text, hash)) << text;
  }
}

TEST_F(SessionServiceTest, PurgesWhatHasExpired) {
  static_cast<void>(world_.session(id_, kNow));
  const auto fresh = world_.session(id_, kNow + kDay * 20);
  EXPECT_EQ(service_.purge(kNow + kDay * 31).value(), 1);
  EXPECT_TRUE(lives(fresh, kNow + kDay * 31));
}

}  // namespace
}  // namespace identity
