// LocalTime: moments and days as people of a region read them: in words of their language, by the
// clock on their wall. For paper and pages that are made here; interfaces tell UTC. Value type.
#pragma once

#include <string>
#include <string_view>

#include "core/instant.h"

namespace core {

class LocalTime {
 public:
  /// @param utc_offset_minutes  of the region, -840..840.
  /// @param language  "en", else Russian.
  LocalTime(int utc_offset_minutes, std::string_view language)
      : utc_offset_minutes_(utc_offset_minutes), english_(language == "en") {}

  /// "26 ноября 2026", "26 November 2026".
  [[nodiscard]] std::string day(const Date& day) const;
  /// "26 ноября 2026, 13:06".
  [[nodiscard]] std::string moment(Instant at) const;
  /// Of "2026-11-26T10:06:42Z"; another text stands as it is.
  [[nodiscard]] std::string moment(std::string_view rfc3339) const;
  /// "UTC+3", "UTC+5:30": what the clock is set to.
  [[nodiscard]] std::string zone() const;

 private:
  int utc_offset_minutes_;
  bool english_;
};

}  // namespace core
