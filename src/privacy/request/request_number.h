// RequestNumber: what people call a request by, on paper and on the phone: "261126-48151-7". It
// follows from the request's id and day and is stored nowhere, so that no counter crosses citizens
// (docs/adr/0005). Two requests of one day may share one: whoever looks one up gets both. It is no
// secret and opens nothing. Value type.
#pragma once

#include <string>
#include <string_view>

#include "core/instant.h"
#include "core/result.h"
#include "privacy/request/types.h"

namespace privacy {

class RequestNumber {
 public:
  static constexpr std::size_t kTextBytesMax = 64;

  /// @param day  on which it came in, where the platform is.
  [[nodiscard]] static RequestNumber of(const RequestId& id, const core::Date& day);
  /// As people write it: with or without "№", spaces and hyphens.
  /// Errors: kInvalidInput "request.number" other than twelve digits, no such day, or the last
  /// digit
  ///         is not the check digit of the others.
  [[nodiscard]] static core::Result<RequestNumber> parse(std::string_view text);

  [[nodiscard]] const core::Date& day() const { return day_; }
  /// Year, month and day in two digits each, five digits of the request, a check digit (Luhn).
  [[nodiscard]] std::string text() const;

  friend bool operator==(const RequestNumber&, const RequestNumber&) = default;

 private:
  RequestNumber(const core::Date& day, int digits) : day_(day), digits_(digits) {}

  core::Date day_;
  int digits_ = 0;  ///< below kDigitsEnd
};

}  // namespace privacy
