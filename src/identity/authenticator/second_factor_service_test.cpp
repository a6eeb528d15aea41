#include "identity/authenticator/second_factor_service.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "identity/authenticator/authenticator_erasure.h"
#include "identity/authenticator/totp.h"
#include "identity/testing/identity_world.h"
#include "identity/testing/soft_authenticator.h"

namespace identity {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using world::kNow;
using world::reason_of;

core::Bytes from_base32(std::string_view text) {
  constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  core::Bytes bytes;
  std::uint32_t bits = 0;
  int held = 0;
  for (const char c : text) {
    bits = bits << 5U | static_cast<std::uint32_t>(kLetters.find(c));
    held += 5;
    if (held < 8) continue;
    held -= 8;
    bytes.push_back(static_cast<std::uint8_t>(bits >> static_cast<unsigned>(held)));
  }
  return bytes;
}

class SecondFactorTest : public testing::Test {
 protected:
  Authenticated who(core::Instant now = kNow) {
    return *world_.sessions.authenticate(session_.token.reveal(), now).value();
  }
  std::string code(core::Instant now) { return totp_code(secret_, totp_step(now)); }
  /// Turns the code app on; the step of kNow is used up by that.
  void set_up_app() {
    secret_ = from_base32(world_.totp.begin(who(), kNow).value().secret.reveal());
    CORE_ASSERT(world_.totp.confirm(who(), code(kNow), kNow).has_value());
  }
  std::vector<core::Secret<std::string>> make_codes() {
    return world_.recovery_codes.make(who(), kNow).value();
  }
  core::Result<SignInOutcome> sign_in(core::Instant now) {
    return world_.sessions.sign_in(world::phone(), world::password(), world::device(), now);
  }
  Token ticket(core::Instant now) { return std::get<SecondFactorTicket>(*sign_in(now)).token; }
  core::Result<OpenedSession> give(const Token& ticket, const SecondFactor& factor,
                                   core::Instant now) {
    return world_.second_factor.finish(ticket, factor, world::device(), now);
  }
  AmrSet amr_of(const core::Result<OpenedSession>& opened) {
    return world_.sessions.authenticate(opened.value().token.reveal(), kNow).value()->amr;
  }

  world::IdentityWorld world_;
  CitizenId id_ = world_.account();
  OpenedSession session_ = world_.session(id_, kNow);
  core::Bytes secret_;
  core::Instant later_ = kNow + minutes(2);
};

TEST_F(SecondFactorTest, APasswordAloneIsEnoughWhereThereIsNothingElse) {
  EXPECT_TRUE(std::holds_alternative<OpenedSession>(*sign_in(later_)));
}

TEST_F(SecondFactorTest, AnAppIsAskedForOnceItIsConfirmedAndNotBefore) {
  ASSERT_TRUE(world_.totp.begin(who(), kNow));
  EXPECT_TRUE(std::holds_alternative<OpenedSession>(*sign_in(later_)));
  set_up_app();
  const auto asked = std::get<SecondFactorTicket>(*sign_in(later_));
  EXPECT_EQ(asked.methods, std::vector{SecondFactorMethod::kTotp});
  const auto opened = give(asked.token, TotpCode{code(later_)}, later_);
  ASSERT_TRUE(opened);
  EXPECT_EQ(amr_of(opened).to_text(), "pwd otp");
}

TEST_F(SecondFactorTest, ACodeWorksOnceAndNoEarlierOneAfterIt) {
  set_up_app();
  EXPECT_EQ(reason_of(give(ticket(kNow), TotpCode{code(kNow)}, kNow)), "totp.code_wrong")
      << "confirming used it up";
  ASSERT_TRUE(give(ticket(later_), TotpCode{code(later_)}, later_));
  EXPECT_EQ(reason_of(give(ticket(later_), TotpCode{code(later_)}, later_)), "totp.code_wrong");
  EXPECT_EQ(reason_of(give(ticket(later_), TotpCode{code(later_ - seconds(30))}, later_)),
            "totp.code_wrong");
  EXPECT_TRUE(give(ticket(later_), TotpCode{code(later_ + seconds(30))}, later_));
}

TEST_F(SecondFactorTest, OneStepUsedEightTimesAtOnceOpensOneSession) {
  set_up_app();
  std::vector<Token> tickets;
  for (int i = 0; i < 8; ++i) tickets.push_back(ticket(later_));
  std::atomic<int> opened = 0;
  {
    std::vector<std::jthread> tries;
    for (const auto& token : tickets) {
      tries.emplace_back([&, token] {
        if (give(token, TotpCode{code(later_)}, later_)) ++opened;
      });
    }
  }
  EXPECT_EQ(opened, 1);
}

TEST_F(SecondFactorTest, OneRecoveryCodeUsedEightTimesAtOnceOpensOneSession) {
  set_up_app();
  const auto codes = make_codes();
  std::vector<Token> tickets;
  for (int i = 0; i < 8; ++i) tickets.push_back(ticket(later_));
  std::atomic<int> opened = 0;
  {
    std::vector<std::jthread> tries;
    for (const auto& token : tickets) {
      tries.emplace_back([&, token] {
        if (give(token, RecoveryCode{codes.front()}, later_)) ++opened;
      });
    }
  }
  EXPECT_EQ(opened, 1);
  EXPECT_EQ(world_.second_factor.own(id_)->recovery_codes, 9);
}

TEST_F(SecondFactorTest, ARecoveryCodeIsReadAsPeopleTypeIt) {
  set_up_app();
  auto typed = make_codes().front().reveal();
  std::string lower;
  for (const char c : typed) lower += c == '-' ? ' ' : static_cast<char>(std::tolower(c));
  EXPECT_TRUE(give(ticket(later_), RecoveryCode{core::Secret<std::string>(lower)}, later_));
}

TEST_F(SecondFactorTest, NewRecoveryCodesReplaceTheOldAndOthersCodesAreNotMine) {
  set_up_app();
  const auto old = make_codes();
  const auto fresh = make_codes();
  EXPECT_EQ(fresh.size(), RecoveryCodes::kCount);
  EXPECT_EQ(reason_of(give(ticket(later_), RecoveryCode{old.front()}, later_)),
            "recovery_code.wrong");
  EXPECT_EQ(reason_of(give(ticket(later_), RecoveryCode{core::Secret<std::string>("")}, later_)),
            "recovery_code.wrong");
  EXPECT_TRUE(give(ticket(later_), RecoveryCode{fresh.back()}, later_));
  EXPECT_EQ(world_.databases.data_bytes().find(fresh.front().reveal()), std::string::npos);
}

TEST_F(SecondFactorTest, FiveWrongCodesEndTheTicketAndMakeTheAppWait) {
  set_up_app();
  const auto token = ticket(later_);
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(reason_of(give(token, TotpCode{"000000"}, later_)), "totp.code_wrong");
  }
  EXPECT_EQ(reason_of(give(token, TotpCode{code(later_)}, later_)), "second_factor.unknown");
  const auto waiting = give(ticket(later_), TotpCode{code(later_)}, later_);
  EXPECT_EQ(reason_of(waiting), "totp.wait");
  EXPECT_NEAR(waiting.error().retry_after_s, 15 * 60, 2);
  EXPECT_NE(world_.notices(id_).find("second_factor_guessed"), std::string::npos);
  const auto after = later_ + minutes(16);
  EXPECT_TRUE(give(ticket(after), TotpCode{code(after)}, after));
}

