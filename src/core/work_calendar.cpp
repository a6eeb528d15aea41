#include "core/work_calendar.h"

#include <algorithm>

#include "core/assert.h"

namespace core {
namespace {

std::chrono::sys_days to_sys(const Date& day) {
  return std::chrono::year_month_day(std::chrono::year(day.year),
                                     std::chrono::month(static_cast<unsigned>(day.month)),
                                     std::chrono::day(static_cast<unsigned>(day.day)));
}

Date from_sys(std::chrono::sys_days day) {
  const std::chrono::year_month_day ymd(day);
  return {static_cast<int>(ymd.year()), static_cast<int>(static_cast<unsigned>(ymd.month())),
          static_cast<int>(static_cast<unsigned>(ymd.day()))};
}

int days_between(const Date& from, const Date& to) {
  return static_cast<int>((to_sys(to) - to_sys(from)).count());
}

bool holds(const auto& list, const auto& value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

tl::unexpected<Error> malformed(std::string detail) {
  return fail(ErrorCode::kInvalidInput, "calendar.malformed", std::move(detail));
}

bool is_usually_off(const WorkCalendar::Rules& rules, const Date& day) {
  return holds(rules.weekly_days_off, weekday_of(day)) ||
         holds(rules.public_holidays, MonthDay{day.month, day.day});
}

Status check_moved(const WorkCalendar::Rules& rules, const std::vector<Date>& moved, bool to_off) {
  for (const auto& day : moved) {
    if (day < rules.first || day > rules.last) {
      return malformed(day.to_string() + " is outside the days the calendar covers");
    }
    if (is_usually_off(rules, day) == to_off) {
      return malformed(day.to_string() + (to_off ? " is a day off anyway" : " is working anyway"));
    }
    if (std::count(moved.begin(), moved.end(), day) != 1) {
      return malformed(day.to_string() + " stands twice");
    }
  }
  return {};
}

Status check_rules(const WorkCalendar::Rules& rules) {
  if (rules.last < rules.first) {
    return malformed("it ends on " + rules.last.to_string() + ", before it begins on " +
                     rules.first.to_string());
  }
  if (rules.last.year - rules.first.year > WorkCalendar::kYearsMax) return malformed("too long");
  for (const int day : rules.weekly_days_off) {
    if (day < 1 || day > 7) return malformed("a day of the week is 1 to 7");
  }
  const auto working = [&](int day) { return !holds(rules.weekly_days_off, day); };
  if (![&] {
        for (int day = 1; day <= 7; ++day) {
          if (working(day)) return true;
        }
        return false;
      }()) {
    return malformed("no day of the week is working");
  }
  TRY_VOID(check_moved(rules, rules.moved_days_off, true));
  return check_moved(rules, rules.moved_working_days, false);
}

}  // namespace

Date add_days(const Date& day, int days) { return from_sys(to_sys(day) + std::chrono::days(days)); }

int weekday_of(const Date& day) {
  return static_cast<int>(std::chrono::weekday(to_sys(day)).iso_encoding());
}

Result<WorkCalendar> WorkCalendar::make(const Rules& rules) {
  TRY_VOID(check_rules(rules));
  WorkCalendar calendar;
  calendar.first_ = rules.first;
  calendar.last_ = rules.last;
  calendar.utc_offset_minutes_ = rules.utc_offset_minutes;
  calendar.weekly_days_off_ = rules.weekly_days_off;
  for (Date day = rules.first; day <= rules.last; day = add_days(day, 1)) {
    const bool moved = holds(rules.moved_working_days, day);
    calendar.working_.push_back(moved ||
                                (!is_usually_off(rules, day) && !holds(rules.moved_days_off, day)));
  }
  return calendar;
}

Result<std::size_t> WorkCalendar::index_of(const Date& day) const {
  if (day < first_) {
    return fail(ErrorCode::kUnavailable, "calendar.not_begun",
                "the calendar begins on " + first_.to_string());
  }
  if (day > last_) {
    return fail(ErrorCode::kUnavailable, "calendar.ended",
                "the calendar ends on " + last_.to_string());
  }
  return static_cast<std::size_t>(days_between(first_, day));
}

Result<bool> WorkCalendar::is_working(const Date& day) const {
  TRY(const auto index, index_of(day));
  return static_cast<bool>(working_[index]);
}

Result<Date> WorkCalendar::add_working_days(const Date& from, int count) const {
  CORE_ASSERT(count >= 0);
  TRY_VOID(index_of(from));
  Date day = from;
  while (count > 0) {
    day = add_days(day, 1);
    TRY(const bool working, is_working(day));
    if (working) --count;
  }
  return day;
}

Result<Date> WorkCalendar::working_on_or_after(const Date& day) const {
  for (Date at = day;; at = add_days(at, 1)) {
    TRY(const bool working, is_working(at));
    if (working) return at;
  }
}

Result<int> WorkCalendar::count_working_days(const Date& from, const Date& to) const {
  if (to <= from) return 0;
  TRY(const auto begin, index_of(from));
  TRY(const auto end, index_of(to));
  const auto at = [&](std::size_t index) {
    return working_.begin() + static_cast<std::ptrdiff_t>(index + 1);
  };
  return static_cast<int>(std::count(at(begin), at(end), true));
}

Instant WorkCalendar::end_of(const Date& day) const {
  const auto midnight = to_sys(day) + std::chrono::days(1);
  return Instant::from_seconds(midnight.time_since_epoch().count() * 86'400LL -
                               utc_offset_minutes_ * 60LL);
}

bool WorkCalendar::is_weekly_day_off(const Date& day) const {
  return holds(weekly_days_off_, weekday_of(day));
}

}  // namespace core
