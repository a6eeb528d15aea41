// What tests of challenges share: a world with easy work, and codes asked for and answered the
// short way. For tests only.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "identity/testing/identity_world.h"

namespace world {

/// Another number for each i.
inline identity::PhoneNumber phone_number(int i) {
  return phone("+7917555" + std::to_string(1000 + i));
}

class ChallengeTest : public testing::Test {
 protected:
  explicit ChallengeTest(identity::GatePolicy policy = easy_work())
      : world_({}, {}, std::move(policy)) {}

  identity::Challenge start(core::Instant now = kNow,
                            identity::Channel channel = identity::Channel::kCall) {
    return world_.challenges.start(phone(), channel, "ru", now).value();
  }
  core::Result<identity::RegistrationTicket> answer(const identity::Challenge& challenge,
                                                    std::string_view code,
                                                    core::Instant now = kNow) {
    return world_.challenges.answer(challenge.id, core::Secret<std::string>(std::string(code)),
                                    now);
  }
  core::Result<identity::RegistrationTicket> answer_right(const identity::Challenge& challenge,
                                                          core::Instant now = kNow) {
    return world_.challenges.answer(challenge.id, world_.code_of(challenge.id), now);
  }
  core::Result<identity::Challenge> start_from(identity::Asker asker, core::Instant now,
                                               identity::Channel channel) {
    return world_.challenges.start(phone(), channel, asker, now);
  }
  /// As somebody who did the work that is asked for.
  core::Result<identity::Challenge> start_working(
      identity::Asker asker, core::Instant now,
      identity::Channel channel = identity::Channel::kSms) {
    const auto puzzle = world_.challenges.prepare_work(phone(), asker, now).value();
    asker.work = solved(puzzle);
    return start_from(asker, now, channel);
  }
  static identity::Asker browser(std::string token) {
    identity::Asker asker("ru");
    asker.browser = std::move(token);
    return asker;
  }
  std::string wrong_for(const identity::Challenge& challenge) {
    auto code = world_.code_of(challenge.id).reveal();
    code.back() = code.back() == '0' ? '1' : '0';
    return code;
  }
  std::int64_t tickets() {
    return number(world_.databases.data(), "SELECT CAST(COUNT(*) AS BIGINT) FROM registration");
  }
  std::int64_t outbox_rows() {
    return number(world_.databases.data(),
                  "SELECT CAST(COUNT(*) AS BIGINT) FROM outbox"
                  " WHERE kind <> 'account.notice_mail'");
  }

  IdentityWorld world_;
};

}  // namespace world