TEST_F(SecondFactorTest, TheWaitDoublesSoThatADaysGuessesStayFew) {
  set_up_app();
  int judged = 0;
  for (auto now = later_; now < later_ + hours(24 * 7); now = now + minutes(5)) {
    const auto reason = reason_of(world_.totp.spend(id_, "000000", now));
    judged += reason == "totp.code_wrong" ? 1 : 0;
  }
  EXPECT_LE(judged, 20) << "a week of guessing";
}

TEST_F(SecondFactorTest, APasskeyIsASecondFactorForItsOwnAccountAndTicketAlone) {
  world::SoftAuthenticator device(world_.databases.rng());
  const auto creation = world_.passkeys.begin_creation(who(), kNow).value();
  ASSERT_TRUE(world_.passkeys.create(who(), device.create(creation.challenge), "ключ", kNow));
  const auto token = ticket(later_);
  const auto asked = world_.second_factor.begin_passkey(token, later_).value();
  EXPECT_EQ(asked.allow, std::vector<core::Bytes>{device.credential_id()});
  const auto other = ticket(later_);
  EXPECT_EQ(reason_of(give(other, device.get(asked.challenge, {}), later_)),
            "passkey.challenge_unknown");
  const auto opened = give(token, device.get(asked.challenge, {}, {.flags = 0x01}), later_);
  ASSERT_TRUE(opened) << "beside a password the key need not check who holds it";
  EXPECT_EQ(amr_of(opened).to_text(), "pwd hwk user");
  EXPECT_EQ(amr_of(opened).aal(), Aal::kTwo);
}

TEST_F(SecondFactorTest, ATicketLivesTenMinutesAndNobodysTicketOpensNothing) {
  set_up_app();
  const auto token = ticket(later_);
  const auto late = later_ + minutes(10);
  EXPECT_EQ(reason_of(give(token, TotpCode{code(late)}, late)), "second_factor.unknown");
  EXPECT_EQ(reason_of(give(Token("AAAA"), TotpCode{code(late)}, late)), "second_factor.unknown");
}

TEST_F(SecondFactorTest, ThePhoneIsNoSecondFactorForWhoHasSomethingStronger) {
  set_up_app();
  const auto proof = world_.ticket(world::phone(), later_);
  EXPECT_EQ(reason_of(give(ticket(later_), PhoneProof{proof.token}, later_)),
            "second_factor.method");
}

