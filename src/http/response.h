// Response: what a handler answers with. Security fields, Date, Content-Length and Connection are
// the server's business; a handler sets only what is its own. Value type.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/result.h"
#include "http/cookies.h"

namespace http {

/// Bytes of one answer, or bytes shared by many answers (a portrait, a signed list, a file).
using Body = std::variant<std::string, std::shared_ptr<const std::string>>;

struct Held;

struct Response {
  int status = 200;
  std::vector<std::pair<std::string, std::string>> fields;
  Body body;
  /// Set: nothing else of this is sent; the answer comes when something has happened.
  std::shared_ptr<Held> held;

  /// Adds a field. A value with a control character turns the whole response into a 500.
  Response& with(std::string name, std::string value) {
    fields.emplace_back(std::move(name), std::move(value));
    return *this;
  }
  Response& with(const SetCookie& cookie) { return with("Set-Cookie", to_field(cookie)); }
  [[nodiscard]] std::string_view body_view() const;
};

/// An answer that is true only once something has happened elsewhere, such as a commit: the thread
/// of the request is free meanwhile. Every route may answer so.
struct Held {
  using Resume = std::function<void(core::Status)>;
  /// Starts it; called once. What it is given may be called from any thread, once.
  std::function<void(Resume)> begin;
  /// Makes the answer of what came of it; where the handler ran or on the socket's thread, so it
  /// must not wait.
  std::function<core::Result<Response>(core::Status)> finish;
};
[[nodiscard]] Response hold(Held held);

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
