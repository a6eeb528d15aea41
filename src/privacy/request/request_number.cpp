#include "privacy/request/request_number.h"

#include <fmt/format.h>

#include "core/bytes.h"
#include "crypto/digest.h"

namespace privacy {
namespace {

constexpr int kDigitsEnd = 100'000;
constexpr std::size_t kTextDigits = 12;
constexpr int kCentury = 2000;

int digits_of(const RequestId& id) {
  const auto hash = crypto::sha256({core::as_bytes("beresta request number\n"), id.bytes()});
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < 8; ++i) value = value << 8U | hash[i];
  return static_cast<int>(value % kDigitsEnd);
}

/// Luhn over digits that the check digit will follow.
char check_digit(std::string_view digits) {
  int sum = 0;
  bool doubled = true;
  for (std::size_t i = digits.size(); i-- > 0; doubled = !doubled) {
    const int digit = (digits[i] - '0') * (doubled ? 2 : 1);
    sum += digit > 9 ? digit - 9 : digit;
  }
  return static_cast<char>('0' + (10 - sum % 10) % 10);
}

std::string without_check(const core::Date& day, int digits) {
  return fmt::format("{:02}{:02}{:02}{:05}", day.year % 100, day.month, day.day, digits);
}

/// Empty where something else than digits, spaces and hyphens stands.
std::string only_digits(std::string_view text) {
  constexpr std::string_view kSign = "№";
  if (text.starts_with(kSign)) text.remove_prefix(kSign.size());
  std::string digits;
  for (const char c : text) {
    if (c == ' ' || c == '-') continue;
    if (c < '0' || c > '9') return "";
    digits += c;
  }
  return digits;
}

}  // namespace

RequestNumber RequestNumber::of(const RequestId& id, const core::Date& day) {
  return {day, digits_of(id)};
}

core::Result<RequestNumber> RequestNumber::parse(std::string_view text) {
  const auto wrong = [] { return core::fail(core::ErrorCode::kInvalidInput, "request.number"); };
  if (text.size() > kTextBytesMax) return wrong();
  const auto digits = only_digits(text);
  if (digits.size() != kTextDigits) return wrong();
  const std::string_view stated(digits);
  const auto number = [&](std::size_t at, std::size_t count) {
    int value = 0;
    for (const char c : stated.substr(at, count)) value = value * 10 + (c - '0');
    return value;
  };
  const auto day = core::Date::parse(
      fmt::format("{:04}-{:02}-{:02}", kCentury + number(0, 2), number(2, 2), number(4, 2)));
  if (!day || check_digit(stated.substr(0, kTextDigits - 1)) != stated.back()) return wrong();
  return RequestNumber(*day, number(6, 5));
}

std::string RequestNumber::text() const {
  const auto digits = without_check(day_, digits_);
  return fmt::format("{}-{}-{}", digits.substr(0, 6), digits.substr(6), check_digit(digits));
}

}  // namespace privacy
