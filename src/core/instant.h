// Instant: a moment in integer microseconds since 1970-01-01 UTC, the only time type that crosses a
// room border. Only app/ reads a clock; everything else is told the time. Value type.
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/result.h"

namespace core {

using Duration = std::chrono::microseconds;

/// A moment; microseconds, UTC, no leap seconds (as POSIX time).
class Instant {
 public:
  constexpr Instant() = default;
  static constexpr Instant from_micros(std::int64_t micros) { return Instant(micros); }
  static constexpr Instant from_seconds(std::int64_t seconds) {
    return Instant(seconds * 1'000'000);
  }

  [[nodiscard]] constexpr std::int64_t micros() const { return micros_; }
  /// Whole seconds, rounded towards the past.
  [[nodiscard]] constexpr std::int64_t seconds() const {
    return micros_ >= 0 ? micros_ / 1'000'000 : -((-micros_ + 999'999) / 1'000'000);
  }

  friend constexpr auto operator<=>(Instant, Instant) = default;
  friend constexpr Instant operator+(Instant at, Duration by) {
    return Instant(at.micros_ + by.count());
  }
  friend constexpr Instant operator-(Instant at, Duration by) {
    return Instant(at.micros_ - by.count());
  }
  friend constexpr Duration operator-(Instant a, Instant b) {
    return Duration(a.micros_ - b.micros_);
  }

 private:
  explicit constexpr Instant(std::int64_t micros) : micros_(micros) {}
  std::int64_t micros_ = 0;
};

/// "2026-11-22T09:42:45Z": RFC 3339 in UTC, whole seconds.
[[nodiscard]] std::string to_rfc3339(Instant at);
/// Reads exactly that form. Errors: kInvalidInput "instant.malformed" other form or no such moment.
[[nodiscard]] Result<Instant> from_rfc3339(std::string_view text);

/// A calendar day without a time zone, as it stands on a document.
struct Date {
  int year = 1970;
  int month = 1;
  int day = 1;

  friend constexpr auto operator<=>(const Date&, const Date&) = default;

  /// Reads "YYYY-MM-DD". Errors: kInvalidInput "date.malformed" other form or no such day.
  [[nodiscard]] static Result<Date> parse(std::string_view text);
  [[nodiscard]] std::string to_string() const;
};

/// The UTC day of a moment, shifted by the region's offset (minutes, -840..840).
[[nodiscard]] Date date_of(Instant at, int utc_offset_minutes = 0);

/// Full years between two days; somebody born on 29 February turns a year older on 1 March.
[[nodiscard]] int full_years(const Date& born, const Date& today);

}  // namespace core
