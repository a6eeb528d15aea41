#include "core/work_calendar.h"

#include <gtest/gtest.h>

#include <random>

namespace core {
namespace {

/// A made-up country: weekends, a New Year of eight days, a Saturday worked for a Monday off.
WorkCalendar::Rules rules() {
  return {
      .first = {2025, 1, 1},
      .last = {2025, 12, 31},
      .weekly_days_off = {6, 7},
      .public_holidays = {{1, 1}, {1, 2}, {1, 3}, {1, 4}, {1, 5}, {1, 6}, {1, 7}, {1, 8}, {5, 9}},
      .moved_days_off = {{2025, 11, 3}},
      .moved_working_days = {{2025, 11, 1}},
      .utc_offset_minutes = 180};
}

WorkCalendar calendar() { return WorkCalendar::make(rules()).value(); }
Date day(std::string_view text) { return Date::parse(text).value(); }
std::string after(std::string_view from, int count) {
  const auto result = calendar().add_working_days(day(from), count);
  return result ? result->to_string() : result.error().detail;
}
std::string fault_of(const WorkCalendar::Rules& changed) {
  const auto made = WorkCalendar::make(changed);
  return made ? "none" : made.error().detail;
}

TEST(WorkCalendar, CountsNeitherTheFirstDayNorDaysOff) {
  EXPECT_EQ(after("2025-03-03", 1), "2025-03-04");
  EXPECT_EQ(after("2025-03-03", 5), "2025-03-10");
  EXPECT_EQ(after("2025-03-07", 1), "2025-03-10") << "Friday, then Monday";
  EXPECT_EQ(after("2025-03-08", 1), "2025-03-10") << "what comes on a Saturday counts from Monday";
  EXPECT_EQ(after("2025-03-08", 0), "2025-03-08");
}

TEST(WorkCalendar, StepsOverALongHoliday) {
  EXPECT_EQ(after("2025-01-01", 1), "2025-01-09");
  EXPECT_EQ(after("2025-01-05", 2), "2025-01-10");
  EXPECT_EQ(after("2025-05-08", 1), "2025-05-12") << "a holiday on a Friday";
}

TEST(WorkCalendar, TakesAMovedSaturdayAsAWorkingDayAndItsMondayAsADayOff) {
  EXPECT_EQ(after("2025-10-31", 1), "2025-11-01");
  EXPECT_EQ(after("2025-10-31", 2), "2025-11-04");
  EXPECT_EQ(calendar().working_on_or_after(day("2025-11-02"))->to_string(), "2025-11-04");
  EXPECT_EQ(calendar().working_on_or_after(day("2025-11-01"))->to_string(), "2025-11-01");
}

TEST(WorkCalendar, SaysWhereItEndsInsteadOfGuessing) {
  EXPECT_EQ(after("2025-12-30", 1), "2025-12-31");
  EXPECT_EQ(after("2025-12-30", 2), "the calendar ends on 2025-12-31");
  EXPECT_EQ(after("2026-01-01", 0), "the calendar ends on 2025-12-31");
  EXPECT_EQ(after("2024-12-31", 1), "the calendar begins on 2025-01-01");
  const auto asked = calendar().is_working(day("2026-01-01"));
  ASSERT_FALSE(asked);
  EXPECT_EQ(asked.error().code, ErrorCode::kUnavailable);
  EXPECT_EQ(asked.error().reason, "calendar.ended");
  EXPECT_EQ(calendar().is_working(day("2024-12-31")).error().reason, "calendar.not_begun");
  EXPECT_FALSE(calendar().count_working_days(day("2025-12-30"), day("2026-01-02")));
}

TEST(WorkCalendar, BeginsItsDaysAtItsOwnMidnight) {
  // 20:59:59Z is still that day at +03:00, 21:00:00Z is the next one.
  const auto late = from_rfc3339("2025-03-03T20:59:59Z").value();
  EXPECT_EQ(calendar().day_of(late), day("2025-03-03"));
  EXPECT_EQ(calendar().day_of(late + std::chrono::seconds(1)), day("2025-03-04"));
  EXPECT_EQ(to_rfc3339(calendar().end_of(day("2025-03-03"))), "2025-03-03T21:00:00Z");
  auto west = rules();
  west.utc_offset_minutes = -570;
  const auto made = WorkCalendar::make(west).value();
  EXPECT_EQ(to_rfc3339(made.end_of(day("2025-03-03"))), "2025-03-04T09:30:00Z");
  EXPECT_EQ(made.day_of(made.end_of(day("2025-02-28"))), day("2025-03-01"));
}

TEST(WorkCalendar, RefusesRulesThatCannotBe) {
  auto changed = rules();
  changed.last = {2024, 12, 31};
  EXPECT_EQ(fault_of(changed), "it ends on 2024-12-31, before it begins on 2025-01-01");
  changed = rules();
  changed.weekly_days_off = {1, 2, 3, 4, 5, 6, 7};
  EXPECT_EQ(fault_of(changed), "no day of the week is working");
  changed.weekly_days_off = {8};
  EXPECT_EQ(fault_of(changed), "a day of the week is 1 to 7");
  changed = rules();
  changed.moved_days_off.push_back({2026, 1, 12});
  EXPECT_EQ(fault_of(changed), "2026-01-12 is outside the days the calendar covers");
  changed = rules();
  changed.moved_days_off.push_back({2025, 11, 2});
  EXPECT_EQ(fault_of(changed), "2025-11-02 is a day off anyway");
  changed = rules();
  changed.moved_working_days.push_back({2025, 11, 5});
  EXPECT_EQ(fault_of(changed), "2025-11-05 is working anyway");
  changed = rules();
  changed.moved_days_off.push_back({2025, 11, 3});
  EXPECT_EQ(fault_of(changed), "2025-11-03 stands twice");
  changed = rules();
  changed.last = {2080, 1, 1};
  EXPECT_EQ(fault_of(changed), "too long");
}

/// Any week, any holidays, any moves that move something.
WorkCalendar::Rules random_rules(std::mt19937_64& dice) {
  WorkCalendar::Rules made{.first = {2025, 1, 1},
                           .last = {2027, 12, 31},
                           .weekly_days_off = {},
                           .public_holidays = {},
                           .moved_days_off = {},
                           .moved_working_days = {},
                           .utc_offset_minutes = static_cast<int>(dice() % 1681) - 840};
  for (int one = 1; one <= 7; ++one) {
    if (dice() % 3 == 0) made.weekly_days_off.push_back(one);
  }
  if (made.weekly_days_off.size() == 7) made.weekly_days_off.pop_back();
  for (int i = 0; i < 20; ++i) {
    made.public_holidays.push_back(
        {static_cast<int>(dice() % 12) + 1, static_cast<int>(dice() % 28) + 1});
  }
  const auto plain = WorkCalendar::make(made).value();
  for (Date at = made.first; at <= made.last; at = add_days(at, 1)) {
    if (dice() % 40 != 0) continue;
    (*plain.is_working(at) ? made.moved_days_off : made.moved_working_days).push_back(at);
  }
  return made;
}

TEST(WorkCalendar, AgreesWithCountingByHandWhateverTheRules) {
  std::mt19937_64 dice(20270101);
  for (int round = 0; round < 200; ++round) {
    const auto made = WorkCalendar::make(random_rules(dice)).value();
    for (int i = 0; i < 50; ++i) {
      const Date from = add_days(made.first(), static_cast<int>(dice() % 1095));
      const int count = static_cast<int>(dice() % 40);
      const auto to = made.add_working_days(from, count);
      if (!to) {
        EXPECT_EQ(to.error().reason, "calendar.ended");
        continue;
      }
      int seen = 0;
      for (Date at = add_days(from, 1); at <= *to; at = add_days(at, 1)) {
        seen += *made.is_working(at) ? 1 : 0;
      }
      EXPECT_EQ(seen, count);
      EXPECT_EQ(made.count_working_days(from, *to), count);
      EXPECT_TRUE(count == 0 || *made.is_working(*to)) << "a term ends on a working day";
      EXPECT_EQ(made.day_of(made.end_of(*to)), add_days(*to, 1));
      EXPECT_EQ(made.day_of(made.end_of(*to) - Duration(1)), *to);
    }
  }
}

TEST(WorkCalendar, NeverEndsEarlierForALongerTermOrALaterBegin) {
  std::mt19937_64 dice(7);
  for (int round = 0; round < 100; ++round) {
    const auto made = WorkCalendar::make(random_rules(dice)).value();
    const Date from = add_days(made.first(), static_cast<int>(dice() % 900));
    Date before = from;
    for (int count = 0; count < 30; ++count) {
      const auto to = made.add_working_days(from, count);
      const auto later = made.add_working_days(add_days(from, 1), count);
      if (!to || !later) break;
      EXPECT_TRUE(count == 0 || before < *to);
      EXPECT_LE(*to, *later);
      before = *to;
    }
  }
}

}  // namespace
}  // namespace core
