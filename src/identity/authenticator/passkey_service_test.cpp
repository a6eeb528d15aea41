#include "identity/authenticator/passkey_service.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "identity/testing/identity_world.h"
#include "identity/testing/soft_authenticator.h"

namespace identity {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using world::kNow;
using world::Lies;
using world::reason_of;

class PasskeyServiceTest : public testing::Test {
 protected:
  Authenticated who(core::Instant now = kNow) {
    return *world_.sessions.authenticate(session_.token.reveal(), now).value();
  }
  core::Result<Passkey> add(world::SoftAuthenticator& device, const Lies& lies = {},
                            core::Instant now = kNow) {
    TRY(const auto creation, service_.begin_creation(who(now), now));
    user_handle_ = creation.user_handle;
    return service_.create(who(now), device.create(creation.challenge, lies), "Мой телефон", now);
  }
  core::Result<OpenedSession> sign_in(world::SoftAuthenticator& device, const Lies& lies = {},
                                      core::Instant now = kNow + minutes(1)) {
    const auto begun = service_.begin_sign_in(now).value();
    return service_.sign_in(device.get(begun.request.challenge, user_handle_, lies),
                            begun.browser_token, world::device(), now);
  }

  world::IdentityWorld world_;
  PasskeyService& service_ = world_.passkeys;
  CitizenId id_ = world_.account();
  OpenedSession session_ = world_.session(id_, kNow);
  world::SoftAuthenticator device_{world_.databases.rng()};
  core::Bytes user_handle_;
};

TEST_F(PasskeyServiceTest, SignsInWithoutANameBeingTyped) {
  ASSERT_TRUE(add(device_));
  const auto opened = sign_in(device_);
  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->citizen_id, id_);
  const auto known = *world_.sessions.authenticate(opened->token.reveal(), kNow).value();
  EXPECT_EQ(known.amr.to_text(), "hwk user mfa");
  EXPECT_EQ(known.aal, Aal::kTwo);
}

TEST_F(PasskeyServiceTest, AKeyThatMayBeCopiedIsNamedSo) {
  const Lies synced{.flags = 0x1D};
  ASSERT_TRUE(add(device_, synced));
  EXPECT_TRUE(service_.list(id_).value().front().synced);
  const auto opened = sign_in(device_, synced);
  ASSERT_TRUE(opened);
  EXPECT_EQ(world_.sessions.authenticate(opened->token.reveal(), kNow).value()->amr.to_text(),
            "swk user mfa");
}

TEST_F(PasskeyServiceTest, ASelfAttestationIsCheckedAndTaken) {
  EXPECT_TRUE(add(device_, {.format = "packed"}));
  world::SoftAuthenticator other(world_.databases.rng());
  EXPECT_EQ(reason_of(add(other, {.spoil_signature = true, .format = "packed"})),
            "passkey.refused");
}

TEST_F(PasskeyServiceTest, RefusesEveryLieOfARegistration) {
  const std::vector<std::pair<std::string, Lies>> lies{
      {"passkey.refused", {.origin = "http://localhost:8081"}},
      {"passkey.refused", {.origin = "https://localhost:8080"}},
      {"passkey.refused", {.origin = "http://localhost:8080.evil.example"}},
      {"passkey.refused", {.origin = "http://localhost:8080/"}},
      {"passkey.refused", {.rp_id = "evil.example"}},
      {"passkey.refused", {.rp_id = "localhost:8080"}},
      {"passkey.refused", {.type = "webauthn.get"}},
      {"passkey.refused", {.flags = 0x04}},
      {"passkey.refused", {.flags = 0x01}},
      {"passkey.refused", {.cross_origin = true}},
      {"passkey.malformed", {.flags = 0x15}},
      {"passkey.malformed", {.flags = 0x85}},
      {"passkey.malformed", {.format = "fido-u2f"}},
      {"passkey.malformed", {.alg = -35}},
      {"passkey.malformed", {.alg = -257}},
  };
  for (const auto& [reason, lie] : lies) {
    world::SoftAuthenticator device(world_.databases.rng());
    EXPECT_EQ(reason_of(add(device, lie)), reason);
  }
  EXPECT_TRUE(service_.list(id_).value().empty());
}

TEST_F(PasskeyServiceTest, RefusesEveryLieOfASignIn) {
  ASSERT_TRUE(add(device_));
  const std::vector<Lies> lies{
      {.origin = "http://localhost:8081"},
      {.origin = "http://evil.example"},
      {.rp_id = "evil.example"},
      {.type = "webauthn.create"},
      {.flags = 0x04},
      {.flags = 0x01},
      {.flags = 0x0D},
      {.cross_origin = true},
      {.spoil_signature = true},
  };
  for (const auto& lie : lies) EXPECT_EQ(reason_of(sign_in(device_, lie)), "passkey.refused");
  EXPECT_TRUE(sign_in(device_)) << "and none of it did harm";
}

TEST_F(PasskeyServiceTest, AnotherUserHandleIsAnotherPerson) {
  ASSERT_TRUE(add(device_));
  EXPECT_EQ(reason_of(sign_in(device_, {.user_handle = core::Bytes(32, 7)})), "passkey.unknown");
  EXPECT_EQ(reason_of(sign_in(device_, {.user_handle = core::Bytes()})), "passkey.unknown");
}

