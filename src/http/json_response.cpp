#include "http/json_response.h"

namespace http {

Response json_ok(const codec::Json& value) { return json_text(200, codec::to_text(value)); }

Response json_created(const codec::Json& value, std::string location) {
  auto response = json_text(201, codec::to_text(value));
  if (!location.empty()) response.with("Location", std::move(location));
  return response;
}

core::Result<codec::Json> json_body(const Request& request) {
  // The route has bounded the body already; a portrait may be one long string.
  codec::JsonLimits limits;
  limits.bytes_max = limits.string_max = request.body().size();
  return codec::parse_json(request.body(), limits);
}

}  // namespace http
