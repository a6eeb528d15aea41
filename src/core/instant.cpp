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

Result<Date> Date::parse(std::string_view text) {
  Date date;
  const bool form = text.size() == 10 && text[4] == '-' && text[7] == '-' &&
                    read_number(text.substr(0, 4), date.year) &&
                    read_number(text.substr(5, 2), date.month) &&
                    read_number(text.substr(8, 2), date.day);
  const std::chrono::year_month_day ymd{std::chrono::year(date.year),
                                        std::chrono::month(static_cast<unsigned>(date.month)),
                                        std::chrono::day(static_cast<unsigned>(date.day))};
  if (!form || !ymd.ok()) return fail(ErrorCode::kInvalidInput, "date.malformed");
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
