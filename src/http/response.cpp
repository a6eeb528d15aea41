#include "http/response.h"

namespace http {

std::string_view Response::body_view() const {
  if (const auto* own = std::get_if<std::string>(&body)) return *own;
  const auto& shared = std::get<std::shared_ptr<const std::string>>(body);
  return shared ? std::string_view(*shared) : std::string_view();
}

namespace {

Response typed(int status, std::string media_type, Body body) {
  Response response;
  response.status = status;
  response.body = std::move(body);
  response.with("Content-Type", std::move(media_type));
  return response;
}

}  // namespace

Response bytes(std::string media_type, std::string body) {
  return typed(200, std::move(media_type), std::move(body));
}

Response bytes(std::string media_type, std::shared_ptr<const std::string> body) {
  return typed(200, std::move(media_type), std::move(body));
}

Response hold(Held held) {
  Response response;
  response.held = std::make_shared<Held>(std::move(held));
  return response;
}

Response text(std::string body) { return typed(200, "text/plain; charset=utf-8", std::move(body)); }

Response json_text(int status, std::string body) {
  return typed(status, "application/json", std::move(body));
}

Response no_content() {
  Response response;
  response.status = 204;
  return response;
}

Response redirect(int status, std::string url) {
  Response response;
  response.status = status;
  response.with("Location", std::move(url));
  return response;
}

}  // namespace http
