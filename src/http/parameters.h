// Parameters: what a query string or an application/x-www-form-urlencoded body holds, decoded once.
// A name given twice is refused as a whole, because two readers of one request must never see two
// different values. Value type.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/result.h"

namespace http {

/// Undoes percent-encoding; '+' is kept unless `plus_is_space`.
/// Errors: kInvalidInput "http.parameter_malformed" for a '%' without two hexadecimal digits, a
/// decoded NUL, or text that is not UTF-8.
[[nodiscard]] core::Result<std::string> percent_decode(std::string_view text, bool plus_is_space);

/// Encodes everything but RFC 3986's unreserved characters.
[[nodiscard]] std::string percent_encode(std::string_view text);

class Parameters {
 public:
  /// Reads "a=1&b=%D0%B9". An empty text holds no parameter.
  /// Errors: kInvalidInput "http.parameter_malformed"  see percent_decode;
  ///         kInvalidInput "http.parameter_doubled"    one name twice;
  ///         kInvalidInput "http.too_many_parameters"  over kParametersMax.
  [[nodiscard]] static core::Result<Parameters> parse(std::string_view text);

  /// The value, or empty when the parameter is absent; present and empty is "".
  [[nodiscard]] std::optional<std::string> find(std::string_view name) const;
  [[nodiscard]] const std::vector<std::pair<std::string, std::string>>& all() const {
    return pairs_;
  }

 private:
  std::vector<std::pair<std::string, std::string>> pairs_;
};

}  // namespace http
