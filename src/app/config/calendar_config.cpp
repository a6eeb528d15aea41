#include "app/config/calendar_config.h"

#include <fmt/format.h>

namespace app {
namespace {

std::optional<core::Date> parse_day(std::string_view text) {
  const auto day = core::Date::parse(text);
  return day ? std::optional(*day) : std::nullopt;
}

std::optional<core::MonthDay> parse_holiday(std::string_view text) {
  // A leap year, so that 29 February can be one.
  const auto day = core::Date::parse("2024-" + std::string(text));
  return day ? std::optional(core::MonthDay{day->month, day->day}) : std::nullopt;
}

std::vector<core::Date> dates(Wanted wanted, TomlFields& fields) {
  std::vector<core::Date> days;
  for (const auto& text : fields.text_list(wanted)) {
    if (const auto day = parse_day(text)) {
      days.push_back(*day);
    } else {
      fields.refuse(wanted, fmt::format("calendar.{} holds {}", wanted.key, text),
                    "days as \"YYYY-MM-DD\"");
    }
  }
  return days;
}

}  // namespace

std::optional<core::WorkCalendar> read_calendar(TomlFields& fields, int utc_offset_minutes) {
  constexpr Wanted kFirst{"first_day", "first_day = \"2025-01-01\""};
  constexpr Wanted kLast{"last_day", "last_day = \"2027-12-31\""};
  constexpr Wanted kHolidays{"public_holidays", "public_holidays = [\"01-01\"]"};
  core::WorkCalendar::Rules rules;
  rules.utc_offset_minutes = utc_offset_minutes;
  rules.first = fields.parsed<core::Date>(kFirst, "a day as \"YYYY-MM-DD\"", parse_day);
  rules.last = fields.parsed<core::Date>(kLast, "a day as \"YYYY-MM-DD\"", parse_day);
  for (const auto day :
       fields.integer_list({"weekly_days_off", "weekly_days_off = [6, 7]"}, 1, 7)) {
    rules.weekly_days_off.push_back(static_cast<int>(day));
  }
  for (const auto& text : fields.text_list(kHolidays)) {
    if (const auto day = parse_holiday(text)) {
      rules.public_holidays.push_back(*day);
    } else {
      fields.refuse(kHolidays, "calendar.public_holidays holds " + text, "days as \"MM-DD\"");
    }
  }
  rules.moved_days_off = dates({"moved_days_off", "[\"2026-05-11\"]"}, fields);
  rules.moved_working_days = dates({"moved_working_days", "[\"2026-05-16\"]"}, fields);
  auto calendar = core::WorkCalendar::make(rules);
  if (calendar) return std::move(*calendar);
  fields.refuse(kLast, "calendar: " + calendar.error().detail,
                "a range of days, and dates that move a day inside it");
  return std::nullopt;
}

std::string calendar_warning(const core::WorkCalendar& calendar, const std::string& path,
                             core::Instant now) {
  const auto today = calendar.day_of(now);
  const bool ended = today > calendar.last();
  if (!ended && core::add_days(today, kCalendarSoonDays) <= calendar.last()) return "";
  return fmt::format(
      "{}: calendar.last_day {} {}; terms of requests beyond it are counted without holidays, so "
      "they end too early. Add the days off of the next year and move last_day",
      path, ended ? "was" : "is", calendar.last().to_string());
}

}  // namespace app
