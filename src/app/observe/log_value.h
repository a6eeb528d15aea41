// LogField: what may stand in a log line. A text is either a constant of the program or the reason
// and detail of an Error; there is no way to put a string of a request, a citizen or a row into
// one, so a log cannot leak a person. Views: a field lives as long as the call it is passed to.
#pragma once

#include <concepts>
#include <cstdint>
#include <string_view>
#include <variant>

#include "core/result.h"
#include "core/strong_id.h"

namespace app {

/// A text known to be harmless.
class LogText {
 public:
  /// A string literal: anything else does not compile.
  consteval LogText(const char* literal) : text_(literal) {}  // NOLINT(google-explicit-constructor)
  /// Why something failed; stable and dotted.
  [[nodiscard]] static LogText reason(const core::Error& error) { return LogText(error.reason, 0); }
  /// What an Error tells the log alone; core::Error forbids personal data in it.
  [[nodiscard]] static LogText detail(const core::Error& error) { return LogText(error.detail, 0); }
  /// What the operator wrote into the configuration (an address, a folder): never a value of a
  /// request or a row.
  [[nodiscard]] static LogText setting(std::string_view text) { return LogText(text, 0); }
  /// A name the program gave: a route's pattern, an outbox kind, a query's name.
  [[nodiscard]] static LogText pattern(std::string_view text) { return LogText(text, 0); }

  [[nodiscard]] std::string_view view() const { return text_; }

 private:
  LogText(std::string_view text, int) : text_(text) {}
  std::string_view text_;
};

/// One value: a number, yes or no, a random id, or a harmless text.
class LogValue {
 public:
  using Variant = std::variant<std::int64_t, double, bool, core::UuidBytes, LogText>;

  LogValue(bool value) : value_(value) {}
  template <std::integral T>
  requires(!std::same_as<T, bool>) LogValue(T value) : value_(static_cast<std::int64_t>(value)) {}
  LogValue(double value) : value_(value) {}
  LogValue(LogText value) : value_(value) {}
  consteval LogValue(const char* literal) : value_(LogText(literal)) {}
  /// A request's or an operation's id. Not for a citizen's: that would join the lines of a person.
  [[nodiscard]] static LogValue id(const core::UuidBytes& bytes) {
    return LogValue(Variant(bytes));
  }

  [[nodiscard]] const Variant& get() const { return value_; }

 private:
  explicit LogValue(Variant value) : value_(value) {}
  Variant value_;
};

struct LogField {
  LogText name;
  LogValue value;
};

}  // namespace app
