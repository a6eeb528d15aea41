#include "core/instant.h"

#include <fmt/format.h>

#include <charconv>

namespace core {
namespace {

using std::chrono::floor;

std::chrono::sys_time<Duration> as_sys(Instant at) {
  return std::chrono::sys_time<Duration>(Duration(at.micros()));
}

bool read_number(std::string_view text, int& value) {
  for (const char c : text) {
    if (c < '0' || c > '9') return false;
  }
  return std::from_chars(text.data(), text.data() + text.size(), value).ec == std::errc{};
}

}  // namespace

std::string to_rfc3339(Instant at) {
  const auto seconds = floor<std::chrono::seconds>(as_sys(at));
  const auto days = floor<std::chrono::days>(seconds);
  const std::chrono::year_month_day ymd(days);
  const std::chrono::hh_mm_ss time(seconds - days);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", static_cast<int>(ymd.year()),
                     static_cast<unsigned>(ymd.month()), static_cast<unsigned>(ymd.day()),
                     time.hours().count(), time.minutes().count(), time.seconds().count());
}

Result<Instant> from_rfc3339(std::string_view text) {
  int hour = 0;
  int minute = 0;
  int second = 0;
  const auto date = Date::parse(text.substr(0, 10));
  const bool form = date && text.size() == 20 && text[10] == 'T' && text[13] == ':' &&
                    text[16] == ':' && text[19] == 'Z' && read_number(text.substr(11, 2), hour) &&
                    read_number(text.substr(14, 2), minute) &&
                    read_number(text.substr(17, 2), second);
  if (!form || hour > 23 || minute > 59 || second > 59) {
    return fail(ErrorCode::kInvalidInput, "instant.malformed");
  }
  const std::chrono::sys_days days(std::chrono::year_month_day(
      std::chrono::year(date->year), std::chrono::month(static_cast<unsigned>(date->month)),
      std::chrono::day(static_cast<unsigned>(date->day))));
  return Instant::from_seconds(days.time_since_epoch().count() * 86'400LL + hour * 3600LL +
                               minute * 60LL + second);
}

Result<Date> Date::parse(std::string_view text) {
  Date date;
  const bool form = text.size() == 10 && text[4] == '-' && text[7] == '-' &&
                    read_number(text.substr(0, 4), date.year) &&
                    read_number(text.substr(5, 2), date.month) &&
                    read_number(text.substr(8, 2), date.day);
  const std::chrono::year_month_day ymd{std::chrono::year(date.year),
                                        std::chrono::month(static_cast<unsigned>(date.month)),
                                        std::chrono::day(static_cast<unsigned>(date.day))};
  if (!form || !ymd.ok() || date.year < 1) return fail(ErrorCode::kInvalidInput, "date.malformed");
  return date;
}

std::string Date::to_string() const { return fmt::format("{:04}-{:02}-{:02}", year, month, day); }

Date date_of(Instant at, int utc_offset_minutes) {
  const auto local = as_sys(at) + std::chrono::minutes(utc_offset_minutes);
  const std::chrono::year_month_day ymd(floor<std::chrono::days>(local));
  return {static_cast<int>(ymd.year()), static_cast<int>(static_cast<unsigned>(ymd.month())),
          static_cast<int>(static_cast<unsigned>(ymd.day()))};
}

int full_years(const Date& born, const Date& today) {
  const int years = today.year - born.year;
  const bool before_birthday =
      today.month < born.month || (today.month == born.month && today.day < born.day);
  return before_birthday ? years - 1 : years;
}

}  // namespace core
