#include "core/local_time.h"

#include <gtest/gtest.h>

namespace core {
namespace {

const auto kLate = *from_rfc3339("2026-12-31T22:06:59Z");

TEST(LocalTime, IsTheDayAndClockOfTheRegion) {
  EXPECT_EQ(LocalTime(180, "ru").moment(kLate), "1 января 2027, 01:06");
  EXPECT_EQ(LocalTime(180, "en").moment(kLate), "1 January 2027, 01:06");
  EXPECT_EQ(LocalTime(0, "ru").moment(kLate), "31 декабря 2026, 22:06");
  EXPECT_EQ(LocalTime(-330, "en").moment(kLate), "31 December 2026, 16:36");
}

TEST(LocalTime, ReadsTheTextOfAMomentAndLeavesOthersAlone) {
  EXPECT_EQ(LocalTime(360, "ru").moment("2026-05-09T03:00:00Z"), "9 мая 2026, 09:00");
  EXPECT_EQ(LocalTime(360, "ru").moment("никогда"), "никогда");
}

TEST(LocalTime, DaysDoNotShift) {
  EXPECT_EQ(LocalTime(-840, "ru").day({2026, 2, 1}), "1 февраля 2026");
}

TEST(LocalTime, NamesItsZone) {
  EXPECT_EQ(LocalTime(180, "ru").zone(), "UTC+3");
  EXPECT_EQ(LocalTime(330, "ru").zone(), "UTC+5:30");
  EXPECT_EQ(LocalTime(-210, "ru").zone(), "UTC-3:30");
  EXPECT_EQ(LocalTime(0, "ru").zone(), "UTC");
}

}  // namespace
}  // namespace core
