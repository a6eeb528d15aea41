// Response: what a handler answers with. Security fields, Date, Content-Length and Connection are
// the server's business; a handler sets only what is its own. Value type.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "http/cookies.h"

namespace http {

/// Bytes of one answer, or bytes shared by many answers (a portrait, a signed list, a file).
using Body = std::variant<std::string, std::shared_ptr<const std::string>>;

struct Response {
  int status = 200;
  std::vector<std::pair<std::string, std::string>> fields;
  Body body;

  /// Adds a field. A value with a control character turns the whole response into a 500.
  Response& with(std::string name, std::string value) {
    fields.emplace_back(std::move(name), std::move(value));
    return *this;
  }
  Response& with(const SetCookie& cookie) { return with("Set-Cookie", to_field(cookie)); }
  [[nodiscard]] std::string_view body_view() const;
};

/// 200 with any media type; Cache-Control stays "no-store" unless the handler sets it.
[[nodiscard]] Response bytes(std::string media_type, std::string body);
[[nodiscard]] Response bytes(std::string media_type, std::shared_ptr<const std::string> body);
/// 200 "text/plain; charset=utf-8".
[[nodiscard]] Response text(std::string body);
/// JSON already in text form; see json_response.h for values.
[[nodiscard]] Response json_text(int status, std::string body);
/// 204.
[[nodiscard]] Response no_content();
/// 302 or 303 to a URL the server itself made; 303 after a POST.
[[nodiscard]] Response redirect(int status, std::string url);

}  // namespace http
