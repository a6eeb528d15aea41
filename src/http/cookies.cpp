#include "http/cookies.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/assert.h"
#include "http/limits.h"
#include "http/text.h"

namespace http {
namespace {

// RFC 6265, section 4.1.1, cookie-octet; names use the same set, which is narrower than a token
// only where it does not matter to us.
bool is_cookie_text(std::string_view text) {
  return std::ranges::all_of(text, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte > 0x20 && byte < 0x7F && c != '"' && c != ',' && c != ';' && c != '\\';
  });
}

}  // namespace

std::optional<std::string> find_cookie(std::string_view cookie_field, std::string_view name) {
  std::optional<std::string> found;
  for (std::size_t i = 0; i < kCookiesMax && !cookie_field.empty(); ++i) {
    auto value = trim(next_part(cookie_field, ';'));
    if (trim(next_part(value, '=')) != name) continue;
    if (found) return std::nullopt;
    found = std::string(trim(value));
  }
  return found;
}

std::string to_field(const SetCookie& cookie) {
  CORE_ASSERT(!cookie.name.empty() && is_cookie_text(cookie.name) && is_cookie_text(cookie.value));
  const auto age =
      cookie.max_age_s < 0 ? std::string() : fmt::format("; Max-Age={}", cookie.max_age_s);
  return fmt::format("{}={}; Path=/; Secure{}{}; SameSite={}", cookie.name, cookie.value, age,
                     cookie.http_only ? "; HttpOnly" : "",
                     cookie.strict_same_site ? "Strict" : "Lax");
}

}  // namespace http
