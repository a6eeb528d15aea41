#include "core/local_time.h"

#include <fmt/format.h>

#include <array>
#include <cstdlib>

namespace core {
namespace {

struct MonthName {
  std::string_view ru, en;
};
constexpr std::array<MonthName, 12> kMonths{{{"января", "January"},
                                             {"февраля", "February"},
                                             {"марта", "March"},
                                             {"апреля", "April"},
                                             {"мая", "May"},
                                             {"июня", "June"},
                                             {"июля", "July"},
                                             {"августа", "August"},
                                             {"сентября", "September"},
                                             {"октября", "October"},
                                             {"ноября", "November"},
                                             {"декабря", "December"}}};

constexpr int kHourMinutes = 60;

}  // namespace

std::string LocalTime::day(const Date& day) const {
  const auto& month = kMonths.at(static_cast<std::size_t>(day.month - 1));
  return fmt::format("{} {} {}", day.day, english_ ? month.en : month.ru, day.year);
}

std::string LocalTime::moment(Instant at) const {
  const auto clock = to_rfc3339(at + std::chrono::minutes(utc_offset_minutes_)).substr(11, 5);
  return day(date_of(at, utc_offset_minutes_)) + ", " + clock;
}

std::string LocalTime::moment(std::string_view rfc3339) const {
  const auto at = from_rfc3339(rfc3339);
  return at ? moment(*at) : std::string(rfc3339);
}

std::string LocalTime::zone() const {
  if (utc_offset_minutes_ == 0) return "UTC";
  const int minutes = std::abs(utc_offset_minutes_);
  auto text = fmt::format("UTC{}{}", utc_offset_minutes_ < 0 ? '-' : '+', minutes / kHourMinutes);
  if (minutes % kHourMinutes != 0) text += fmt::format(":{:02}", minutes % kHourMinutes);
  return text;
}

}  // namespace core
