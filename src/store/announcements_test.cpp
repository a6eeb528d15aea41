#include "store/announcements.h"

#include <gtest/gtest.h>

#include <thread>

namespace store {
namespace {

using namespace std::chrono_literals;
using std::chrono::steady_clock;

TEST(Announcement, IsCountedPerTopic) {
  Announcements announcements;
  announcements.publish("a");
  announcements.publish("a");
  EXPECT_EQ(announcements.count("a"), 2U);
  EXPECT_EQ(announcements.count("b"), 0U);
}

TEST(Announcement, MadeBeforeTheWaitIsNotMissed) {
  Announcements announcements;
  const auto seen = announcements.count("a");
  announcements.publish("a");
  const auto started = steady_clock::now();
  EXPECT_EQ(announcements.wait("a", seen, 10s, {}), seen + 1);
  EXPECT_LT(steady_clock::now() - started, 5s);
}

TEST(Announcement, WakesAWaiterOfItsTopicOnly) {
  Announcements announcements;
  std::jthread publisher([&] {
    std::this_thread::sleep_for(20ms);
    announcements.publish("b");
    announcements.publish("a");
  });
  EXPECT_EQ(announcements.wait("a", 0, 10s, {}), 1U);
}

TEST(Announcement, WaitEndsAfterItsTimeAndWhenStopIsAskedFor) {
  const Announcements announcements;
  EXPECT_EQ(announcements.wait("a", 0, 10ms, {}), 0U);
  std::stop_source stop;
  std::jthread stopper([&] {
    std::this_thread::sleep_for(20ms);
    stop.request_stop();
  });
  const auto started = steady_clock::now();
  EXPECT_EQ(announcements.wait("a", 0, 10s, stop.get_token()), 0U);
  EXPECT_LT(steady_clock::now() - started, 5s);
}

}  // namespace
}  // namespace store
