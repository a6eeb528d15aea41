#include "http/parameters.h"

#include <algorithm>

#include "codec/utf8.h"
#include "http/limits.h"
#include "http/text.h"

namespace http {
namespace {

using core::ErrorCode;

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool is_unreserved(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '.' || c == '_' || c == '~';
}

}  // namespace

core::Result<std::string> percent_decode(std::string_view text, bool plus_is_space) {
  const auto malformed = [] {
    return core::fail(ErrorCode::kInvalidInput, "http.parameter_malformed");
  };
  constexpr std::string_view kChanged("%+\0", 3);
  const std::size_t plain = std::min(text.find_first_of(kChanged), text.size());
  std::string decoded;
  decoded.reserve(text.size());
  decoded.append(text.substr(0, plain));
  for (std::size_t i = plain; i < text.size(); ++i) {
    char c = text[i];
    if (c == '+' && plus_is_space) c = ' ';
    if (c == '%') {
      if (text.size() - i < 3) return malformed();
      const int high = hex_value(text[i + 1]);
      const int low = hex_value(text[i + 2]);
      if (high < 0 || low < 0) return malformed();
      c = static_cast<char>(high * 16 + low);
      i += 2;
    }
    if (c == '\0') return malformed();
    decoded.push_back(c);
  }
  if (!codec::is_utf8(decoded)) return malformed();
  return decoded;
}

std::string percent_encode(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string encoded;
  encoded.reserve(text.size() * 3);
  for (const char c : text) {
    if (is_unreserved(c)) {
      encoded.push_back(c);
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    encoded.push_back('%');
    encoded.push_back(kDigits[byte >> 4U]);
    encoded.push_back(kDigits[byte & 0x0FU]);
  }
  return encoded;
}

core::Result<Parameters> Parameters::parse(std::string_view text) {
  Parameters parameters;
  while (!text.empty()) {
    auto pair = next_part(text, '&');
    if (pair.empty()) continue;
    if (parameters.pairs_.size() == kParametersMax) {
      return core::fail(ErrorCode::kInvalidInput, "http.too_many_parameters");
    }
    TRY(auto name, percent_decode(next_part(pair, '='), true));
    TRY(auto value, percent_decode(pair, true));
    if (parameters.find(name)) {
      return core::fail(ErrorCode::kInvalidInput, "http.parameter_doubled");
    }
    parameters.pairs_.emplace_back(std::move(name), std::move(value));
  }
  return parameters;
}

std::optional<std::string> Parameters::find(std::string_view name) const {
  for (const auto& [known, value] : pairs_) {
    if (known == name) return value;
  }
  return std::nullopt;
}

}  // namespace http
