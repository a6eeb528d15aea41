// The [calendar] of a jurisdiction file, and when it is time to bring it up to date.
// For jurisdiction.cpp and the commands; pure functions.
#pragma once

#include <optional>
#include <string>

#include "app/config/toml_fields.h"
#include "core/work_calendar.h"

namespace app {

/// A calendar that ends sooner than this is told to the operator: a longest term and the time to
/// look up next year's decree.
inline constexpr int kCalendarSoonDays = 90;

/// Empty, with a fault noted, when it is no calendar.
[[nodiscard]] std::optional<core::WorkCalendar> read_calendar(TomlFields& fields,
                                                              int utc_offset_minutes);

/// "" unless the calendar ends within kCalendarSoonDays of that moment, or has ended: then what
/// that means and what to do. @param path  of the file.
[[nodiscard]] std::string calendar_warning(const core::WorkCalendar& calendar,
                                           const std::string& path, core::Instant now);

}  // namespace app