TEST_F(PasskeyServiceTest, AChallengeWorksOnceInOneBrowserForOnePurposeAndFiveMinutes) {
  ASSERT_TRUE(add(device_));
  const auto begun = service_.begin_sign_in(kNow).value();
  const auto& challenge = begun.request.challenge;
  const auto attempt = [&](const Token& browser, core::Instant now) {
    return reason_of(
        service_.sign_in(device_.get(challenge, user_handle_), browser, world::device(), now));
  };
  EXPECT_EQ(attempt(Token("another browser"), kNow), "passkey.challenge_unknown");
  EXPECT_EQ(attempt(begun.browser_token, kNow + minutes(5)), "passkey.challenge_unknown");
  EXPECT_EQ(attempt(begun.browser_token, kNow + minutes(4)), "ok");
  EXPECT_EQ(attempt(begun.browser_token, kNow + minutes(4)), "passkey.challenge_unknown");
  const auto creation = service_.begin_creation(who(), kNow).value();
  EXPECT_EQ(reason_of(service_.sign_in(device_.get(creation.challenge, user_handle_),
                                       begun.browser_token, world::device(), kNow)),
            "passkey.challenge_unknown");
}

TEST_F(PasskeyServiceTest, AChallengeOfOurOwnMakingIsNotTakenFromOthers) {
  ASSERT_TRUE(add(device_));
  const auto begun = service_.begin_sign_in(kNow).value();
  for (std::size_t i = 0; i < begun.request.challenge.size(); ++i) {
    auto altered = begun.request.challenge;
    altered[i] ^= 1U;
    EXPECT_EQ(reason_of(service_.sign_in(device_.get(altered, user_handle_), begun.browser_token,
                                         world::device(), kNow)),
              "passkey.challenge_unknown");
  }
}

TEST_F(PasskeyServiceTest, ACounterThatGoesBackIsACopyAndItsOwnerIsTold) {
  ASSERT_TRUE(add(device_));
  device_.count = 10;
  ASSERT_TRUE(sign_in(device_));
  auto at = kNow + minutes(2);  // a minute apart each: the history of one moment has no order
  for (const std::uint32_t count : {0U, 5U, 11U}) {
    EXPECT_EQ(reason_of(sign_in(device_, {.sign_count = count}, at)), "passkey.copied") << count;
    at = at + minutes(1);
  }
  EXPECT_TRUE(world_.history(id_).starts_with("passkey.copied passkey.copied passkey.copied"));
  EXPECT_TRUE(world_.notices(id_).find("passkey_copied") != std::string::npos);
  EXPECT_TRUE(sign_in(device_, {.sign_count = 12}));
}

TEST_F(PasskeyServiceTest, ADeviceThatDoesNotCountMayGoOnNotCounting) {
  const Lies zero{.sign_count = 0};
  ASSERT_TRUE(add(device_, zero));
  EXPECT_TRUE(sign_in(device_, zero));
  EXPECT_TRUE(sign_in(device_, zero));
}

TEST_F(PasskeyServiceTest, OneAssertionSentTwiceOpensOneSession) {
  ASSERT_TRUE(add(device_));
  const auto begun = service_.begin_sign_in(kNow).value();
  const auto sent = device_.get(begun.request.challenge, user_handle_);
  std::atomic<int> opened = 0;
  {
    std::vector<std::jthread> tries;
    for (int i = 0; i < 8; ++i) {
      tries.emplace_back([&] {
        if (service_.sign_in(sent, begun.browser_token, world::device(), kNow)) ++opened;
      });
    }
  }
  EXPECT_EQ(opened, 1);
}

TEST_F(PasskeyServiceTest, APasskeyIsAddedAndRemovedOnlyAfterARecentProof) {
  const auto passkey = add(device_);
  ASSERT_TRUE(passkey);
  const auto later = kNow + minutes(10);
  EXPECT_EQ(reason_of(service_.begin_creation(who(later), later)), "reauthentication.required");
  EXPECT_EQ(reason_of(service_.remove(who(later), passkey->id, later)),
            "reauthentication.required");
  EXPECT_TRUE(service_.remove(who(), passkey->id, kNow));
  EXPECT_EQ(reason_of(sign_in(device_)), "passkey.unknown");
}

TEST_F(PasskeyServiceTest, TheSameKeyIsNotAddedTwiceAndIsLeftOutByTheDevice) {
  ASSERT_TRUE(add(device_));
  EXPECT_EQ(service_.begin_creation(who(), kNow)->exclude,
            std::vector<core::Bytes>{device_.credential_id()});
  EXPECT_EQ(reason_of(add(device_)), "passkey.already_here");
}

TEST_F(PasskeyServiceTest, SomebodyElsesKeyIsNeitherSeenNorTouched) {
  const auto passkey = add(device_);
  ASSERT_TRUE(passkey);
  const auto other = world_.account(world::phone("+79175550199"));
  EXPECT_TRUE(service_.list(other).value().empty());
  EXPECT_EQ(reason_of(service_.rename(other, passkey->id, "моё")), "passkey.not_found");
  EXPECT_TRUE(service_.rename(id_, passkey->id, "Ноутбук"));
  EXPECT_EQ(service_.list(id_).value().front().name, "Ноутбук");
  for (const auto& name : {std::string(), std::string(65, 'x'), std::string("a\nb")}) {
    EXPECT_EQ(reason_of(service_.rename(id_, passkey->id, name)), "passkey.name");
  }
}

}  // namespace
}  // namespace identity