TEST_F(SecondFactorTest, ThePhoneAloneRecoversNoAccountThatHasAnApp) {
  set_up_app();
  const auto recover =
      [&](const std::optional<core::Secret<std::string>>& recovery_code) -> core::Status {
    const auto proof = world_.ticket(world::phone(), later_);
    TRY_VOID(
        world_.registrations.set_password(proof.token, world::password("новая береста"), later_));
    TRY_VOID(world_.registrations.recover(proof.token, recovery_code, world::device(), later_));
    return core::Status();
  };
  EXPECT_EQ(reason_of(recover({})), "recovery.provider_needed") << "there are no codes";
  const auto codes = make_codes();
  EXPECT_EQ(reason_of(recover({})), "recovery.proof_needed");
  EXPECT_EQ(reason_of(recover(core::Secret<std::string>("0000-0000-0000"))), "recovery_code.wrong");
  EXPECT_TRUE(recover(codes.front()));
}

TEST_F(SecondFactorTest, ACodeOfTheAppIsNoRecentProof) {
  set_up_app();
  const auto late = kNow + hours(1);
  const auto known = world_.second_factor.prove(who(late), TotpCode{code(late)}, late);
  ASSERT_TRUE(known);
  EXPECT_EQ(known->aal, Aal::kTwo);
  EXPECT_EQ(reason_of(world_.totp.remove(who(late), late)), "reauthentication.required");
  ASSERT_TRUE(world_.second_factor.prove(who(late), world::password(), late));
  EXPECT_TRUE(world_.totp.remove(who(late), late));
  EXPECT_TRUE(std::holds_alternative<OpenedSession>(*sign_in(late)));
}

TEST_F(SecondFactorTest, APasskeyLetsItsOwnerSetANewPasswordWithoutTheOld) {
  const auto late = kNow + hours(1);
  EXPECT_EQ(reason_of(world_.sessions.change_password(who(late), {},
                                                      world::password("новая береста"), late)),
            "reauthentication.required");
  ASSERT_TRUE(world_.reauthentication.proven(who(late), {Amr::kHwk, Amr::kUser}, late));
  EXPECT_EQ(reason_of(world_.sessions.change_password(who(late), {},
                                                      world::password("новая береста"), late)),
            "reauthentication.required")
      << "a key that did not check its holder is not enough";
  ASSERT_TRUE(world_.reauthentication.proven(who(late), {Amr::kMfa}, late));
  EXPECT_TRUE(
      world_.sessions.change_password(who(late), {}, world::password("новая береста"), late));
  EXPECT_NE(world_.notices(id_).find("password_changed"), std::string::npos);
}

TEST_F(SecondFactorTest, PolicyMayAskEverybodyToProveTheirNumber) {
  SecondFactorGate strict(SecondFactorDemand::kEverybody, world_.databases.rng());
  const auto asked = world_.databases.data().write(
      [&](store::UnitOfWork& unit) { return strict.ask(unit, id_, {Amr::kPwd}, later_); });
  ASSERT_TRUE(asked.value());
  EXPECT_EQ((*asked)->methods, std::vector{SecondFactorMethod::kPhone});
  const auto stranger = world_.ticket(world::phone("+79175550188"), later_);
  EXPECT_EQ(reason_of(give((*asked)->token, PhoneProof{stranger.token}, later_)),
            "registration.unknown");
  const auto proof = world_.ticket(world::phone(), later_);
  const auto opened = give((*asked)->token, PhoneProof{proof.token}, later_);
  ASSERT_TRUE(opened);
  EXPECT_EQ(amr_of(opened).to_text(), "pwd sms");
  EXPECT_EQ(amr_of(opened).aal(), Aal::kOne);
}

TEST_F(SecondFactorTest, NothingIsLeftOfADeletedAccount) {
  set_up_app();
  static_cast<void>(make_codes());
  world::SoftAuthenticator device(world_.databases.rng());
  const auto creation = world_.passkeys.begin_creation(who(), kNow).value();
  ASSERT_TRUE(world_.passkeys.create(who(), device.create(creation.challenge), "ключ", kNow));
  ASSERT_TRUE(world_.databases.data().write(
      [&](store::UnitOfWork& unit) { return erase_authenticators(unit, id_); }));
  const auto own = world_.second_factor.own(id_).value();
  EXPECT_FALSE(own.passkey || own.totp);
  EXPECT_EQ(own.recovery_codes, 0);
  const auto begun = world_.passkeys.begin_sign_in(later_).value();
  EXPECT_EQ(
      reason_of(world_.passkeys.sign_in(device.get(begun.request.challenge, creation.user_handle),
                                        begun.browser_token, world::device(), later_)),
      "passkey.unknown");
}

TEST_F(SecondFactorTest, ANewDeviceIsToldAndAKnownOneIsNot) {
  EXPECT_EQ(world_.notices(id_), "new_device") << "the browser of the session there is";
  const auto opened = std::get<OpenedSession>(*sign_in(later_));
  EXPECT_EQ(world_.notices(id_), "new_device new_device") << "a browser without a mark";
  auto known = world::device();
  known.mark = opened.device_mark;
  ASSERT_TRUE(world_.sessions.sign_in(world::phone(), world::password(), known, later_));
  EXPECT_EQ(world_.notices(id_), "new_device new_device") << "the same browser again";
}

}  // namespace
}  // namespace identity
