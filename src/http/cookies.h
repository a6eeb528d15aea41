// Cookies as the server reads and writes them. A name sent twice is treated as absent: a sibling
// host can plant a second cookie, and nothing says which of the two is ours. Value types.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace http {

/// The value of one cookie of a Cookie field; empty if absent, doubled, or beyond kCookiesMax.
[[nodiscard]] std::optional<std::string> find_cookie(std::string_view cookie_field,
                                                     std::string_view name);

/// One Set-Cookie field. Always Secure and Path=/, never with a Domain, so that names with the
/// `__Host-` prefix are accepted by browsers.
struct SetCookie {
  std::string name;
  std::string value;             ///< cookie-octets only: token text, base64url
  std::int64_t max_age_s = -1;   ///< seconds; 0 deletes the cookie; -1 ends with the browser
  bool http_only = true;         ///< false only for what scripts must read (language, CSRF)
  bool strict_same_site = true;  ///< false = Lax: sent when a link from elsewhere leads here
};

/// "__Host-session=...; Path=/; Secure; HttpOnly; SameSite=Strict".
[[nodiscard]] std::string to_field(const SetCookie& cookie);

}  // namespace http
