// WorkCalendar: which days of a country are working days, within the range its file covers. Terms
// of the law are counted with it: the day something came in does not count, the last day counts
// whole. Outside its range it says so instead of guessing. Immutable after make; safe from any
// thread.
#pragma once

#include <vector>

#include "core/instant.h"
#include "core/result.h"

namespace core {

/// A day of every year.
struct MonthDay {
  int month = 1;
  int day = 1;
  friend constexpr auto operator<=>(const MonthDay&, const MonthDay&) = default;
};

/// The day `days` after (before, if negative) this one.
[[nodiscard]] Date add_days(const Date& day, int days);
/// 1 = Monday .. 7 = Sunday.
[[nodiscard]] int weekday_of(const Date& day);

class WorkCalendar {
 public:
  static constexpr int kYearsMax = 50;

  /// What is said about one country. Lists of dates win over the yearly ones, a moved working day
  /// over everything.
  struct Rules {
    Date first;                             ///< the first day the lists cover
    Date last;                              ///< the last one
    std::vector<int> weekly_days_off;       ///< 1 = Monday; at most six
    std::vector<MonthDay> public_holidays;  ///< every year
    std::vector<Date> moved_days_off;       ///< a working day that became a day off
    std::vector<Date> moved_working_days;   ///< a day off that became a working day
    int utc_offset_minutes = 0;             ///< where its days begin
  };

  /// Errors: kInvalidInput "calendar.malformed", the detail says what: ends before it begins,
  /// longer than kYearsMax, no day is working, a date outside the range, one that stands in both
  /// lists, or one that moves nothing because the day is so anyway.
  [[nodiscard]] static Result<WorkCalendar> make(const Rules& rules);

  [[nodiscard]] const Date& first() const { return first_; }
  [[nodiscard]] const Date& last() const { return last_; }

  // Of all below, errors: kUnavailable "calendar.ended" past the last day, "calendar.not_begun"
  // before the first; the detail names that day.

  [[nodiscard]] Result<bool> is_working(const Date& day) const;
  /// The `count`-th working day after `from`, which itself does not count. @param count  >= 0; with
  /// 0 it is `from`, working or not.
  [[nodiscard]] Result<Date> add_working_days(const Date& from, int count) const;
  /// That day if it is working, else the next one that is.
  [[nodiscard]] Result<Date> working_on_or_after(const Date& day) const;
  /// How many working days lie after `from`, up to and including `to`; 0 when `to` is not later.
  [[nodiscard]] Result<int> count_working_days(const Date& from, const Date& to) const;

  /// The day a moment belongs to here.
  [[nodiscard]] Date day_of(Instant at) const { return date_of(at, utc_offset_minutes_); }
  /// The first moment that is no longer that day here.
  [[nodiscard]] Instant end_of(const Date& day) const;
  /// By the days of the week alone, for days no file covers.
  [[nodiscard]] bool is_weekly_day_off(const Date& day) const;

 private:
  WorkCalendar() = default;
  [[nodiscard]] Result<std::size_t> index_of(const Date& day) const;

  Date first_;
  Date last_;
  int utc_offset_minutes_ = 0;
  std::vector<int> weekly_days_off_;
  std::vector<bool> working_;  ///< by days since first_
};

}  // namespace core
